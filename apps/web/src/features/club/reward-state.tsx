import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import type { Schemas } from '../../api/client';
import { optionsOf } from '../../ui/terms';
import fa from './fa.json';

export type RewardState = Schemas['RewardDto']['state'];
const titles: Readonly<Record<RewardState, string>> = {
  awaiting: fa.rewardAwaiting,
  granted: fa.rewardGranted,
  refused: fa.rewardRefused,
};
export const rewardOptions = optionsOf(titles);

const looks = {
  awaiting: { color: 'processing', icon: <ClockCircleOutlined /> },
  granted: { color: 'success', icon: <CheckCircleOutlined /> },
  refused: { color: 'error', icon: <CloseCircleOutlined /> },
} as const satisfies Readonly<Record<RewardState, unknown>>;

export function RewardTag({ state }: { state: RewardState }) {
  return <Tag {...looks[state]}>{titles[state]}</Tag>;
}
