import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { Link as To } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { SearchFilter } from '../../ui/filters';
import { fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { lineClassTitles } from '../../ui/terms';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { LineModal } from './line-modal';
import { NewLineModal } from './new-line-modal';
import { Owner } from '../../parts/people/owner';
import fa from './fa.json';

export type Line = Schemas['AdminLineDto'];

const columns: readonly Column<Line>[] = [
  {
    key: 'number',
    title: fa.number,
    main: true,
    render: ({ number }) => <bdi className="ltr numbers">{number}</bdi>,
  },
  { key: 'class', title: fa.class, render: ({ lineClass }) => lineClassTitles[lineClass] },
  {
    key: 'owner',
    title: fa.owner,
    render: ({ customerId }) => <Owner customerId={customerId} />,
  },
  { key: 'link', title: fa.link, render: ({ linkId, link }) => <To to={`/sms/links/${linkId}`}>{link}</To> },
  {
    key: 'hours',
    title: fa.hours,
    render: ({ hoursFrom, hoursTo }) =>
      hoursFrom === 0 && hoursTo === 24 ? fa.allDay : fill(fa.hoursRange, { from: hoursFrom, to: hoursTo }),
  },
  {
    key: 'state',
    title: fa.state,
    render: ({ active, shared, retiredAt }) => (
      <Flex gap={4} wrap>
        {retiredAt ? (
          <Tag>{fa.retiredTag}</Tag>
        ) : (
          <Tag color={active ? 'success' : 'error'}>{active ? fa.on : fa.off}</Tag>
        )}
        {shared && <Tag>{fa.shared}</Tag>}
      </Flex>
    ),
  },
];

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<Line>> {
  const { search, customerId, linkId } = filters;
  const query = { search, customerId, linkId, cursor, limit };
  const page = await ok(api.GET('/api/v1/lines/all', { params: { query } }));
  return { rows: page.lines, nextCursor: page.nextCursor };
}

/** Lines of all customers: whose, of which class, when they send (SMS-208). */
export function AllLinesScreen() {
  const [changed, setChanged] = useState<Line>();
  const [isMaking, setMaking] = useState(false);
  const confirm = useConfirm();
  const retire = useAction({
    act: (line: Line) =>
      ok(api.POST('/api/v1/lines/{lineId}/retire', { params: { path: { lineId: line.id } } })),
    said: fa.retired,
    refresh: [['lines'], ['audit']],
  });
  const onRetire = async (line: Line): Promise<void> => {
    const title = fill(fa.askRetire, { number: line.number });
    if (await confirm({ title, content: fa.askRetireWhy, action: fa.retire, danger: true }))
      retire.mutate(line);
  };
  const deeds: Column<Line> = {
    key: 'deeds',
    title: '',
    render: (line) =>
      line.retiredAt === null && (
        <Flex gap="small">
          <Button aria-label={fill(fa.changeLine, { number: line.number })} onClick={() => setChanged(line)}>
            {fa.change}
          </Button>
          <Button
            danger
            aria-label={fill(fa.retireLine, { number: line.number })}
            onClick={() => void onRetire(line)}
          >
            {fa.retire}
          </Button>
        </Flex>
      ),
  };
  return (
    <Page
      title={fa.allLines}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
            {fa.newLine}
          </Button>
          <LinkButton to="/sms/line-pool">{fa.pool}</LinkButton>
        </>
      }
    >
      <DataList
        label={fa.allLines}
        queryKey={['lines', 'all']}
        load={load}
        rowKey={({ id }) => id}
        columns={[...columns, deeds]}
        empty={fa.allNoLines}
        filters={
          <>
            <SearchFilter label={fa.search} max={25} />
            <AccountFilter label={fa.owner} />
          </>
        }
      />
      {isMaking && <NewLineModal onClose={() => setMaking(false)} />}
      {changed && <LineModal line={changed} onClose={() => setChanged(undefined)} />}
    </Page>
  );
}
