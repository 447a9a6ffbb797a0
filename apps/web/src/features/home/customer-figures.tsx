import { Flex } from 'antd';
import { fill, number, percent } from '../../ui/format';
import { Toman, WholeToman } from '../../ui/amount';
import { Failure, isLost } from '../../ui/states';
import { useWallet } from '../../parts/wallet/balance';
import { Figure } from './figure';
import { FirstSteps } from './first-steps';
import { useNewestSends } from './running-sends';
import { useActivity } from './use-activity';
import fa from './fa.json';
import './home.css';

/** Credit, and what happened today; before the first send, what leads to it. */
export function CustomerFigures() {
  const sends = useNewestSends().data;
  const activity = useActivity(7).data;
  const isNew = sends?.length === 0 && activity?.days.every(({ received }) => received === 0);
  return isNew ? <FirstSteps /> : <Figures />;
}

function Figures() {
  const wallet = useWallet();
  const activity = useActivity(7);
  const error = wallet.error ?? activity.error;
  if (isLost(wallet.error, wallet.data) || isLost(activity.error, activity.data)) {
    return (
      <Failure
        error={error}
        onRetry={() => {
          void wallet.refetch();
          void activity.refetch();
        }}
      />
    );
  }
  const credit = wallet.data;
  const today = activity.data?.today;
  const wait = fa.reading;
  const failed = today ? today.failed + today.undelivered : 0;
  return (
    <Flex gap="middle" wrap className="figures">
      <Figure
        to="/wallet"
        title={fa.credit}
        value={credit ? <WholeToman rials={credit.availableRials} /> : wait}
        note={credit && credit.heldRials > 0 ? heldNote(credit.heldRials) : fa.toTopUp}
        attention={credit !== undefined && credit.availableRials <= 0}
      />
      <Figure
        to="/sends"
        title={fa.sentToday}
        value={today ? number(today.sent) : wait}
        note={today && fill(fa.inSends, { count: today.sends })}
      />
      <Figure
        to="/sends"
        title={fa.deliveredToday}
        value={today ? number(today.delivered) : wait}
        note={
          today &&
          (failed > 0
            ? fill(fa.withFailed, { count: failed })
            : today.sent > 0
              ? percent(today.delivered, today.sent)
              : undefined)
        }
        attention={failed > 0}
      />
      <Figure to="/inbox" title={fa.receivedToday} value={today ? number(today.received) : wait} />
    </Flex>
  );
}

function heldNote(rials: number) {
  return (
    <>
      <Toman rials={rials} /> {fa.held}
    </>
  );
}
