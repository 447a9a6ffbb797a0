import { Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ChoiceFilter, PeriodFilter, SearchFilter } from '../../ui/filters';
import { ago, digits, fill, mobile, number } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { DataList } from '../../ui/list';
import type { Column, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { useLines } from '../../parts/lines/use-lines';
import fa from './fa.json';
import './inbox.css';

type Thread = Schemas['ThreadDto'];
const againMs = 10_000;

/** All messages that came to own lines (SMS-019), a thread for each number. */
export function InboxScreen() {
  const { data: lines = [] } = useLines();
  return (
    <Page title={fa.inbox} about={fa.inboxAbout}>
      <DataList<Thread>
        label={fa.inbox}
        queryKey={['inbox', 'threads']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.none}
        refetchEvery={againMs}
        filters={
          <>
            <SearchFilter label={fa.search} />
            {lines.length > 1 && (
              <ChoiceFilter
                name="lineId"
                label={fa.line}
                options={lines.map(({ id, number: line }) => ({ value: id, label: digits(line) }))}
              />
            )}
            <ChoiceFilter
              name="unread"
              label={fa.unreadFilter}
              options={[
                { value: 'true', label: fa.onlyUnread },
                { value: 'false', label: fa.onlySeen },
              ]}
            />
            <PeriodFilter until="to" />
          </>
        }
      />
    </Page>
  );
}

async function load({ filters, cursor, limit }: ListState) {
  const { search, lineId, unread, from, to } = filters;
  const page = await ok(
    api.GET('/api/v1/inbox/threads', {
      params: {
        query: {
          limit,
          ...(cursor && { cursor }),
          ...(search && { search }),
          ...(lineId && { lineId }),
          ...(unread && { unread: unread === 'true' }),
          ...(from && { from }),
          ...(to && { to }),
        },
      },
    }),
  );
  return { rows: page.threads, nextCursor: page.nextCursor };
}

const columns: readonly Column<Thread>[] = [
  {
    key: 'from',
    title: fa.from,
    main: true,
    render: ({ id, from, unread }) => (
      <Link to={`/inbox/${id}`}>
        <bdi dir="ltr" style={{ fontWeight: unread > 0 ? 700 : 400 }}>
          {mobile(from)}
        </bdi>
      </Link>
    ),
  },
  {
    key: 'lastText',
    title: fa.lastMessage,
    render: ({ lastText, unread }) => (
      <Typography.Text strong={unread > 0} className="thread-text">
        <span dir="auto">{lastText}</span>
      </Typography.Text>
    ),
  },
  { key: 'line', title: fa.line, render: ({ line }) => <bdi dir="ltr">{digits(line)}</bdi> },
  {
    key: 'count',
    title: fa.count,
    render: ({ messages, unread }) => (
      <>
        {number(messages)}{' '}
        {unread > 0 && <Tag color="processing">{fill(fa.unreadCount, { count: unread })}</Tag>}
      </>
    ),
  },
  { key: 'at', title: fa.at, render: ({ lastAt }) => ago(lastAt) },
  {
    key: 'open',
    title: fa.open,
    render: ({ id }) => <LinkButton to={`/inbox/${id}`}>{fa.open}</LinkButton>,
  },
];
