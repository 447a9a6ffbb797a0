import { SendOutlined } from '@ant-design/icons';
import { Flex } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ChoiceFilter, PeriodFilter, SearchFilter } from '../../ui/filters';
import { dateTime, digits, number, toman } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { DataList } from '../../ui/list';
import type { Column, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { optionsOf } from '../../ui/terms';
import { lineText } from '../../parts/lines/line-words';
import { SendBar, SendStateTag } from '../../parts/sends/send-progress';
import { useLines } from '../../parts/lines/use-lines';
import { kinds, sendStates, stateOptions } from '../../parts/sends/words';
import type { SendState } from '../../parts/sends/words';
import fa from './fa.json';

type Send = Schemas['SendDto'];
const againMs = 5_000;
const sorts = { newest: fa.newestFirst, oldest: fa.oldestFirst };

/** Reports of all own sends (SMS-012), by kind (SMS-013), searched and filtered (SMS-017). */
export function SendsScreen() {
  const { data: lines = [] } = useLines();
  return (
    <Page
      title={fa.sends}
      extra={
        <LinkButton type="primary" icon={<SendOutlined />} to="/sends/new">
          {fa.newSend}
        </LinkButton>
      }
    >
      <DataList<Send>
        label={fa.sends}
        queryKey={['sends', 'list']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={
          <Flex vertical gap="small" align="center">
            {fa.ownNoSends}
            <LinkButton to="/sends/new">{fa.firstSend}</LinkButton>
          </Flex>
        }
        refetchEvery={againMs}
        filters={
          <>
            <SearchFilter label={fa.searchSends} />
            <ChoiceFilter name="kind" label={fa.kind} options={optionsOf(kinds)} />
            <ChoiceFilter name="state" label={fa.state} options={stateOptions(sendStates)} />
            {lines.length > 1 && (
              <ChoiceFilter
                name="lineId"
                label={fa.line}
                options={lines.map((line) => ({ value: line.id, label: digits(lineText(line)) }))}
              />
            )}
            <PeriodFilter until="to" />
            <ChoiceFilter name="sort" label={fa.newestFirst} options={optionsOf(sorts)} />
          </>
        }
      />
    </Page>
  );
}

async function load({ filters, cursor, limit }: ListState) {
  const { search, kind, state, lineId, from, to, sort } = filters;
  const page = await ok(
    api.GET('/api/v1/sends', {
      params: {
        query: {
          limit,
          ...(cursor && { cursor }),
          ...(search && { search }),
          ...(kind && { kind: kind as Send['kind'] }),
          ...(state && { state: state as SendState }),
          ...(lineId && { lineId }),
          ...(from && { from }),
          ...(to && { to }),
          ...(sort && { sort: sort as keyof typeof sorts }),
        },
      },
    }),
  );
  return { rows: page.sends, nextCursor: page.nextCursor, total: page.total };
}

const columns: readonly Column<Send>[] = [
  {
    key: 'title',
    title: fa.titleOrText,
    main: true,
    render: ({ id, title, text }) => (
      <Link to={`/sends/${id}`} className="send-title">
        {title || text.slice(0, 80)}
      </Link>
    ),
  },
  { key: 'state', title: fa.state, render: ({ state }) => <SendStateTag state={state} /> },
  { key: 'kind', title: fa.kind, render: ({ kind }) => kinds[kind] },
  {
    key: 'at',
    title: fa.sendTime,
    render: ({ sendAt, createdAt }) => <span className="numbers">{dateTime(sendAt ?? createdAt)}</span>,
  },
  { key: 'recipients', title: fa.recipients, render: ({ recipients }) => number(recipients) },
  {
    key: 'progress',
    title: fa.progressOf,
    width: 160,
    render: (send) => (
      <div style={{ minWidth: 120 }}>
        <SendBar send={send} compact />
      </div>
    ),
  },
  {
    key: 'cost',
    title: fa.ownCharged,
    render: ({ money }) => toman(money.chargedRials - money.refundedRials),
  },
  {
    key: 'view',
    title: '',
    render: ({ id }) => <LinkButton to={`/sends/${id}`}>{fa.view}</LinkButton>,
  },
];
