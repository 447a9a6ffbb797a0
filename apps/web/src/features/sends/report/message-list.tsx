import { useInfiniteQuery } from '@tanstack/react-query';
import { Empty, Flex, Grid } from 'antd';
import { memo, useCallback, useMemo, useState } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { ChoiceFilter, SearchFilter } from '../../../ui/filters';
import { dateTime, fill, mobile, number, toman } from '../../../ui/format';
import { useListState } from '../../../ui/list';
import { Failure, Loading } from '../../../ui/states';
import { operatorTitles, optionsOf } from '../../../ui/terms';
import type { Operator } from '../../../ui/terms';
import { VirtualTable } from '../../../ui/virtual-table';
import type { VirtualColumn } from '../../../ui/virtual-table';
import { messageStates, stateOptions } from '../../../parts/sends/words';
import type { MessageState } from '../../../parts/sends/words';
import { MessageDrawer } from './message-drawer';
import fa from '../fa.json';
import { MoreRows } from './more-rows';

type Message = Schemas['MessageDto'];
const pageRows = 200;

/** Every message of a send, read as one scrolls (SMS-015..SMS-017). */
export const MessageList = memo(function MessageList({ sendId }: { sendId: string }) {
  const { filters } = useListState();
  const { state, operator, msisdn } = filters;
  const phone = !(Grid.useBreakpoint().md ?? true);
  const [opened, setOpened] = useState<number>();
  const query = useInfiniteQuery({
    queryKey: ['messages', sendId, state, operator, msisdn],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        api.GET('/api/v1/sends/{sendId}/messages', {
          params: {
            path: { sendId },
            query: {
              limit: pageRows,
              ...(pageParam && { cursor: pageParam }),
              ...(state && { state: state as MessageState }),
              ...(operator && { operator: operator as Operator }),
              ...(msisdn && { msisdn }),
            },
          },
        }),
      ),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // All pages again would be hundreds of requests; the button asks for the first one again.
    staleTime: Infinity,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
    gcTime: 60_000,
  });
  const rows = useMemo(() => query.data?.pages.flatMap(({ messages }) => messages) ?? [], [query.data]);
  const columns = useMemo(() => (phone ? phoneColumns(setOpened) : allColumns(setOpened)), [phone]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, error } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !error) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, error]);
  const total = query.data?.pages[0]?.total;

  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap role="search" aria-label={fa.messageFilters} className="no-print">
        <ChoiceFilter name="state" label={fa.state} options={stateOptions(messageStates)} />
        <ChoiceFilter name="operator" label={fa.operator} options={optionsOf(operatorTitles)} />
        <SearchFilter name="msisdn" label={fa.searchNumber} max={20} />
      </Flex>
      {error && rows.length === 0 ? (
        <Failure error={error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Loading />
      ) : rows.length === 0 ? (
        <Empty description={state || operator || msisdn ? fa.noSuchMessage : fa.noMessages} />
      ) : (
        <VirtualTable
          label={fa.messages}
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
      <span aria-live="polite" className="numbers">
        {total !== undefined && total > rows.length
          ? fill(fa.loadedOf, { loaded: rows.length, total })
          : fill(fa.loaded, { loaded: rows.length })}
      </span>
      {opened !== undefined && (
        <MessageDrawer sendId={sendId} position={opened} onClose={() => setOpened(undefined)} />
      )}
    </Flex>
  );
});

// Plain elements: a quick scroll draws a dozen rows in every frame, and each button of antd costs it a part of that.
type Open = (position: number) => void;
type Column = VirtualColumn<Message>;

const positionOf: Column = {
  key: 'position',
  title: fa.row,
  width: '72px',
  render: ({ position }) => number(position),
};
const numberOf: Column = {
  key: 'msisdn',
  title: fa.recipient,
  width: 'minmax(120px, 1fr)',
  render: ({ msisdn }) => <bdi dir="ltr">{mobile(msisdn)}</bdi>,
};
const stateOf: Column = {
  key: 'state',
  title: fa.state,
  width: 'minmax(100px, 1fr)',
  render: (message) => {
    const { text, tone } = messageStates[message.state];
    return <span className={`state-word ${tone}`}>{text}</span>;
  },
};
const viewOf = (open: Open): Column => ({
  key: 'view',
  title: fa.view,
  width: '80px',
  render: ({ position }) => (
    <button
      type="button"
      className="row-button"
      aria-label={fill(fa.viewMessage, { position })}
      onClick={() => open(position)}
    >
      {fa.view}
    </button>
  ),
});

const phoneColumns = (open: Open): readonly Column[] => [numberOf, stateOf, viewOf(open)];
const allColumns = (open: Open): readonly Column[] => [
  positionOf,
  numberOf,
  { key: 'operator', title: fa.operator, width: '110px', render: ({ operator }) => operatorTitles[operator] },
  stateOf,
  {
    key: 'submittedAt',
    title: fa.sentAt,
    width: '140px',
    render: ({ submittedAt }) => (submittedAt ? dateTime(submittedAt) : fa.none),
  },
  {
    key: 'finalAt',
    title: fa.finalAt,
    width: '140px',
    render: ({ finalAt }) => (finalAt ? dateTime(finalAt) : fa.none),
  },
  {
    key: 'cost',
    title: fa.ownCharged,
    width: '120px',
    render: ({ chargedRials, refundedRials }) => toman(chargedRials - refundedRials),
  },
  viewOf(open),
];
