import { Flex, Tag } from 'antd';
import { Link as To } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, digits, fill, number } from '../../ui/format';
import { DataList, useListState } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { operatorTitles } from '../../ui/terms';
import { Owner } from '../../parts/people/owner';
import { Settle } from './settle';
import fa from './fa.json';

type Doubt = Schemas['DoubtDto'];

const columns: readonly Column<Doubt>[] = [
  {
    key: 'recipient',
    title: fa.recipient,
    main: true,
    render: ({ msisdn }) => <bdi className="ltr numbers">{digits(msisdn)}</bdi>,
  },
  { key: 'operator', title: '', render: ({ operator }) => operatorTitles[operator] },
  {
    key: 'owner',
    title: fa.owner,
    render: ({ customerId }) => <Owner customerId={customerId} />,
  },
  {
    key: 'send',
    title: fa.send,
    render: ({ sendId, position }) => (
      <>
        <To to={`/sms/doubts?sendId=${sendId}`}>
          <bdi className="ltr">{sendId.slice(-8)}</bdi>
        </To>{' '}
        {fill(fa.position, { position })}
      </>
    ),
  },
  { key: 'parts', title: fa.parts, render: ({ parts }) => number(parts) },
  { key: 'link', title: fa.link, render: ({ linkId, link }) => <To to={`/sms/links/${linkId}`}>{link}</To> },
  { key: 'since', title: fa.since, render: ({ since }) => since && dateTime(since) },
  { key: 'deeds', title: fa.deeds, render: (doubt) => <Settle {...doubt} /> },
];

async function load({ filters: { linkId, sendId }, cursor, limit }: ListState): Promise<ListPage<Doubt>> {
  const page = await ok(api.GET('/api/v1/doubts', { params: { query: { linkId, sendId, cursor, limit } } }));
  return { rows: page.doubts, nextCursor: page.nextCursor, total: page.total };
}

/** Messages whose answer never came: a person says what became of them, and who pays is said before (guarantee 2). */
export function DoubtsScreen() {
  const { filters, set } = useListState();
  const { sendId, linkId } = filters;
  return (
    <Page title={fa.doubts} about={fa.doubtsAbout}>
      <DataList
        label={fa.doubts}
        queryKey={['doubts']}
        load={load}
        rowKey={({ sendId: send, position }) => `${send} ${position}`}
        columns={columns}
        empty={fa.noDoubts}
        filters={
          (sendId || linkId) && (
            <Flex gap="small" wrap align="center">
              {linkId && (
                <Tag closable onClose={() => set({ linkId: undefined })}>
                  {fa.link}
                </Tag>
              )}
              {sendId && (
                <>
                  <Tag closable onClose={() => set({ sendId: undefined })}>
                    {fill(fa.onlySend, { id: sendId.slice(-8) })}
                  </Tag>
                  {fa.allOfSend}
                  <Settle sendId={sendId} />
                </>
              )}
            </Flex>
          )
        }
      />
    </Page>
  );
}
