import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { ChoiceFilter, SearchFilter } from '../../ui/filters';
import { DataList } from '../../ui/list';
import type { ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { optionsOf } from '../../ui/terms';
import { AddModal } from './add-modal';
import { columnsOf, Export, sourceTitles } from './columns';
import type { OptOut, Source } from './columns';
import { RemoveModal } from './remove-modal';
import fa from './fa.json';

const key = ['opt-outs'];

async function load({ filters: { search, source }, cursor, limit }: ListState): Promise<ListPage<OptOut>> {
  const query = { search, source: source as Source | undefined, cursor, limit };
  const page = await ok(api.GET('/api/v1/opt-outs', { params: { query } }));
  return { rows: page.optOuts, nextCursor: page.nextCursor, total: page.total };
}

/** Who wants no advertising of the customer's (SMS-206). */
export function OptOutsScreen() {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<OptOut>();
  return (
    <Page
      title={fa.optOuts}
      about={fa.about}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {fa.add}
          </Button>
          <Export path="opt-outs.csv" />
        </>
      }
    >
      <DataList<OptOut>
        label={fa.optOuts}
        queryKey={key}
        load={load}
        rowKey={({ id }) => id}
        columns={columnsOf(fa.reachOwn, setRemoving)}
        empty={fa.empty}
        filters={
          <>
            <SearchFilter label={fa.search} max={30} />
            <ChoiceFilter name="source" label={fa.source} options={optionsOf(sourceTitles)} />
          </>
        }
      />
      {adding && (
        <AddModal
          title={fa.add}
          about={fa.addAbout}
          send={(body) => ok(api.POST('/api/v1/opt-outs', { body }))}
          refresh={key}
          onClose={() => setAdding(false)}
        />
      )}
      {removing && (
        <RemoveModal
          optOut={removing}
          send={(body) =>
            ok(
              api.POST('/api/v1/opt-outs/{optOutId}/remove', {
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
