import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { Schemas } from '../../api/client';
import { optionsOf } from '../../ui/terms';
import fa from './fa.json';

export type RequestState = Schemas['UserTopupRequestDto']['state'];

export const requestTitles: Readonly<Record<RequestState, string>> = {
  open: fa.requestOpen,
  approved: fa.requestApproved,
  refused: fa.requestRefused,
  withdrawn: fa.requestWithdrawn,
  expired: fa.requestExpired,
};
export const requestOptions = optionsOf(requestTitles);

const looks = {
  open: { color: 'processing', icon: <ClockCircleOutlined /> },
  approved: { color: 'success', icon: <CheckCircleOutlined /> },
  refused: { color: 'error', icon: <CloseCircleOutlined /> },
  withdrawn: { color: 'default', icon: <RollbackOutlined /> },
  expired: { color: 'default', icon: <StopOutlined /> },
} as const satisfies Readonly<Record<RequestState, unknown>>;

export function RequestTag({ state }: { state: RequestState }) {
  return <Tag {...looks[state]}>{requestTitles[state]}</Tag>;
}
