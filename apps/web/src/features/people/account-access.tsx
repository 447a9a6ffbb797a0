import { Button, Card, Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import type { Powers } from '../../parts/people/names';
import { AccountState } from './account-tags';
import fa from './fa.json';

type Account = Schemas['AccountDetailsDto'];
const passwordTexts: Readonly<Record<Account['password'], string>> = {
  none: fa.passwordNone,
  issued: fa.passwordIssued,
  own: fa.passwordOwn,
};
const refresh = [['accounts'], ['audit']] as const;

interface Props {
  readonly account: Account;
  readonly powers: Powers;
  readonly isOwn: boolean;
}

/** Whether and how the person gets in, and what can be done about it (IDN-210, IDN-211, IDN-011). */
export function AccountAccess({ account, powers, isOwn }: Props) {
  return (
    <Card title={<h2 className="card-title">{fa.access}</h2>} style={{ height: '100%' }}>
      <dl className="card-facts" style={{ marginBlockEnd: 16 }}>
        <div>
          <dt>{fa.state}</dt>
          <dd>
            <AccountState disabled={account.disabled} />
          </dd>
        </div>
        <div>
          <dt>{fa.password}</dt>
          <dd>{passwordTexts[account.password]}</dd>
        </div>
      </dl>
      {powers.manages && <Deeds account={account} isOwn={isOwn} />}
    </Card>
  );
}

function Deeds({ account, isOwn }: { account: Account; isOwn: boolean }) {
  const { id, name, disabled, nationalCode } = account;
  const params = { params: { path: { accountId: id } } };
  const confirm = useConfirm();
  const signOut = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/sign-out', params)),
    said: fa.signedOut,
    refresh,
  });
  const unlock = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/unlock', params)),
    said: fa.unlocked,
    refresh,
  });
  const issue = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/issue-password', params)),
    said: fa.issued,
    refresh,
  });
  const disable = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/disable', params)),
    said: fa.disabledNow,
    refresh,
  });
  const enable = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/enable', params)),
    said: fa.enabledNow,
    refresh,
  });
  const ask = async (title: string, content: string, action: string, act: () => void): Promise<void> => {
    if (await confirm({ title: fill(title, { name }), content, action, danger: true })) act();
  };
  return (
    <Flex gap="small" wrap>
      <Button
        loading={signOut.isPending}
        onClick={() => void ask(fa.signOutAsk, fa.signOutWhy, fa.signOut, () => signOut.mutate())}
      >
        {fa.signOut}
      </Button>
      <Button loading={unlock.isPending} onClick={() => unlock.mutate()}>
        {fa.unlock}
      </Button>
      {nationalCode && !isOwn && (
        <Button
          loading={issue.isPending}
          onClick={() => void ask(fa.issueAsk, fa.issueWhy, fa.issuePassword, () => issue.mutate())}
        >
          {fa.issuePassword}
        </Button>
      )}
      {disabled ? (
        <Button type="primary" loading={enable.isPending} onClick={() => enable.mutate()}>
          {fa.enable}
        </Button>
      ) : (
        !isOwn && (
          <Button
            danger
            loading={disable.isPending}
            onClick={() => void ask(fa.disableAsk, fa.disableWhy, fa.disable, () => disable.mutate())}
          >
            {fa.disable}
          </Button>
        )
      )}
    </Flex>
  );
}
