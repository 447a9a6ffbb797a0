import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill } from '../../ui/format';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';

type Change = Schemas['ContactChangeDto'];
const fields: Readonly<Record<Change['field'], string>> = {
  mobile: fa.mobile,
  email: fa.email,
  nationalCode: fa.nationalCode,
  password: fa.password,
};
const roles: Readonly<Record<Change['changedAs'], string>> = {
  admin: fa.asAdmin,
  support: fa.asSupport,
  reseller: fa.asReseller,
  owner: fa.asOwner,
};

/** Changes of where codes go that wait for their time, for a second person, or for the owner's refusal. */
export function ContactChanges({ accountId, approves }: { accountId: string; approves: boolean }) {
  const params = { params: { path: { accountId } } };
  const { data } = useQuery({
    queryKey: ['accounts', accountId, 'contact-changes'],
    queryFn: () => ok(api.GET('/api/v1/accounts/{accountId}/contact-changes', params)),
  });
  const confirm = useConfirm();
  const approve = useAction({
    act: () => ok(api.POST('/api/v1/accounts/{accountId}/contact-changes/approve', params)),
    said: fa.changesApproved,
    refresh: [['accounts'], ['audit']],
  });
  const held = data?.changes.filter(
    ({ state, heldUntil }) => state === 'held' && new Date(heldUntil) > new Date(),
  );
  if (!held || held.length === 0) return null;
  const ask = async (): Promise<void> => {
    if (await confirm({ title: fa.approveAsk, content: fa.approveWhy, action: fa.approve })) approve.mutate();
  };
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={fa.changesHeld}
      description={
        <Flex vertical gap="small" align="start">
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {held.map(({ id, field, changedAs, changedAt, heldUntil }) => (
              <li key={id}>
                {fill(fa.changeHeld, {
                  field: fields[field],
                  as: roles[changedAs],
                  at: dateTime(changedAt),
                  until: dateTime(heldUntil),
                })}
              </li>
            ))}
          </ul>
          {approves && (
            <Button loading={approve.isPending} onClick={() => void ask()}>
              {fa.approve}
            </Button>
          )}
        </Flex>
      }
    />
  );
}
