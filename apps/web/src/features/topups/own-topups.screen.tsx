import { Link } from 'react-router';
import { useAccount } from '../../api/use-session';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { TopupList } from '../../parts/topups/topup-list';
import fa from './fa.json';

/** The own payments at banks and what became of them. */
export function OwnTopupsScreen() {
  // An administrator's list of all customers stands in its own place; here it is the own wallet's.
  const { id } = useAccount();
  return (
    <Page title={fa.ownTopups} extra={<LinkButton to="/wallet">{fa.topUp}</LinkButton>}>
      <TopupList
        customerId={id}
        empty={
          <>
            {fa.ownNoTopups} <Link to="/wallet">{fa.topUp}</Link>
          </>
        }
      />
    </Page>
  );
}
