import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column } from '../../ui/list';
import { topupStateOptions, TopupTag } from './topup-state';
import type { TopupState } from './topup-state';
import fa from './fa.json';
import type { ReactNode } from 'react';

type Topup = Schemas['TopupDto'];

interface Props {
  readonly empty: ReactNode;
  /** Only of this customer; absent: those that the caller sees. */
  readonly customerId?: string;
  /** Further columns, before the last; further filters. */
  readonly columns?: readonly Column<Topup>[];
  readonly filters?: ReactNode;
}

export function TopupList({ empty, customerId, columns = [], filters }: Props) {
  return (
    <DataList<Topup>
      label={fa.topups}
      queryKey={['topups', customerId]}
      load={async ({ filters: said, cursor, limit }) => {
        const query = {
          customerId: customerId ?? said['customerId'],
          state: said['state'] as TopupState | undefined,
          cursor,
          limit,
        };
        const page = await ok(api.GET('/api/v1/topups', { params: { query } }));
        return { rows: page.topups, nextCursor: page.nextCursor };
      }}
      rowKey={({ id }) => id}
      filters={
        <>
          {filters}
          <ChoiceFilter name="state" label={fa.state} options={topupStateOptions} />
        </>
      }
      columns={[
        {
          key: 'at',
          title: fa.at,
          main: true,
          render: ({ id, createdAt }) => <Link to={`/wallet/topups/${id}`}>{dateTime(createdAt)}</Link>,
        },
        { key: 'amount', title: fa.paid, render: ({ amountRials }) => <Toman rials={amountRials} /> },
        {
          key: 'gift',
          title: fa.gift,
          render: ({ giftRials }) => (giftRials > 0 ? <Toman rials={giftRials} /> : '—'),
        },
        { key: 'bank', title: fa.bank, render: ({ bankTitle }) => bankTitle },
        {
          key: 'reference',
          title: fa.reference,
          render: ({ referenceNumber }) => (referenceNumber ? <bdi>{referenceNumber}</bdi> : '—'),
        },
        { key: 'state', title: fa.state, render: ({ state }) => <TopupTag state={state} /> },
        ...columns,
      ]}
      empty={empty}
    />
  );
}
