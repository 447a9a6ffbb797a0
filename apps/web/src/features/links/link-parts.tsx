import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  PauseCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Progress, Tag } from 'antd';
import type { ComponentType } from 'react';
import { fill } from '../../ui/format';
import { boundOf, pacePercent, paceText } from './link-figures';
import type { BindState, Link } from './link-figures';
import fa from './fa.json';

const bindLooks: Readonly<Record<BindState, readonly [color: string, icon: ComponentType, text: string]>> = {
  bound: ['success', CheckCircleOutlined, fa.bindBound],
  connecting: ['processing', SyncOutlined, fa.bindConnecting],
  throttled: ['warning', PauseCircleOutlined, fa.bindThrottled],
  closed: ['error', CloseCircleOutlined, fa.bindClosed],
};

export function BindTag({ state, text }: { state: BindState; text?: string }) {
  const [color, Icon, name] = bindLooks[state];
  return (
    <Tag color={color} icon={<Icon />}>
      {text ? `${text}: ${name}` : name}
    </Tag>
  );
}

/** All binds together: whether the link carries anything. */
export function LinkState({ link }: { link: Pick<Link, 'binds'> }) {
  const bound = boundOf(link);
  const all = link.binds.length;
  const [color, Icon] = bound === all ? bindLooks.bound : bound > 0 ? bindLooks.throttled : bindLooks.closed;
  return (
    <Tag color={color} icon={<Icon />}>
      {fill(fa.bindsOf, { bound, all })}
    </Tag>
  );
}

/** Parts a second now against the contract. */
export function Pace({ link }: { link: Pick<Link, 'currentPartsPerSecond' | 'partsPerSecond'> }) {
  return (
    <div>
      <span className="numbers">{paceText(link)}</span>
      {link.partsPerSecond > 0 && (
        <Progress percent={pacePercent(link)} showInfo={false} aria-label={fa.pace} status="normal" />
      )}
    </div>
  );
}
