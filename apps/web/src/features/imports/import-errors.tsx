import { Card } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { DownloadButton } from '../../ui/download';
import { fill, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column } from '../../ui/list';
import { columnNames } from './kinds';
import fa from './fa.json';

type Fault = Schemas['ImportErrorDto'];

const columns: readonly Column<Fault>[] = [
  { key: 'row', title: fa.rows, main: true, width: 100, render: ({ row }) => number(row) },
  { key: 'column', title: fa.column, render: ({ field }) => columnNames[field] },
  {
    key: 'why',
    title: fa.why,
    render: ({ message, otherRow }) =>
      otherRow === undefined ? message : `${message} (${fill(fa.otherRow, { row: otherRow })})`,
  },
];

/** Rows that are left out, and why; never what the cell says. */
export function ImportErrors({ importId, moving }: { importId: string; moving: boolean }) {
  return (
    <Card
      title={<h2 className="card-title">{fa.errors}</h2>}
      extra={
        <DownloadButton path={`/imports/${importId}/errors.csv`} name="import-errors.csv">
          {fa.errorsCsv}
        </DownloadButton>
      }
    >
      <DataList
        label={fa.errors}
        queryKey={['imports', importId, 'errors']}
        load={async ({ cursor, limit }) => {
          const params = { path: { importId }, query: { cursor, limit } };
          const page = await ok(api.GET('/api/v1/imports/{importId}/errors', { params }));
          return { rows: page.errors, nextCursor: page.nextCursor };
        }}
        rowKey={({ row, field }) => `${row} ${field}`}
        columns={columns}
        empty={fa.noErrors}
        refetchEvery={moving ? 3_000 : undefined}
      />
    </Card>
  );
}
