import { useQuery } from '@tanstack/react-query';
import { Button, Card, Flex, Modal, Statistic, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { DownloadButton } from '../../ui/download';
import { ChoiceFilter, PeriodFilter } from '../../ui/filters';
import { dateTime, fill, number } from '../../ui/format';
import { DataList, useListState } from '../../ui/list';
import { PrintButton } from '../../ui/print-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { optionsOf } from '../../ui/terms';
import { KindTag, kindTitles } from './statement-kinds';
import type { EntryKind } from './statement-kinds';
import { usePeriod } from './use-period';
import fa from './fa.json';
import { Table } from '../../ui/table';

type Entry = Schemas['StatementEntryDto'];
/** Another than oneself only for an administrator. */
interface Owner {
  readonly customerId?: string;
}

/** Files and paper of what is shown. */
export function StatementActions({ customerId }: Owner) {
  const { filters } = useListState();
  const { from, to, kinds } = filters;
  const asked = new URLSearchParams(
    Object.entries({ customerId, from, to }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const withKinds = new URLSearchParams([...asked, ...(kinds ? [['kinds', kinds]] : [])]);
  return (
    <>
      <DownloadButton path={`/wallet/statement.csv?${withKinds.toString()}`} name="statement.csv">
        {fa.csv}
      </DownloadButton>
      {from && to && (
        <DownloadButton path={`/wallet/statement.pdf?${asked.toString()}`} name="statement.pdf">
          {fa.pdf}
        </DownloadButton>
      )}
      <PrintButton />
    </>
  );
}

/** One row a send, and each other entry, with the balance after it; what the period changed (BIL-013, BIL-213). */
export function Statement({ customerId }: Owner) {
  const period = usePeriod();
  const [opened, setOpened] = useState<Entry>();
  // Without it the list would ask for all entries, and again a moment later.
  if (!period) return <Loading />;
  return (
    <Flex vertical gap="middle">
      <Summary customerId={customerId} {...period} />
      <DataList<Entry>
        label={fa.statement}
        queryKey={['wallet', 'statement', customerId]}
        load={async ({ filters: { from, to, kinds }, cursor, limit }) => {
          const query = {
            customerId,
            from,
            to,
            kinds: kinds ? [kinds as EntryKind] : undefined,
            cursor,
            limit,
            bySend: true,
          };
          const page = await ok(api.GET('/api/v1/wallet/statement', { params: { query } }));
          return { rows: page.entries, nextCursor: page.nextCursor };
        }}
        rowKey={({ transferId }) => transferId}
        filters={
          <>
            <PeriodFilter until="to" />
            <ChoiceFilter name="kinds" label={fa.kind} options={optionsOf(kindTitles)} />
          </>
        }
        columns={[
          { key: 'at', title: fa.at, main: true, render: ({ at }) => dateTime(at) },
          { key: 'kind', title: fa.kind, render: ({ kind }) => <KindTag kind={kind} /> },
          {
            key: 'reason',
            title: fa.reason,
            render: (entry) => <Reason entry={entry} own={!customerId} onOpen={setOpened} />,
          },
          {
            key: 'amount',
            title: fa.change,
            align: 'end',
            render: ({ amountRials }) => (
              <Typography.Text type={amountRials > 0 ? 'success' : undefined}>
                <Toman rials={amountRials} signed />
              </Typography.Text>
            ),
          },
          {
            key: 'balance',
            title: fa.balance,
            align: 'end',
            render: ({ balanceRials }) => <Toman rials={balanceRials} />,
          },
        ]}
        empty={fa.noEntries}
      />
      {opened?.holdId && (
        <Modal open title={opened.reason} footer={null} onCancel={() => setOpened(undefined)} width={640}>
          <SendEntries customerId={customerId} holdId={opened.holdId} {...period} />
        </Modal>
      )}
    </Flex>
  );
}

/** What was spent leads to its send, and to the entries that its row is made of. */
function Reason({ entry, own, onOpen }: { entry: Entry; own: boolean; onOpen: (entry: Entry) => void }) {
  const { reason, holdId, entries } = entry;
  if (!holdId) return reason;
  return (
    <Flex gap="small" wrap align="center">
      {own ? <Link to={`/sends/${holdId}`}>{reason}</Link> : <span>{reason}</span>}
      {entries > 1 && (
        <Button type="link" size="small" className="no-print" onClick={() => onOpen(entry)}>
          {fill(fa.itsEntries, { count: number(entries) })}
        </Button>
      )}
    </Flex>
  );
}

const entriesShown = 200;

function SendEntries({ customerId, holdId, from, to }: Owner & { holdId: string; from: string; to: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['wallet', 'statement', customerId, 'of', holdId, from, to],
    queryFn: () => {
      const query = { customerId, holdId, from, to, limit: entriesShown };
      return ok(api.GET('/api/v1/wallet/statement', { params: { query } }));
    },
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Flex vertical gap="small">
      <Table
        aria-label={fa.statement}
        rowKey="transferId"
        dataSource={data.entries}
        columns={[
          { title: fa.at, render: ({ at }) => dateTime(at) },
          { title: fa.kind, render: ({ kind }) => <KindTag kind={kind} /> },
          {
            title: fa.change,
            align: 'end',
            render: ({ amountRials }) => <Toman rials={amountRials} signed />,
          },
          {
            title: fa.balance,
            align: 'end',
            render: ({ balanceRials }) => <Toman rials={balanceRials} />,
          },
        ]}
      />
      {data.nextCursor && (
        <Typography.Text type="secondary">
          {fill(fa.newestOnly, { count: number(entriesShown) })}
        </Typography.Text>
      )}
    </Flex>
  );
}

function Summary({ customerId, from, to }: Owner & { from: string; to: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['wallet', 'summary', customerId, from, to],
    queryFn: () =>
      ok(api.GET('/api/v1/wallet/statement/summary', { params: { query: { customerId, from, to } } })),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <Card loading={!data} size="small">
      {data && (
        <Flex gap="large" wrap>
          <Statistic title={fa.opening} valueRender={() => <Toman rials={data.openingRials} />} />
          <Statistic title={fa.closing} valueRender={() => <Toman rials={data.closingRials} />} />
          {data.kinds.length > 0 && (
            <Table
              aria-label={fa.perKind}
              style={{ flex: '1 1 280px' }}
              rowKey="kind"
              dataSource={data.kinds}
              columns={[
                { title: fa.kind, render: ({ kind }) => kindTitles[kind] },
                { title: fa.entries, align: 'end', render: ({ entries }) => number(entries) },
                {
                  title: fa.change,
                  align: 'end',
                  render: ({ amountRials }) => <Toman rials={amountRials} signed />,
                },
              ]}
            />
          )}
        </Flex>
      )}
    </Card>
  );
}
