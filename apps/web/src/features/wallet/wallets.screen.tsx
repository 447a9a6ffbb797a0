import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { Toman } from '../../ui/amount';
import { PeriodFilter } from '../../ui/filters';
import { number } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { useLevelTitle } from '../../parts/levels/use-levels';
import fa from './fa.json';

type Customer = Schemas['ResellerUserDto'];

/** Credit and use of all customers. */
export function WalletsScreen() {
  const titleOf = useLevelTitle();
  return (
    <Page title={fa.wallets} about={fa.walletsAbout}>
      <DataList<Customer>
        label={fa.wallets}
        queryKey={['wallet', 'customers']}
        load={async ({ filters: { customerId, resellerId, from, to }, cursor, limit }) => {
          const query = { customerId, resellerId, from, to, cursor, limit };
          const page = await ok(api.GET('/api/v1/reseller/users', { params: { query } }));
          return { rows: page.users, nextCursor: page.nextCursor };
        }}
        rowKey={({ customerId }) => customerId}
        filters={
          <>
            <AccountFilter label={fa.customer} />
            <AccountFilter name="resellerId" role="reseller" label={fa.reseller} />
            <PeriodFilter until="to" />
          </>
        }
        columns={[
          {
            key: 'name',
            title: fa.customer,
            main: true,
            render: ({ customerId, name }) => <Link to={`/money/wallets/${customerId}`}>{name}</Link>,
          },
          { key: 'level', title: fa.level, render: ({ level }) => titleOf(level) },
          {
            key: 'available',
            title: fa.available,
            render: ({ availableRials }) => <Toman rials={availableRials} />,
          },
          { key: 'held', title: fa.held, render: ({ heldRials }) => <Toman rials={heldRials} /> },
          { key: 'sends', title: fa.sends, render: ({ use }) => number(use.sends) },
          {
            key: 'use',
            title: fa.use,
            render: ({ use }) => <Toman rials={use.chargedRials - use.refundedRials} />,
          },
        ]}
        empty={fa.noWallets}
      />
    </Page>
  );
}
