import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountFilter } from '../../ui/account-picker';
import { ChoiceFilter, SearchFilter } from '../../ui/filters';
import { dateTime, number, toman } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column, ListPage, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { SendBar, SendStateTag } from '../../parts/sends/send-progress';
import { sendStates, stateOptions } from '../../parts/sends/words';
import type { SendState } from '../../parts/sends/words';
import { Interventions } from './interventions';
import { Owner } from '../../parts/people/owner';
import { nameOf } from './send-name';
import fa from './fa.json';

type Send = Schemas['AdminSendDto'];
const againMs = 5_000;

const columns: readonly Column<Send>[] = [
  {
    key: 'title',
    title: fa.send,
    main: true,
    render: (send) => (
      <Link to={`/sms/sends/${send.id}`}>
        <bdi>{nameOf(send)}</bdi>
      </Link>
    ),
  },
  { key: 'owner', title: fa.owner, render: ({ customerId }) => <Owner customerId={customerId} /> },
  { key: 'state', title: fa.state, render: ({ state }) => <SendStateTag state={state} /> },
  {
    key: 'line',
    title: fa.sendLine,
    render: ({ line }) => <bdi className="ltr numbers">{line.number}</bdi>,
  },
  {
    key: 'at',
    title: fa.sendAt,
    render: ({ sendAt, createdAt }) => <span className="numbers">{dateTime(sendAt ?? createdAt)}</span>,
  },
  { key: 'recipients', title: fa.recipients, render: ({ recipients }) => number(recipients) },
  {
    key: 'progress',
    title: fa.progress,
    width: 140,
    render: (send) => (
      <div style={{ minWidth: 110 }}>
        <SendBar send={send} compact />
      </div>
    ),
  },
  {
    key: 'cost',
    title: fa.allCharged,
    render: ({ money }) => toman(money.chargedRials - money.refundedRials),
  },
  { key: 'deeds', title: '', render: (send) => <Interventions send={send} /> },
];

async function load({ filters, cursor, limit }: ListState): Promise<ListPage<Send>> {
  const { search, customerId, state } = filters;
  const page = await ok(
    api.GET('/api/v1/all-sends', {
      params: { query: { limit, cursor, search, customerId, state: state as SendState | undefined } },
    }),
  );
  return { rows: page.sends, nextCursor: page.nextCursor };
}

/** Sends of all customers: whose, how far, and a way to stop them (WEB-211). */
export function AllSendsScreen() {
  return (
    <Page title={fa.allSends} about={fa.allSendsAbout}>
      <DataList<Send>
        label={fa.allSends}
        queryKey={['all-sends']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.allNoSends}
        refetchEvery={againMs}
        filters={
          <>
            <SearchFilter label={fa.searchSends} />
            <AccountFilter label={fa.owner} />
            <ChoiceFilter name="state" label={fa.state} options={stateOptions(sendStates)} />
          </>
        }
      />
    </Page>
  );
}
