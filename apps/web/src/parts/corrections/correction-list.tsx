import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  StopOutlined,
} from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Flex, Tag, Tooltip, Typography } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { AccountFilter, AccountName } from '../../ui/account-picker';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime, fill, toman } from '../../ui/format';
import { DataList } from '../../ui/list';
import { ReasonButton } from '../../ui/reason-button';
import { optionsOf } from '../../ui/terms';
import fa from './fa.json';

type Correction = Schemas['CorrectionDto'];
type State = Correction['state'];
const titles: Readonly<Record<State, string>> = {
  awaiting: fa.correctionAwaiting,
  posted: fa.correctionPosted,
  refused: fa.correctionRefused,
  expired: fa.correctionExpired,
};
const looks = {
  awaiting: { color: 'processing', icon: <ClockCircleOutlined /> },
  posted: { color: 'success', icon: <CheckCircleOutlined /> },
  refused: { color: 'error', icon: <CloseCircleOutlined /> },
  expired: { color: 'default', icon: <StopOutlined /> },
} as const satisfies Readonly<Record<State, unknown>>;

/** Corrections of one customer, or of all; another administrator than the asker decides. */
export function CorrectionList({ customerId }: { customerId?: string }) {
  return (
    <DataList<Correction>
      label={fa.corrections}
      queryKey={['corrections', customerId]}
      load={async ({ filters, cursor, limit }) => {
        const query = {
          customerId: customerId ?? filters['customerId'],
          state: filters['state'] as State | undefined,
          cursor,
          limit,
        };
        const page = await ok(api.GET('/api/v1/corrections', { params: { query } }));
        return { rows: page.corrections, nextCursor: page.nextCursor };
      }}
      rowKey={({ correctionId }) => correctionId}
      filters={
        <>
          {!customerId && <AccountFilter label={fa.customer} />}
          <ChoiceFilter name="state" label={fa.state} options={optionsOf(titles)} />
        </>
      }
      columns={[
        {
          key: 'customer',
          title: fa.customer,
          main: true,
          render: (correction) => (
            <Link to={`/money/wallets/${correction.customerId}`}>
              <AccountName accountId={correction.customerId} />
            </Link>
          ),
        },
        {
          key: 'amount',
          title: fa.change,
          render: ({ direction, amountRials }) => (
            <Typography.Text type={direction === 'credit' ? 'success' : undefined}>
              <Toman rials={direction === 'credit' ? amountRials : -amountRials} signed />
            </Typography.Text>
          ),
        },
        { key: 'reason', title: fa.reason, render: ({ reason }) => reason },
        {
          key: 'asked',
          title: fa.asked,
          render: ({ requestedBy, requestedAt }) => (
            <>
              <AccountName accountId={requestedBy} />
              <br />
              <small>{dateTime(requestedAt)}</small>
            </>
          ),
        },
        {
          key: 'state',
          title: fa.state,
          render: ({ state, decidedBy, note }) => (
            <>
              <Tag {...looks[state]}>{titles[state]}</Tag>
              {decidedBy && (
                <div>
                  <small>
                    <AccountName accountId={decidedBy} />
                    {note && `: ${note}`}
                  </small>
                </div>
              )}
            </>
          ),
        },
        {
          key: 'act',
          title: '',
          render: (correction) => correction.state === 'awaiting' && <Decide correction={correction} />,
        },
      ]}
      empty={fa.noCorrections}
    />
  );
}

function Decide({ correction }: { correction: Correction }) {
  const { id } = useAccount();
  const queries = useQueryClient();
  const params = { path: { correctionId: correction.correctionId } };
  const own = correction.requestedBy === id;
  const done = (): Promise<unknown> =>
    Promise.all([['corrections'], ['wallet']].map((queryKey) => queries.invalidateQueries({ queryKey })));
  const buttons = (
    <Flex gap="small" wrap justify="end">
      <ReasonButton
        action={fa.approve}
        danger={false}
        disabled={own}
        title={fa.approveTitle}
        content={<p>{summary(correction)}</p>}
        label={fa.note}
        optional
        act={(note) =>
          ok(
            api.POST('/api/v1/corrections/{correctionId}/approve', {
              params,
              body: { note: note || undefined },
            }),
          )
        }
        done={done}
      />
      <ReasonButton
        action={fa.refuse}
        disabled={own}
        title={fa.refuseTitle}
        content={<p>{summary(correction)}</p>}
        label={fa.refusal}
        act={(note) => ok(api.POST('/api/v1/corrections/{correctionId}/refuse', { params, body: { note } }))}
        done={done}
      />
    </Flex>
  );
  return own ? <Tooltip title={fa.ownCorrection}>{buttons}</Tooltip> : buttons;
}

function summary({ direction, amountRials, reason }: Correction): string {
  return fill(fa.correctionSaid, {
    direction: direction === 'credit' ? fa.credit : fa.debit,
    amount: toman(amountRials),
    reason,
  });
}
