import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Descriptions, Flex } from 'antd';
import { Navigate, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { useSessionState } from '../../api/use-session';
import { Toman } from '../../ui/amount';
import { dateTime } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { alertOf, isUnderWay, topupStates, TopupTag } from '../../parts/topups/topup-state';
import fa from './fa.json';

const pollMs = 5_000;
const pollsMax = 120;

/**
 * Where the bank brings a payer back to (BIL-011): who is signed in goes on to the top-up's own page, anybody else who has
 * its address sees what became of the payment, and the way to sign in.
 */
export function PaymentScreen() {
  const { topupId = '' } = useParams();
  const session = useSessionState();
  const own = session.kind === 'signedIn';
  const { data, error, refetch } = useQuery({
    queryKey: ['payment', topupId],
    queryFn: () => ok(api.GET('/api/v1/payments/{topupId}/outcome', { params: { path: { topupId } } })),
    refetchInterval: ({ state }) =>
      state.data && isUnderWay(state.data.state) && state.dataUpdateCount < pollsMax ? pollMs : false,
    enabled: session.kind === 'signedOut',
  });
  const page = `/wallet/topups/${topupId}`;
  if (own) return <Navigate to={page} replace />;
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { id, state, message, amountRials, giftRials, totalRials } = data;
  const { bankTitle, referenceNumber, card, creditedAt, payUrl } = data;
  const items = [
    { key: 'state', label: fa.state, children: <TopupTag state={state} /> },
    { key: 'amount', label: fa.paid, children: <Toman rials={amountRials} /> },
    giftRials > 0 && { key: 'gift', label: fa.gift, children: <Toman rials={giftRials} /> },
    state === 'credited' && { key: 'total', label: fa.finalCharge, children: <Toman rials={totalRials} /> },
    { key: 'bank', label: fa.bank, children: bankTitle },
    referenceNumber && { key: 'reference', label: fa.reference, children: <bdi>{referenceNumber}</bdi> },
    card && { key: 'card', label: fa.card, children: <bdi className="ltr">{card}</bdi> },
    creditedAt && { key: 'credited', label: fa.creditedAt, children: dateTime(creditedAt) },
    { key: 'id', label: fa.topupId, children: <bdi className="ltr id">{id}</bdi> },
  ].filter((item) => item !== false && item !== null && item !== '');
  return (
    <Flex vertical gap="middle" style={{ maxWidth: 720, marginInline: 'auto' }}>
      <Page title={fa.payment} about={fa.paymentAbout}>
        <Flex vertical gap="middle">
          <Alert
            type={alertOf(state)}
            showIcon
            role="status"
            title={topupStates[state].title}
            description={message}
          />
          <Card>
            <Descriptions column={1} items={items} />
          </Card>
          <Flex gap="small" wrap>
            {payUrl && <Button href={payUrl}>{fa.payOn}</Button>}
            <LinkButton type="primary" to={`/sign-in?to=${encodeURIComponent(page)}`}>
              {fa.signInToWallet}
            </LinkButton>
          </Flex>
        </Flex>
      </Page>
    </Flex>
  );
}
