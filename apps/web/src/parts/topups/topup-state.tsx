import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  QuestionCircleOutlined,
  RollbackOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ComponentType } from 'react';
import type { Schemas } from '../../api/client';
import fa from './fa.json';

export type TopupState = Schemas['TopupDto']['state'];
type Tone = 'success' | 'processing' | 'warning' | 'error' | 'default';

export const topupStates: Readonly<Record<TopupState, { title: string; tone: Tone; icon: ComponentType }>> = {
  created: { title: fa.stateCreated, tone: 'processing', icon: ClockCircleOutlined },
  sent: { title: fa.stateSent, tone: 'processing', icon: ClockCircleOutlined },
  unknown: { title: fa.stateUnknown, tone: 'warning', icon: QuestionCircleOutlined },
  verified: { title: fa.stateVerified, tone: 'processing', icon: ClockCircleOutlined },
  credited: { title: fa.stateCredited, tone: 'success', icon: CheckCircleOutlined },
  cancelled: { title: fa.stateCancelled, tone: 'default', icon: StopOutlined },
  failed: { title: fa.stateFailed, tone: 'error', icon: CloseCircleOutlined },
  expired: { title: fa.stateExpired, tone: 'default', icon: ClockCircleOutlined },
  reversed: { title: fa.stateReversed, tone: 'warning', icon: RollbackOutlined },
  unresolved: { title: fa.stateUnresolved, tone: 'warning', icon: QuestionCircleOutlined },
};
export const topupStateOptions = (Object.keys(topupStates) as TopupState[]).map((value) => ({
  value,
  label: topupStates[value].title,
}));

/** A payment of which more is to come by itself. */
export const isUnderWay = (state: TopupState): boolean =>
  state === 'created' || state === 'sent' || state === 'unknown' || state === 'verified';

export function alertOf(state: TopupState): 'success' | 'info' | 'warning' | 'error' {
  const { tone } = topupStates[state];
  return tone === 'success' || tone === 'warning' || tone === 'error' ? tone : 'info';
}

export function TopupTag({ state }: { state: TopupState }) {
  const { title, tone, icon: Icon } = topupStates[state];
  return (
    <Tag color={tone} icon={<Icon />}>
      {title}
    </Tag>
  );
}
