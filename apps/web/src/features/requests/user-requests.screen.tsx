import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { requestOptions, RequestTag } from './request-state';
import type { RequestState } from './request-state';
import { Decide } from '../../parts/requests/decide';
import fa from './fa.json';

type Request = Schemas['UserTopupRequestDto'];

/** What users ask their reseller for (BIL-209); an administrator reads them all. */
export function UserRequestsScreen() {
  const { roles } = useAccount();
  const decides = roles.includes('reseller');
  return (
    <Page title={fa.userRequests} about={decides ? fa.userRequestsAbout : undefined}>
      <DataList<Request>
        label={fa.userRequests}
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
            render: (request) => decides && request.state === 'open' && <DecideRequest {...request} />,
          },
        ]}
        empty={fa.userNoRequests}
      />
    </Page>
  );
}

function DecideRequest({ id, customerName, amountRials }: Request) {
  const params = { path: { requestId: id } };
  return (
    <Decide
      customerName={customerName}
      amountRials={amountRials}
      giveWhat={fa.giveWhat}
      approve={() => ok(api.POST('/api/v1/reseller/topup-requests/{requestId}/approve', { params }))}
      refuseTitle={fa.refuseTitle}
      refuse={(reason) =>
        ok(api.POST('/api/v1/reseller/topup-requests/{requestId}/refuse', { params, body: { reason } }))
      }
      refresh={[['requests'], ['wallet'], ['reseller']]}
    />
  );
}
