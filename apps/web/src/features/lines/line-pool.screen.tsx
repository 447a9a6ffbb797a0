import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link as To } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { lineClassTitles } from '../../ui/terms';
import { useAction } from '../../ui/use-action';
import { NewLineModal } from './new-line-modal';
import fa from './fa.json';

type Pooled = Schemas['PooledLineDto'];

const columns: readonly Column<Pooled>[] = [
  {
    key: 'number',
    title: fa.number,
    main: true,
    render: (line) => <bdi className="ltr numbers">{line.number}</bdi>,
  },
  { key: 'class', title: fa.class, render: ({ lineClass }) => lineClassTitles[lineClass] },
  { key: 'link', title: fa.link, render: ({ linkId, link }) => <To to={`/sms/links/${linkId}`}>{link}</To> },
  {
    key: 'hours',
    title: fa.hours,
    render: ({ hoursFrom, hoursTo }) =>
      hoursFrom === 0 && hoursTo === 24 ? fa.allDay : fill(fa.hoursRange, { from: hoursFrom, to: hoursTo }),
  },
];

async function load({ cursor, limit }: ListState): Promise<ListPage<Pooled>> {
  const page = await ok(api.GET('/api/v1/line-pool', { params: { query: { cursor, limit } } }));
  return { rows: page.lines, nextCursor: page.nextCursor };
}

/** Lines that wait for the next person who signs up (IDN-215). */
export function LinePoolScreen() {
  const [isAdding, setAdding] = useState(false);
  const { data } = useQuery({
    queryKey: ['line-pool', 'count'],
    queryFn: () => ok(api.GET('/api/v1/line-pool', { params: { query: { limit: 1 } } })),
  });
  const remove = useAction({
    act: (pooledId: string) =>
      ok(api.DELETE('/api/v1/line-pool/{pooledId}', { params: { path: { pooledId } } })),
    said: fa.unpooled,
    refresh: [['line-pool'], ['audit']],
  });
  const deeds: Column<Pooled> = {
    key: 'deeds',
    title: '',
    render: (line) => (
      <Button
        aria-label={fill(fa.unpoolLine, { number: line.number })}
        loading={remove.isPending && remove.variables === line.id}
        onClick={() => remove.mutate(line.id)}
      >
        {fa.unpool}
      </Button>
    ),
  };
  return (
    <Page
      title={fa.pool}
      about={data && fill(fa.poolAbout, { count: number(data.total) })}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {fa.addToPool}
        </Button>
      }
    >
      <DataList
        label={fa.pool}
        queryKey={['line-pool', 'list']}
        load={load}
        rowKey={({ id }) => id}
        columns={[...columns, deeds]}
        empty={fa.poolEmpty}
      />
      {isAdding && <NewLineModal pool onClose={() => setAdding(false)} />}
    </Page>
  );
}
