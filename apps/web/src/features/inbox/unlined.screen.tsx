import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { Link as To } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ChoiceFilter } from '../../ui/filters';
import { digits, fill, mobile, moment } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import fa from './fa.json';

type Unlined = Schemas['UnlinedMessageDto'];

const columns: readonly Column<Unlined>[] = [
  {
    key: 'text',
    title: fa.unlinedText,
    main: true,
    render: ({ text, missingParts }) => (
      <>
        <span dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </span>{' '}
        {missingParts && <Tag color="warning">{fill(fa.unlinedMissing, { count: missingParts })}</Tag>}
      </>
    ),
  },
  {
    key: 'from',
    title: fa.unlinedFrom,
    render: ({ from }) => <bdi className="ltr numbers">{mobile(from)}</bdi>,
  },
  { key: 'to', title: fa.unlinedTo, render: ({ to }) => <bdi className="ltr numbers">{digits(to)}</bdi> },
  {
    key: 'link',
    title: fa.link,
    render: ({ linkId, link }) => (link ? <To to={`/sms/links/${linkId}`}>{link}</To> : fa.linkGone),
  },
  {
    key: 'at',
    title: fa.unlinedAt,
    render: ({ receivedAt }) => <span className="numbers">{moment(receivedAt)}</span>,
  },
];

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<Unlined>> {
  const query = { linkId: filters['linkId'], cursor, limit };
  const page = await ok(api.GET('/api/v1/inbox/unlined', { params: { query } }));
  return { rows: page.messages, nextCursor: page.nextCursor, total: page.total };
}

/** Received messages whose number is no line's: nobody else sees them (SMS-210). */
export function UnlinedScreen() {
  const links = useQuery({
    queryKey: ['links', 'names'],
    queryFn: async () => (await ok(api.GET('/api/v1/links'))).links,
  }).data;
  return (
    <Page title={fa.unlined} about={fa.unlinedAbout}>
      <DataList<Unlined>
        label={fa.unlined}
        queryKey={['unlined']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.noUnlined}
        filters={
          <ChoiceFilter
            name="linkId"
            label={fa.link}
            options={(links ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        }
      />
    </Page>
  );
}
