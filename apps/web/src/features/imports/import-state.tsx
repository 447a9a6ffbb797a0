import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import { Tag } from 'antd';
import type { ComponentType } from 'react';
import { stateNames } from './kinds';
import type { Import } from './kinds';

const looks: Readonly<Record<Import['state'], readonly [string, ComponentType]>> = {
  uploading: ['processing', SyncOutlined],
  reading: ['processing', SyncOutlined],
  checked: ['warning', QuestionCircleOutlined],
  applying: ['processing', SyncOutlined],
  done: ['success', CheckCircleOutlined],
  failed: ['error', CloseCircleOutlined],
  cancelled: ['default', MinusCircleOutlined],
};

export function ImportState({ state }: { state: Import['state'] }) {
  const [color, Icon] = looks[state];
  return (
    <Tag color={color} icon={<Icon />}>
      {stateNames[state]}
    </Tag>
  );
}
