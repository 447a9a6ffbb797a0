import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Flex } from 'antd';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { Toman } from '../../ui/amount';
import { DownloadButton } from '../../ui/download';
import { dateTime } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { useAction } from '../../ui/use-action';
import { alertOf, isUnderWay, topupStates, TopupTag } from '../../parts/topups/topup-state';
import fa from './fa.json';

type Topup = Schemas['TopupDto'];
const pollMs = 3_000;

/** What became of a payment: asked again while it is under way; its receipt once the credit is there (BIL-011, BIL-214). */
export function TopupScreen() {
  const { topupId = '' } = useParams();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['topups', 'one', topupId],
    queryFn: () => ok(api.GET('/api/v1/topups/{topupId}', { params: { path: { topupId } } })),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.state) ? pollMs : false),
  });
  // The credit that has come shows wherever the wallet does.
  const before = useRef<string>(undefined);
  useEffect(() => {
    if (before.current && data && before.current !== data.state)
      void queries.invalidateQueries({ queryKey: ['wallet'] });
    before.current = data?.state;
  }, [data, queries]);
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={fa.topup} extra={<Actions topup={data} />}>
      <Flex vertical gap="middle" style={{ maxWidth: 720 }}>
        <Alert
          type={alertOf(data.state)}
          showIcon
          role="status"
          title={topupStates[data.state].title}
          description={data.message}
        />
        <Facts topup={data} />
        {data.state === 'credited' && <Receipt topupId={topupId} />}
      </Flex>
    </Page>
  );
}

function Actions({ topup: { id, state, payUrl } }: { topup: Topup }) {
  const { roles } = useAccount();
  const check = useAction({
    act: () => ok(api.POST('/api/v1/topups/{topupId}/check', { params: { path: { topupId: id } } })),
    said: fa.checked,
    refresh: [['topups'], ['wallet']],
  });
  const mayCheck = roles.includes('admin') && !['created', 'credited', 'reversed'].includes(state);
  return (
    <>
      {payUrl && (
        <Button type="primary" href={payUrl}>
          {fa.payOn}
        </Button>
      )}
      {mayCheck && (
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {fa.check}
        </Button>
      )}
      {state === 'credited' && (
        <>
          <DownloadButton path={`/topups/${id}/receipt.pdf`} name={`receipt-${id.slice(-8)}.pdf`}>
            {fa.receiptPdf}
          </DownloadButton>
          <PrintButton />
        </>
      )}
      <LinkButton to="/wallet">{fa.toWallet}</LinkButton>
    </>
  );
}

function Facts({ topup }: { topup: Topup }) {
  const { amountRials, giftRials, totalRials, bankTitle, referenceNumber, card, creditedAt } = topup;
  const items = [
    { key: 'state', label: fa.state, children: <TopupTag state={topup.state} /> },
    { key: 'amount', label: fa.paid, children: <Toman rials={amountRials} /> },
    giftRials > 0 && { key: 'gift', label: fa.gift, children: <Toman rials={giftRials} /> },
    { key: 'total', label: fa.finalCharge, children: <Toman rials={totalRials} /> },
    { key: 'bank', label: fa.bank, children: bankTitle },
    referenceNumber && { key: 'reference', label: fa.reference, children: <bdi>{referenceNumber}</bdi> },
    card && { key: 'card', label: fa.card, children: <bdi className="ltr">{card}</bdi> },
    { key: 'at', label: fa.begun, children: dateTime(topup.createdAt) },
    creditedAt && { key: 'credited', label: fa.creditedAt, children: dateTime(creditedAt) },
    {
      key: 'id',
      label: fa.topupId,
      children: (
        <bdi className="ltr" style={{ overflowWrap: 'anywhere' }}>
          {topup.id}
        </bdi>
      ),
    },
  ].filter((item) => item !== false && item !== null && item !== undefined && item !== '');
  return (
    <Card>
      <Descriptions column={1} items={items} />
    </Card>
  );
}

function Receipt({ topupId }: { topupId: string }) {
  const { data } = useQuery({
    queryKey: ['topups', 'receipt', topupId],
    queryFn: () => ok(api.GET('/api/v1/topups/{topupId}/receipt', { params: { path: { topupId } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return null;
  return (
    <Card>
      <Descriptions
        column={1}
        items={[
          { key: 'who', label: fa.payer, children: data.customerName },
          { key: 'order', label: fa.orderNumber, children: <bdi>{data.orderNumber}</bdi> },
        ]}
      />
    </Card>
  );
}
