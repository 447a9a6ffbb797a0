import { StopOutlined, CheckCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { Flex, Tag } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client';
import { roleNames, scopeName } from '../../parts/people/names';
import fa from './fa.json';

export function AccountState({ disabled }: { disabled: boolean }) {
  return disabled ? (
    <Tag color="error" icon={<StopOutlined />}>
      {fa.disabled}
    </Tag>
  ) : (
    <Tag color="success" icon={<CheckCircleOutlined />}>
      {fa.open}
    </Tag>
  );
}

/** A customer who lacks what the entry needs. */
export function Incomplete() {
  return (
    <Tag color="warning" icon={<WarningOutlined />}>
      {fa.incomplete}
    </Tag>
  );
}

/** Roles with what they are limited to; a scope leads to all who have it. */
export function Grants({ grants }: { grants: readonly Schemas['RoleGrantDto'][] }) {
  return (
    <Flex gap={4} wrap>
      {grants.map(({ role, scopes }) => (
        <Tag key={role} style={{ whiteSpace: 'normal' }}>
          {roleNames[role]}
          {scopes.map((scope) => (
            <Link
              key={scope}
              to={`/people?scope=${encodeURIComponent(scope)}`}
              style={{ marginInlineStart: 6 }}
            >
              {scopeName(scope)}
            </Link>
          ))}
        </Tag>
      ))}
    </Flex>
  );
}

/** As the API gives it: masked, from left to right. */
export function Masked({ value }: { value: string | null }) {
  return value ? <bdi className="ltr numbers">{value}</bdi> : <>{fa.none}</>;
}
