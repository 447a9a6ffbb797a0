import { useQueryClient } from '@tanstack/react-query';
import { Flex } from 'antd';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useSay } from '../../../app/toasts';
import { AccountFilter } from '../../../ui/account-picker';
import { ChoiceFilter, SearchFilter } from '../../../ui/filters';
import { dateTime, fill, number, toman } from '../../../ui/format';
import { DataList } from '../../../ui/list';
import type { Column, ListPage, ListState } from '../../../ui/list';
import { Page } from '../../../ui/page';
import { ReasonButton } from '../../../ui/reason-button';
import { mayCancel, mayPause, mayResume } from '../../sends/send-figures';
import { SendBar, SendStateTag } from '../../sends/send-progress';
import { sendStates, stateOptions } from '../../sends/words';
import type { SendState } from '../../sends/words';
import { Owner } from './owner';
import fa from './fa.json';

type Send = Schemas['AdminSendDto'];
type Act = Schemas['SendInterventionBodyDto']['act'];
const againMs = 5_000;

const columns: readonly Column<Send>[] = [
  {
    key: 'title',
    title: fa.send,
    main: true,
    render: ({ title, text, lane }) => (
      <bdi>{title || (lane === 'otp' ? fa.codeSend : text.slice(0, 80))}</bdi>
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
    title: fa.charged,
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
        empty={fa.noSends}
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

function Interventions({ send }: { send: Send }) {
  const say = useSay();
  const queries = useQueryClient();
  const deeds: readonly (readonly [Act, boolean, string, string])[] = [
    ['pause', mayPause(send), fa.pauseSend, fa.sendPaused],
    ['resume', mayResume(send), fa.resumeSend, fa.sendResumed],
    ['cancel', mayCancel(send), fa.cancelSend, fa.sendCancelled],
  ];
  return (
    <Flex gap="small">
      {deeds.map(
        ([act, may, action, said]) =>
          may && (
            <ReasonButton
              key={act}
              action={action}
              danger={act === 'cancel'}
              title={fill(fa.askIntervene, { what: action, send: send.title || send.id })}
              content={act === 'cancel' ? <p>{fa.cancelWhy}</p> : undefined}
              label={fa.interveneReason}
              act={(reason) =>
                ok(
                  api.POST('/api/v1/all-sends/{sendId}/intervene', {
                    params: { path: { sendId: send.id } },
                    body: { act, reason },
                  }),
                )
              }
              done={() => {
                say.success(said);
                return queries.invalidateQueries({ queryKey: ['all-sends'] });
              }}
            />
          ),
      )}
    </Flex>
  );
}
