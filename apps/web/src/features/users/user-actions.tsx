import { MoreOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';

/** Open, close, and a first password again, for a user of the own. */
export function UserActions({ user: { customerId, name, disabled } }: { user: Schemas['ResellerUserDto'] }) {
  const confirm = useConfirm();
  const params = { path: { accountId: customerId } };
  const refresh = [['reseller', 'users']];
  const disable = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/disable', { params })),
    said: fill(fa.closed, { name }),
    refresh,
  });
  const enable = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/enable', { params })),
    said: fill(fa.opened, { name }),
    refresh,
  });
  const issue = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/issue-password', { params })),
    said: fa.issued,
  });
  const ask = async (title: string, content: string, action: string, act: () => void): Promise<void> => {
    if (await confirm({ title: fill(title, { name }), content, action, danger: true })) act();
  };
  const items = [
    disabled
      ? { key: 'open', label: fa.open, onClick: () => enable.mutate() }
      : {
          key: 'close',
          label: fa.close,
          danger: true,
          onClick: () => void ask(fa.closeTitle, fa.closeWhat, fa.close, () => disable.mutate()),
        },
    {
      key: 'issue',
      label: fa.issue,
      onClick: () => void ask(fa.issueTitle, fa.issueWhat, fa.issue, () => issue.mutate()),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button
        icon={<MoreOutlined />}
        loading={disable.isPending || enable.isPending || issue.isPending}
        aria-label={fill(fa.moreFor, { name })}
      />
    </Dropdown>
  );
}
