import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Empty, Flex, Typography } from 'antd';
import { useCallback, useMemo } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { SearchFilter } from '../../../ui/filters';
import { fill, mobile, number } from '../../../ui/format';
import { useListState } from '../../../ui/list';
import { Failure, Loading } from '../../../ui/states';
import { operatorTitles } from '../../../ui/terms';
import { VirtualTable } from '../../../ui/virtual-table';
import type { VirtualColumn } from '../../../ui/virtual-table';
import { FileState } from '../../../parts/recipients/file-state';
import { listQuery } from '../../../parts/recipients/use-lists';
import fa from '../fa.json';
import { MoreRows } from './more-rows';

type Recipient = Schemas['SendRecipientDto'];
const pageRows = 200;

interface Props {
  readonly send: Pick<Schemas['SendDto'], 'id' | 'listId'>;
  /** Of another: what was left out of its list is shown to its owner only. */
  readonly isForeign?: boolean;
}

const columns: readonly VirtualColumn<Recipient>[] = [
  { key: 'position', title: fa.row, width: '88px', render: ({ position }) => number(position) },
  {
    key: 'msisdn',
    title: fa.recipient,
    width: 'minmax(120px, 1fr)',
    render: ({ msisdn }) => <bdi dir="ltr">{mobile(msisdn)}</bdi>,
  },
  {
    key: 'operator',
    title: fa.operator,
    width: 'minmax(90px, 1fr)',
    render: ({ operator }) => operatorTitles[operator],
  },
];

/** To whom a send will go, before it has messages (SMS-207): found by number, and what of its list was left out. */
export function RecipientList({ send, isForeign }: Props) {
  const { msisdn } = useListState().filters;
  const query = useInfiniteQuery({
    queryKey: ['sends', send.id, 'recipients', send.listId, msisdn],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/api/v1/sends/{sendId}/recipients', {
          params: {
            path: { sendId: send.id },
            query: { limit: pageRows, ...(pageParam && { cursor: pageParam }), ...(msisdn && { msisdn }) },
          },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // A list that was read never changes.
    staleTime: Infinity,
    refetchOnReconnect: false,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ recipients }) => recipients) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  const total = query.data?.pages[0]?.total;
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap role="search" aria-label={fa.recipientsOf} className="no-print">
        <SearchFilter name="msisdn" label={fa.searchNumber} max={20} />
      </Flex>
      {error && rows.length === 0 ? (
        <Failure error={error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty description={query.data?.pages[0]?.listDeleted ? fa.recipientsDeleted : fa.noSuchRecipient} />
      ) : (
        <VirtualTable
          label={fa.recipientsOf}
          rows={rows}
          rowKey={({ position }) => position}
          columns={columns}
          total={total}
          onNearEnd={more}
          footer={
            <MoreRows
              isReading={isFetchingNextPage}
              hasFailed={Boolean(error)}
              onRetry={() => void fetchNextPage()}
            />
          }
        />
      )}
      {total !== undefined && (
        <span aria-live="polite" className="numbers">
          {total > rows.length
            ? fill(fa.recipientsLoadedOf, { loaded: rows.length, total })
            : fill(fa.recipientsLoaded, { loaded: rows.length })}
        </span>
      )}
      {!isForeign && <LeftOut listId={send.listId} />}
    </Flex>
  );
}

/** Of the whole list, of which the send may take a part. */
function LeftOut({ listId }: { listId: string }) {
  const { data: list } = useQuery(listQuery(listId));
  if (!list || list.duplicates + list.invalid === 0) return null;
  return (
    <>
      <Typography.Text type="secondary">{fa.recipientsLeftOut}</Typography.Text>
      <FileState list={list} />
    </>
  );
}
