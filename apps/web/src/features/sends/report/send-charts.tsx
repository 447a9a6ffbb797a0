import { useQuery } from '@tanstack/react-query';
import { Card, Flex, theme } from 'antd';
import { memo, useMemo } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { Chart } from '../../../ui/chart';
import { dayAndMonth, fill, time } from '../../../ui/format';
import { Failure, Loading } from '../../../ui/states';
import { operatorTitles } from '../../../ui/terms';
import { messageStates } from '../words';
import type { MessageState } from '../words';
import { stateColors } from './state-colors';
import { Heading } from './send-details';
import fa from '../fa.json';

type Breakdown = Schemas['BreakdownDto'];

/**
 * Messages by state, operator and hour. `running`: read again now and then. Not drawn anew with every step of the send
 * around it.
 */
export const SendCharts = memo(function SendCharts({
  sendId,
  running,
}: {
  sendId: string;
  running: boolean;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ['sends', sendId, 'breakdown'],
    queryFn: () => ok(api.GET('/api/v1/sends/{sendId}/breakdown', { params: { path: { sendId } } })),
    refetchInterval: running ? 10_000 : false,
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.rows.length === 0) return null;
  return (
    <Flex gap="middle" wrap>
      <Card size="small" className="chart-card">
        <Heading>{fa.byState}</Heading>
        <ByState rows={data.rows} />
      </Card>
      <Card size="small" className="chart-card">
        <Heading>{fa.byOperator}</Heading>
        <ByOperator rows={data.rows} />
      </Card>
      {data.hours.length > 1 && (
        <Card size="small" className="chart-card wide">
          <Heading>{fa.byHour}</Heading>
          <ByHour hours={data.hours} />
        </Card>
      )}
    </Flex>
  );
});

function sums(rows: Breakdown['rows'], by: 'state' | 'operator'): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[by], (counts.get(row[by]) ?? 0) + row.messages);
  return [...counts];
}

function ByState({ rows }: Pick<Breakdown, 'rows'>) {
  const { token } = theme.useToken();
  const colors = useMemo(() => stateColors(token), [token]);
  const states = useMemo(() => sums(rows, 'state') as readonly (readonly [MessageState, number])[], [rows]);
  return (
    <Chart
      kind="doughnut"
      label={fa.byState}
      labels={states.map(([state, count]) => fill(fa.counted, { what: messageStates[state].text, count }))}
      series={[{ name: fa.messages, values: states.map(([, count]) => count), color: token.colorPrimary }]}
      colors={states.map(([state]) => colors[state])}
    />
  );
}

function ByOperator({ rows }: Pick<Breakdown, 'rows'>) {
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
}

function ByHour({ hours }: Pick<Breakdown, 'hours'>) {
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
}
