import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime, fill } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { RequestModal } from './request-modal';
import { requestOptions, RequestTag } from './request-state';
import type { RequestState } from './request-state';
import fa from './fa.json';

type Request = Schemas['UserTopupRequestDto'];

/** A user asks its reseller for credit (BIL-209). */
export function OwnRequestsScreen() {
  const me = useQuery({ queryKey: ['me'], queryFn: () => ok(api.GET('/api/v1/me')) });
  const [asking, setAsking] = useState(false);
  const reseller = me.data?.reseller;
  return (
    <Page
      title={fa.ownRequests}
      about={reseller ? fill(fa.ownRequestsAbout, { reseller: reseller.name }) : undefined}
      extra={
        reseller && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
            {fa.ask}
          </Button>
        )
      }
    >
      {me.data && !reseller && (
        <Alert
          type="info"
          showIcon
          title={fa.noReseller}
          description={<Link to="/wallet">{fa.topUp}</Link>}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      <DataList<Request>
        label={fa.ownRequests}
        queryKey={['requests', 'mine']}
        load={async ({ filters, cursor, limit }) => {
          const query = { state: filters['state'] as RequestState | undefined, cursor, limit };
          const page = await ok(api.GET('/api/v1/topup-requests', { params: { query } }));
          return { rows: page.requests, nextCursor: page.nextCursor };
        }}
        rowKey={({ id }) => id}
        filters={<ChoiceFilter name="state" label={fa.state} options={requestOptions} />}
        columns={[
          { key: 'at', title: fa.askedAt, main: true, render: ({ createdAt }) => dateTime(createdAt) },
          {
            key: 'amount',
            title: fa.askedAmount,
            render: ({ amountRials }) => <Toman rials={amountRials} />,
          },
          { key: 'note', title: fa.note, render: ({ note }) => note || '—' },
          { key: 'state', title: fa.state, render: ({ state }) => <RequestTag state={state} /> },
          { key: 'refusal', title: fa.answer, render: ({ refusal }) => refusal ?? '—' },
          { key: 'act', title: '', render: (request) => <Withdraw request={request} /> },
        ]}
        empty={fa.ownNoRequests}
      />
      {asking && <RequestModal onClose={() => setAsking(false)} />}
    </Page>
  );
}

function Withdraw({ request: { id, state } }: { request: Request }) {
  const confirm = useConfirm();
  const withdraw = useAction({
    act: () =>
      ok(api.POST('/api/v1/topup-requests/{requestId}/withdraw', { params: { path: { requestId: id } } })),
    said: fa.withdrawn,
    refresh: [['requests']],
  });
  if (state !== 'open') return null;
  const ask = async (): Promise<void> => {
    if (await confirm({ title: fa.withdrawTitle, action: fa.withdraw, danger: true })) withdraw.mutate();
  };
  return (
    <Button danger loading={withdraw.isPending} onClick={() => void ask()}>
      {fa.withdraw}
    </Button>
  );
}
