import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Checkbox, Flex, Form, Tag } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { fill } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { useServerForm } from '../../ui/use-form';
import { UsernameField } from './account-fields';
import { usernameKindNames } from '../../parts/people/names';
import type { Powers, UsernameKind } from '../../parts/people/names';
import fa from './fa.json';

interface Props {
  readonly account: Schemas['AccountDetailsDto'];
  readonly powers: Powers;
}

/** By what the person signs in: several codes, each of its kind (IDN-007..010). */
export function AccountUsernames({ account, powers }: Props) {
  const confirm = useConfirm();
  const [adding, setAdding] = useState(false);
  const remove = useAction<string>({
    act: (username) =>
      ok(
        api.DELETE('/api/v1/accounts/{accountId}/usernames/{username}', {
          params: { path: { accountId: account.id, username } },
        }),
      ),
    said: fa.saved,
    refresh: [['accounts'], ['audit']],
  });
  const ask = async (username: string): Promise<void> => {
    const title = fill(fa.removeUsernameAsk, { username: `\u2066${username}\u2069` });
    if (await confirm({ title, content: fa.removeUsernameWhy, action: fa.remove, danger: true }))
      remove.mutate(username);
  };
  return (
    <Card title={<h2 className="card-title">{fa.usernames}</h2>} style={{ height: '100%' }}>
      <Flex vertical gap={4} component="ul" style={{ listStyle: 'none', padding: 0, marginBlock: '0 16px' }}>
        {account.usernames.map(({ username, kind }) => (
          <Flex key={username} component="li" align="center" gap="small">
            <bdi className="ltr">{username}</bdi>
            <Tag>{usernameKindNames[kind]}</Tag>
            {powers.manages && account.usernames.length > 1 && (
              <Button
                type="text"
                danger
                icon={<DeleteOutlined />}
                aria-label={fill(fa.removeUsername, { username })}
                onClick={() => void ask(username)}
              />
            )}
          </Flex>
        ))}
      </Flex>
      {powers.manages &&
        (adding ? (
          <AddUsername accountId={account.id} mayTake={powers.isAdmin} onDone={() => setAdding(false)} />
        ) : (
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {fa.addUsername}
          </Button>
        ))}
    </Card>
  );
}

interface Values {
  readonly username: string;
  readonly kind: UsernameKind;
  readonly takeOver?: boolean;
}

function AddUsername({
  accountId,
  mayTake,
  onDone,
}: {
  accountId: string;
  mayTake: boolean;
  onDone: () => void;
}) {
  const queries = useQueryClient();
  const say = useSay();
  const confirm = useConfirm();
  const { props, refusal, mutation } = useServerForm({
    submit: (body: Values) =>
      ok(api.POST('/api/v1/accounts/{accountId}/usernames', { params: { path: { accountId } }, body })),
    done: async () => {
      say.success(fa.saved);
      onDone();
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      await queries.invalidateQueries({ queryKey: ['audit'] });
    },
  });
  const finish = async (values: Values): Promise<void> => {
    const content = fill(fa.takeOverWhy, { username: `\u2066${values.username}\u2069` });
    const agreed =
      !values.takeOver ||
      (await confirm({ title: fa.takeOverAsk, content, action: fa.takeIt, danger: true }));
    if (agreed) props.onFinish(values);
  };
  return (
    <Form<Values> {...props} onFinish={(values) => void finish(values)} initialValues={{ kind: 'chosen' }}>
      <FormError error={refusal} />
      <Flex gap="small" wrap align="flex-start">
        <UsernameField />
      </Flex>
      {mayTake && (
        <Form.Item name="takeOver" valuePropName="checked">
          <Checkbox>{fa.takeOver}</Checkbox>
        </Form.Item>
      )}
      <Flex gap="small">
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.add}
        </Button>
        <Button onClick={onDone}>{fa.cancel}</Button>
      </Flex>
    </Form>
  );
}
