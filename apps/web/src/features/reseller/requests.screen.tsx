import { Button, Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../app/use-session';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime, fill, toman } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { ReasonButton } from '../../ui/reason-button';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { useQueryClient } from '@tanstack/react-query';
import { requestOptions, RequestTag } from '../wallet/request-state';
import type { RequestState } from '../wallet/request-state';
import fa from './fa.json';

type Request = Schemas['UserTopupRequestDto'];

/** What users ask their reseller for (BIL-209); an administrator reads them all. */
export function RequestsScreen() {
  const { roles } = useAccount();
  const decides = roles.includes('reseller');
  return (
    <Page title={fa.requests} about={decides ? fa.requestsAbout : undefined}>
      <DataList<Request>
        label={fa.requests}
        queryKey={['requests', 'users']}
        load={async ({ filters, cursor, limit }) => {
          const query = { state: filters['state'] as RequestState | undefined, cursor, limit };
          const page = await ok(api.GET('/api/v1/reseller/topup-requests', { params: { query } }));
          return { rows: page.requests, nextCursor: page.nextCursor };
        }}
        rowKey={({ id }) => id}
        filters={<ChoiceFilter name="state" label={fa.state} options={requestOptions} />}
        columns={[
          { key: 'who', title: fa.name, main: true, render: ({ customerName }) => customerName },
          { key: 'amount', title: fa.amount, render: ({ amountRials }) => <Toman rials={amountRials} /> },
          { key: 'note', title: fa.note, render: ({ note }) => note || '—' },
          { key: 'at', title: fa.askedAt, render: ({ createdAt }) => dateTime(createdAt) },
          { key: 'state', title: fa.state, render: ({ state }) => <RequestTag state={state} /> },
          { key: 'refusal', title: fa.refusal, render: ({ refusal }) => refusal ?? '—' },
          {
            key: 'act',
            title: '',
            render: (request) => decides && request.state === 'open' && <Decide request={request} />,
          },
        ]}
        empty={fa.noRequests}
      />
    </Page>
  );
}

function Decide({ request: { id, customerName, amountRials } }: { request: Request }) {
  const confirm = useConfirm();
  const queries = useQueryClient();
  const params = { path: { requestId: id } };
  const approve = useAction({
    act: () => ok(api.POST('/api/v1/reseller/topup-requests/{requestId}/approve', { params })),
    said: fill(fa.given, { amount: toman(amountRials), name: customerName }),
    refresh: [['requests'], ['wallet'], ['reseller']],
  });
  const ask = async (): Promise<void> => {
    const sure = await confirm({
      title: fill(fa.giveTitle, { amount: toman(amountRials), name: customerName }),
      content: fa.giveWhat,
      action: fa.approve,
    });
    if (sure) approve.mutate();
  };
  return (
    <Flex gap="small" wrap justify="end">
      <Button type="primary" loading={approve.isPending} onClick={() => void ask()}>
        {fa.approve}
      </Button>
      <ReasonButton
        action={fa.refuse}
        title={fill(fa.refuseTitle, { name: customerName })}
        label={fa.refusal}
        act={(reason) =>
          ok(api.POST('/api/v1/reseller/topup-requests/{requestId}/refuse', { params, body: { reason } }))
        }
        done={() => queries.invalidateQueries({ queryKey: ['requests'] })}
      />
    </Flex>
  );
}
