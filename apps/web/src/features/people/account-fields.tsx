import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Select } from 'antd';
import { useId } from 'react';
import type { Role, Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { optionsOf } from '../../ui/terms';
import { required } from '../../ui/use-form';
import { roleNames, scopeKindNames, scopeKindsOf, usernameKindNames } from '../../parts/people/names';
import type { ScopeKind } from '../../parts/people/names';
import fa from './fa.json';
import words from '../../i18n/fa.json';

export type Grant = Schemas['RoleGrantDto'];
export type Username = Schemas['UsernameDto'];

const rolesMax = 11;
const usernamesMax = 20;

/** `grants`: roles with their scopes, at least one. */
export function GrantFields({ roles }: { roles: readonly Role[] }) {
  const options = optionsOf(roleNames).filter(({ value }) => roles.includes(value));
  return (
    <Form.List name="grants" initialValue={[{ role: roles.length === 1 ? roles[0] : undefined, scopes: [] }]}>
      {(fields, { add, remove }) => (
        <Flex vertical gap="small">
          {fields.map(({ key, name }) => (
            <Card key={key} size="small">
              <Flex gap="small" align="flex-start">
                <div style={{ flex: 1, minWidth: 0 }}>
                  <Form.Item name={[name, 'role']} label={fa.role} rules={[required(fa.role)]}>
                    <Select options={options} />
                  </Form.Item>
                  <Scopes field={name} />
                </div>
                {fields.length > 1 && (
                  <Button
                    type="text"
                    danger
                    icon={<MinusCircleOutlined />}
                    aria-label={fa.removeRole}
                    onClick={() => remove(name)}
                  />
                )}
              </Flex>
            </Card>
          ))}
          {fields.length < Math.min(rolesMax, roles.length) && (
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ scopes: [] })}>
              {fa.addRole}
            </Button>
          )}
        </Flex>
      )}
    </Form.List>
  );
}

/** Only for a role that is held with scopes; what another role had of them is not sent. */
function Scopes({ field }: { field: number }) {
  const role = Form.useWatch<Role | undefined>(['grants', field, 'role']);
  const kinds = role && scopeKindsOf[role];
  if (!kinds) return null;
  return (
    <Form.Item name={[field, 'scopes']} noStyle>
      <ScopesInput kinds={kinds} />
    </Form.Item>
  );
}

function ScopesInput({
  kinds,
  value = [],
  onChange,
}: {
  kinds: readonly ScopeKind[];
  value?: readonly string[];
  onChange?: (scopes: readonly string[]) => void;
}) {
  const id = useId();
  return kinds.map((kind) => {
    const mine = value.filter((scope) => scope.startsWith(`${kind}:`));
    return (
      <Form.Item
        key={kind}
        label={fill(fa.scopesOf, { kind: scopeKindNames[kind] })}
        htmlFor={`${id}-${kind}`}
      >
        <Select<string[]>
          id={`${id}-${kind}`}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', words.comma.trim(), ' ']}
          placeholder={fa.scopesHint}
          value={mine.map((scope) => scope.slice(kind.length + 1))}
          onChange={(codes) =>
            onChange?.([
              ...value.filter((scope) => !mine.includes(scope)),
              ...codes.map((code) => `${kind}:${code.trim()}`),
            ])
          }
        />
      </Form.Item>
    );
  });
}

/** Scopes of kinds that the chosen role is not held with are left from a role that was chosen before. */
export function grantsOf(grants: readonly Partial<Grant>[]): Grant[] {
  return grants.flatMap(({ role, scopes = [] }) => {
    if (!role) return [];
    const kinds: readonly string[] = scopeKindsOf[role] ?? [];
    return [{ role, scopes: scopes.filter((scope) => kinds.includes(scope.slice(0, scope.indexOf(':')))) }];
  });
}

/** `usernames`: at least one. */
export function UsernameFields() {
  return (
    <Form.List name="usernames" initialValue={[{ kind: 'chosen' }]}>
      {(fields, { add, remove }) => (
        <Flex vertical gap="small">
          {fields.map(({ key, name }) => (
            <Flex key={key} gap="small" align="flex-start" wrap>
              <UsernameField path={[name]} />
              {fields.length > 1 && (
                <Button
                  type="text"
                  danger
                  icon={<MinusCircleOutlined />}
                  aria-label={fa.remove}
                  onClick={() => remove(name)}
                  style={{ marginBlockStart: 30 }}
                />
              )}
            </Flex>
          ))}
          {fields.length < usernamesMax && (
            <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ kind: 'chosen' })}>
              {fa.addUsername}
            </Button>
          )}
        </Flex>
      )}
    </Form.List>
  );
}

export function UsernameField({ path = [] }: { path?: readonly number[] }) {
  return (
    <>
      <Form.Item
        name={[...path, 'username']}
        label={fa.username}
        rules={[required(fa.username)]}
        style={{ flex: '1 1 160px' }}
      >
        <LtrInput maxLength={100} autoComplete="off" autoCapitalize="none" />
      </Form.Item>
      <Form.Item
        name={[...path, 'kind']}
        label={fa.usernameKind}
        rules={[required(fa.usernameKind)]}
        style={{ flex: '1 1 160px' }}
      >
        <Select options={optionsOf(usernameKindNames)} />
      </Form.Item>
    </>
  );
}
