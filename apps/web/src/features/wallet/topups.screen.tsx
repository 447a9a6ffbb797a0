import { Link } from 'react-router';
import { useAccount } from '../../app/use-session';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { TopupList } from './topup-list';
import fa from './fa.json';

/** The own payments at banks and what became of them. */
export function TopupsScreen() {
  // An administrator's list of all customers stands in its own place; here it is the own wallet's.
  const { id } = useAccount();
  return (
    <Page title={fa.topups} extra={<LinkButton to="/wallet">{fa.topUp}</LinkButton>}>
      <TopupList
        customerId={id}
        empty={
          <>
            {fa.noTopups} <Link to="/wallet">{fa.topUp}</Link>
          </>
        }
      />
    </Page>
  );
}
