import { Card, Divider, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { dateTime, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { ImportState } from './import-state';
import { importKinds } from './kinds';
import type { Import } from './kinds';
import { NewImport } from './new-import';
import fa from './fa.json';

const refreshMs = 2_000;

const columns: readonly Column<Import>[] = [
  {
    key: 'file',
    title: fa.file,
    main: true,
    render: ({ id, fileName }) => (
      <Link to={`/people/import/${id}`}>
        <bdi>{fileName}</bdi>
      </Link>
    ),
  },
  { key: 'kind', title: fa.kind, render: ({ kind }) => importKinds[kind].title },
  { key: 'state', title: fa.state, render: ({ state }) => <ImportState state={state} /> },
  {
    key: 'rows',
    title: fa.rows,
    render: ({ rows, rowsInAll }) => number(rowsInAll ?? rows),
  },
  {
    key: 'refused',
    title: fa.refused,
    render: ({ refused }) => (refused > 0 ? <Tag color="error">{number(refused)}</Tag> : number(0)),
  },
  { key: 'at', title: fa.at, render: ({ createdAt }) => dateTime(createdAt) },
];

async function load({ cursor, limit }: ListState): Promise<ListPage<Import>> {
  const page = await ok(api.GET('/api/v1/imports', { params: { query: { cursor, limit } } }));
  return { rows: page.imports, nextCursor: page.nextCursor };
}

/** Files of people and basic data: a new one, and what became of those before (IDN-203). */
export function ImportsScreen() {
  return (
    <Page title={fa.imports} about={fa.importsAbout}>
      <Card title={<h2 className="card-title">{fa.newImport}</h2>}>
        <NewImport />
      </Card>
      <Divider />
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {fa.past}
      </Typography.Title>
      <DataList
        label={fa.past}
        queryKey={['imports', 'list']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.noImports}
        refetchEvery={refreshMs}
      />
    </Page>
  );
}
