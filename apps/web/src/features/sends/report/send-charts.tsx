import { useQuery } from '@tanstack/react-query';
import { Card, Flex, theme, Typography } from 'antd';
import { memo, useMemo } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { Chart } from '../../../ui/chart';
import { dayAndMonth, fill, time } from '../../../ui/format';
import { Failure, isLost, Loading } from '../../../ui/states';
import { operatorTitles } from '../../../ui/terms';
import { messageStates } from '../../../parts/sends/words';
import type { MessageState } from '../../../parts/sends/words';
import { allOf, isBehind, shownStates, sum } from './counts';
import { stateColors } from './state-colors';
import { Heading } from './send-details';
import fa from '../fa.json';

type Breakdown = Schemas['BreakdownDto'];
type Counts = Schemas['SendCountsDto'];

/** A breakdown that says other than the send is asked for again after so long: the counter may be behind. */
const behindMs = 3_000;

/**
 * Messages by state, operator and hour. By state they are the send's own counts, as in its bar; what is counted by
 * operator and hour is read again until it says the same.
 */
export function SendCharts({ sendId, counts }: { sendId: string; counts: Counts }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['sends', sendId, 'breakdown'],
    queryFn: () => ok(api.GET('/api/v1/sends/{sendId}/breakdown', { params: { path: { sendId } } })),
    refetchInterval: ({ state }) => (state.data && isBehind(state.data.rows, counts) ? behindMs : false),
  });
  const states = shownStates(counts);
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.rows.length === 0) return null;
  const unwritten = allOf(counts) - sum(data.rows);
  return (
    <Flex gap="middle" wrap>
      <Card size="small" className="chart-card">
        <Heading>{fa.byState}</Heading>
        <ByState states={states} />
      </Card>
      <Card size="small" className="chart-card">
        <Heading>{fa.byOperator}</Heading>
        <ByOperator rows={data.rows} />
        {unwritten > 0 && (
          <Typography.Text type="secondary">{fill(fa.unwritten, { count: unwritten })}</Typography.Text>
        )}
      </Card>
      {data.hours.length > 1 && (
        <Card size="small" className="chart-card wide">
          <Heading>{fa.byHour}</Heading>
          <ByHour hours={data.hours} />
        </Card>
      )}
    </Flex>
  );
}

const ByState = memo(function ByState({ states }: { states: readonly (readonly [MessageState, number])[] }) {
  const { token } = theme.useToken();
  const colors = useMemo(() => stateColors(token), [token]);
  return (
    <Chart
      kind="doughnut"
      label={fa.byState}
      labels={states.map(([state, count]) => fill(fa.counted, { what: messageStates[state].text, count }))}
      series={[{ name: fa.messages, values: states.map(([, count]) => count), color: token.colorPrimary }]}
      colors={states.map(([state]) => colors[state])}
    />
  );
}, sameStates);

function sameStates(
  { states: one }: { states: readonly (readonly [MessageState, number])[] },
  { states: other }: { states: readonly (readonly [MessageState, number])[] },
): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const ByOperator = memo(function ByOperator({ rows }: Pick<Breakdown, 'rows'>) {
  const { token } = theme.useToken();
  const colors = useMemo(() => stateColors(token), [token]);
  const operators = [...new Set(rows.map(({ operator }) => operator))];
  const states = [...new Set(rows.map(({ state }) => state))];
  return (
    <Chart
      kind="stackedBar"
      label={fa.byOperator}
      labels={operators.map((operator) => operatorTitles[operator])}
      series={states.map((state) => ({
        name: messageStates[state].text,
        color: colors[state],
        values: operators.map(
          (operator) => rows.find((row) => row.operator === operator && row.state === state)?.messages ?? 0,
        ),
      }))}
    />
  );
});

const ByHour = memo(function ByHour({ hours }: Pick<Breakdown, 'hours'>) {
  const { token } = theme.useToken();
  return (
    <Chart
      kind="line"
      label={fa.byHour}
      labels={hours.map(({ startsAt }) => `${dayAndMonth(startsAt)} ${time(startsAt)}`)}
      series={[
        { name: fa.messageSent, values: hours.map(({ sent }) => sent), color: token.colorInfo },
        {
          name: fa.messageDelivered,
          values: hours.map(({ delivered }) => delivered),
          color: token.colorSuccess,
        },
        {
          name: fa.barFailed,
          values: hours.map(({ undelivered, failed }) => undelivered + failed),
          color: token.colorError,
        },
      ]}
    />
  );
});
