import { FilterOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Flex, Grid, Select } from 'antd';
import { useCallback, useId, useMemo, useState } from 'react';
import type { Key, ReactNode } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { Failure, isLost, Loading } from './states';
import { Table } from './table';
import { fill, number } from './format';
import { useFits } from './use-fits';
import fa from '../i18n/fa.json';

/** What the URL says of a list: its filters by name, and the page. Empty filters are absent. */
export interface ListState {
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly set: (filters: Readonly<Record<string, string | undefined>>) => void;
  readonly cursor: string | undefined;
  readonly limit: number;
}

const limits = [25, 50, 100] as const;
/** Of the list; other parameters of the address are its filters. */
const reserved = new Set(['cursor', 'limit', 'page']);

/** Filters, sort and page of a list live in the address: it can be sent to somebody, and Back goes back. */
export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const set = useCallback<ListState['set']>(
    (filters) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(filters)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          // Another question has other pages.
          next.delete('cursor');
          next.delete('page');
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return useMemo(() => {
    const filters = Object.fromEntries([...params].filter(([name]) => !reserved.has(name)));
    const wanted = Number(params.get('limit'));
    return {
      filters,
      set,
      cursor: params.get('cursor') ?? undefined,
      limit: limits.find((limit) => limit === wanted) ?? limits[0],
    };
  }, [params, set]);
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor?: string | undefined;
  /** Where the server counts them. */
  readonly total?: number | undefined;
}

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  readonly width?: number;
  /** The heading of a row's card on a phone, which then needs no label. */
  readonly main?: boolean;
}

interface Props<Row> {
  /** Says what is listed, for those who do not see it. */
  readonly label: string;
  readonly queryKey: readonly unknown[];
  /** One page for the filters and cursor of the address. */
  readonly load: (state: ListState) => Promise<ListPage<Row>>;
  readonly rowKey: (row: Row) => Key;
  readonly columns: readonly Column<Row>[];
  /** Said when there is nothing; with what to do about it. */
  readonly empty: ReactNode;
  /** Above the rows: the inputs of the filters. */
  readonly filters?: ReactNode;
  /** Asks again by itself, ms. */
  readonly refetchEvery?: number;
  /** What a row shows when it is opened. */
  readonly expand?: (row: Row) => ReactNode;
}

/**
 * A list that the server filters, sorts and pages: a table, and cards on a phone or where it does not fit. Shows that it loads, that it is empty,
 * why it failed (with a way to try again), and who may not see it.
 */
export function DataList<Row extends object>({
  label,
  queryKey,
  load,
  rowKey,
  columns,
  empty,
  filters,
  refetchEvery,
  expand,
}: Props<Row>) {
  const state = useListState();
  const phone = !(Grid.useBreakpoint().md ?? true);
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery({
    queryKey: [...queryKey, state.filters, state.cursor, state.limit],
    queryFn: () => load(state),
    placeholderData: keepPreviousData,
    refetchInterval: refetchEvery ?? false,
  });
  const rows = data?.rows ?? [];
  const { holder, fits } = useFits(data);
  return (
    <Flex vertical gap="middle" ref={holder}>
      {filters && (
        <Filters label={label} phone={phone} count={Object.keys(state.filters).length}>
          {filters}
        </Filters>
      )}
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty description={Object.keys(state.filters).length > 0 ? fa.nothingFiltered : empty} />
      ) : phone || !fits ? (
        <Cards rows={rows} rowKey={rowKey} columns={columns} label={label} expand={expand} />
      ) : (
        <Table<Row>
          aria-label={label}
          rowKey={rowKey}
          columns={columns.map((column) => ({
            ...column,
            title: column.title || <span className="only-read">{fa.actions}</span>,
          }))}
          dataSource={rows}
          expand={expand}
          stale={isPlaceholderData}
        />
      )}
      <Pager nextCursor={data?.nextCursor} total={data?.total} shown={rows.length} phone={phone} />
    </Flex>
  );
}

function Cards<Row extends object>({
  rows,
  rowKey,
  columns,
  label,
  expand,
}: Pick<Props<Row>, 'rowKey' | 'columns' | 'label' | 'expand'> & { rows: readonly Row[] }) {
  const heading = columns.find(({ main }) => main);
  return (
    <ul aria-label={label} className="row-cards">
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <Card size="small" title={heading?.render(row)}>
            <dl className="card-facts">
              {columns
                .filter((column) => column !== heading)
                .map(({ key, title, render }) => (
                  <div key={key}>
                    {title && <dt>{title}</dt>}
                    <dd>{render(row)}</dd>
                  </div>
                ))}
            </dl>
            {expand && (
              <details className="card-more">
                <summary>{fa.details}</summary>
                {expand(row)}
              </details>
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}

/** On a phone they would push the list off the screen: there they open. */
function Filters({
  label,
  phone,
  count,
  children,
}: {
  label: string;
  phone: boolean;
  count: number;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const inputs = (
    <Flex id={id} gap="small" wrap role="search" aria-label={fill(fa.filtersOf, { label })}>
      {children}
    </Flex>
  );
  if (!phone) return <div className="no-print">{inputs}</div>;
  return (
    <Flex vertical gap="small" className="no-print">
      <Button
        icon={<FilterOutlined />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        style={{ alignSelf: 'flex-start' }}
      >
        {count > 0 ? fill(fa.filtersSet, { count }) : fa.filters}
      </Button>
      {open && inputs}
    </Flex>
  );
}

/** Cursors know the next page only; the pages before are the browser's own way back. */
function Pager({
  nextCursor,
  total,
  shown,
  phone,
}: {
  nextCursor?: string;
  total?: number;
  shown: number;
  phone: boolean;
}) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  // Somebody who was sent the address of a page has no page before it to go back to.
  const cameHere = (useLocation().state as { paged?: boolean } | null)?.paged === true;
  const page = Number(params.get('page') ?? '1');
  const first = !params.get('cursor');
  // All is on this page: how many there are is said, and there is nowhere to go.
  if (first && !nextCursor)
    return total === undefined || shown === 0 ? null : (
      <span aria-live="polite">{fill(fa.rowsInAll, { total }).trim()}</span>
    );
  const change = (set: (next: URLSearchParams) => void): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete('cursor');
        next.delete('page');
        set(next);
        return next;
      },
      { state: { paged: true } },
    );
  const toFirst = (): void => change(() => undefined);
  const toNext = (cursor: string): void =>
    change((next) => {
      next.set('cursor', cursor);
      next.set('page', String(page + 1));
    });
  return (
    <Flex component="nav" aria-label={fa.pages} gap="small" align="center" wrap className="no-print">
      {!phone && (
        <Button disabled={first} onClick={toFirst}>
          {fa.firstPage}
        </Button>
      )}
      <Button disabled={first} onClick={() => (cameHere ? void navigate(-1) : toFirst())}>
        {fa.previousPage}
      </Button>
      <Button disabled={!nextCursor} onClick={() => nextCursor && toNext(nextCursor)}>
        {fa.nextPage}
      </Button>
      <span aria-live="polite">
        {fa.page} {number(page)}
        {total !== undefined && fill(fa.rowsInAll, { total })}
        {total === undefined && shown > 0 && fill(fa.rowsShown, { shown })}
      </span>
      {!phone && (
        <Select
          aria-label={fa.rowsPerPage}
          value={params.get('limit') ?? String(limits[0])}
          onChange={(limit) => change((next) => next.set('limit', limit))}
          options={limits.map((limit) => ({ value: String(limit), label: fill(fa.rows, { limit }) }))}
        />
      )}
    </Flex>
  );
}
