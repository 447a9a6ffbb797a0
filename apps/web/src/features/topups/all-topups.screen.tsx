import { Link } from 'react-router';
import { AccountFilter, AccountName } from '../../ui/account-picker';
import { Page } from '../../ui/page';
import { TopupList } from '../../parts/topups/topup-list';
import fa from './fa.json';

/** Top-ups of all customers; a doubtful one is asked about on its own page. */
export function AllTopupsScreen() {
  return (
    <Page title={fa.allTopups} about={fa.topupsAbout}>
      <TopupList
        empty={fa.allNoTopups}
        filters={<AccountFilter label={fa.customer} />}
        columns={[
          {
            key: 'customer',
            title: fa.customer,
            render: ({ customerId }) => (
              <Link to={`/money/wallets/${customerId}`}>
                <AccountName accountId={customerId} />
              </Link>
            ),
          },
        ]}
      />
    </Page>
  );
}
