import { Link } from 'react-router';
import { AccountFilter, AccountName } from '../../../ui/account-picker';
import { Page } from '../../../ui/page';
import { TopupList } from '../../wallet/topup-list';
import fa from './fa.json';

/** Top-ups of all customers; a doubtful one is asked about on its own page. */
export function TopupsScreen() {
  return (
    <Page title={fa.topups} about={fa.topupsAbout}>
      <TopupList
        empty={fa.noTopups}
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
