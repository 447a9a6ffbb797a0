import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { ChoiceFilter, SearchFilter } from '../../ui/filters';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { optionsOf } from '../../ui/terms';
import { Owner } from '../../parts/people/owner';
import { AddModal } from './add-modal';
import { columnsOf, Export, reachTitles, sourceTitles } from './columns';
import type { AdminOptOut, Reach, Source } from './columns';
import { RemoveModal } from './remove-modal';
import fa from './fa.json';

const key = ['all-opt-outs'];

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<AdminOptOut>> {
  const { search, source, reach, customerId } = filters;
  const query = {
    ...{ search, customerId, cursor, limit },
    source: source as Source | undefined,
    reach: reach as Reach | undefined,
  };
  const page = await ok(api.GET('/api/v1/all-opt-outs', { params: { query } }));
  return { rows: page.optOuts, nextCursor: page.nextCursor, total: page.total };
}

/** Opt-outs of all customers and of the platform itself, for administrators. */
export function AllOptOutsScreen() {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<AdminOptOut>();
  const owner: Column<AdminOptOut> = {
    key: 'customer',
    title: fa.customer,
    render: ({ customerId }) => <Owner customerId={customerId} />,
  };
  const [first, ...others] = columnsOf<AdminOptOut>(fa.reachCustomer, setRemoving);
  return (
    <Page
      title={fa.optOuts}
      about={fa.aboutAll}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {fa.addForAll}
          </Button>
          <Export path="all-opt-outs.csv" />
        </>
      }
    >
      <DataList<AdminOptOut>
        label={fa.optOuts}
        queryKey={key}
        load={load}
        rowKey={({ id }) => id}
        columns={first ? [first, owner, ...others] : []}
        empty={fa.empty}
        filters={
          <>
            <SearchFilter label={fa.search} max={30} />
            <AccountFilter label={fa.customer} />
            <ChoiceFilter name="reach" label={fa.reach} options={optionsOf(reachTitles)} />
            <ChoiceFilter name="source" label={fa.source} options={optionsOf(sourceTitles)} />
          </>
        }
      />
      {adding && (
        <AddModal
          title={fa.addForAll}
          about={fa.addAllAbout}
          send={(body) => ok(api.POST('/api/v1/all-opt-outs', { body }))}
          refresh={key}
          onClose={() => setAdding(false)}
        />
      )}
      {removing && (
        <RemoveModal
          optOut={removing}
          send={(body) =>
            ok(
              api.POST('/api/v1/all-opt-outs/{optOutId}/remove', {
                params: { path: { optOutId: removing.id } },
                body,
              }),
            )
          }
          refresh={key}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Page>
  );
}
