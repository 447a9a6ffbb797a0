import { Button } from 'antd';
import type { Schemas } from '../../api/client';
import { DownloadButton } from '../../ui/download';
import { digits, fill, mobile, moment } from '../../ui/format';
import { useListState } from '../../ui/list';
import type { Column } from '../../ui/list';
import fa from './fa.json';

export type OptOut = Schemas['OptOutDto'];
export type AdminOptOut = Schemas['AdminOptOutDto'];
export type Source = OptOut['source'];
export type Reach = OptOut['reach'];

export const sourceTitles: Readonly<Record<Source, string>> = {
  message: fa.sourceMessage,
  panel: fa.sourcePanel,
  api: fa.sourceApi,
  admin: fa.sourceAdmin,
};
export const reachTitles: Readonly<Record<Reach, string>> = {
  line: fa.reachLineShort,
  customer: fa.reachCustomer,
  platform: fa.reachPlatform,
};

/** `ofCustomer`: what a whole customer's is called here. */
export function columnsOf<Row extends OptOut>(
  ofCustomer: string,
  onRemove: (row: Row) => void,
): readonly Column<Row>[] {
  return [
    {
      key: 'number',
      title: fa.number,
      main: true,
      render: ({ number }) => <bdi className="ltr numbers">{mobile(number)}</bdi>,
    },
    {
      key: 'reach',
      title: fa.reach,
      render: ({ reach, line }) => {
        if (reach === 'line') return fill(fa.reachLine, { line: digits(line ?? '') });
        return reach === 'customer' ? ofCustomer : fa.reachPlatform;
      },
    },
    { key: 'source', title: fa.source, render: ({ source }) => sourceTitles[source] },
    {
      key: 'since',
      title: fa.since,
      render: ({ since }) => <span className="numbers">{moment(since)}</span>,
    },
    {
      key: 'note',
      title: fa.note,
      render: ({ note }) => <span style={{ overflowWrap: 'anywhere' }}>{note ?? fa.none}</span>,
    },
    {
      key: 'act',
      title: '',
      render: (row) => (
        <Button onClick={() => onRemove(row)} aria-label={fill(fa.removeOf, { number: mobile(row.number) })}>
          {fa.remove}
        </Button>
      ),
    },
  ];
}

/** All that the filters of the list leave. */
export function Export({ path }: { readonly path: string }) {
  const { filters } = useListState();
  const query = new URLSearchParams(
    Object.entries(filters).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
  return (
    <DownloadButton path={`/${path}?${query}`} name={path}>
      {fa.export}
    </DownloadButton>
  );
}
