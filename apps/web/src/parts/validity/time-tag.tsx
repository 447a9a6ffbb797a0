import { CheckCircleOutlined, ClockCircleOutlined, HistoryOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import { optionsOf } from '../../ui/terms';
import fa from './fa.json';

export type Time = 'past' | 'current' | 'future';
const titles: Readonly<Record<Time, string>> = { current: fa.current, future: fa.future, past: fa.past };
export const timeOptions = optionsOf(titles);

const looks = {
  current: { color: 'success', icon: <CheckCircleOutlined /> },
  future: { color: 'processing', icon: <ClockCircleOutlined /> },
  past: { color: 'default', icon: <HistoryOutlined /> },
} as const satisfies Readonly<Record<Time, unknown>>;

/** Where something with a beginning and an end stands now. */
export function TimeTag({ time }: { time: Time }) {
  return <Tag {...looks[time]}>{titles[time]}</Tag>;
}
