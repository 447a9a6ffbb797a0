import { Empty, Segmented, theme } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { Chart } from '../../ui/chart';
import { dayAndMonth, fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { SectionCard } from './section-card';
import { useActivity } from './use-activity';
import fa from './fa.json';

const periods = [7, 30, 90] as const;

/** «نمودار فعالیت شما در سامانه» (WEB-024). */
export function Activity({ everybody }: { everybody: boolean }) {
  const { token } = theme.useToken();
  const [params, setParams] = useSearchParams();
  const days = periods.find((each) => String(each) === params.get('days')) ?? 30;
  const { data, error, refetch } = useActivity(days, everybody);
  const labels = useMemo(() => data?.days.map(({ startsAt }) => dayAndMonth(startsAt)) ?? [], [data]);
  const series = useMemo(
    () => [
      {
        name: fa.sentMessages,
        values: data?.days.map(({ sent }) => sent) ?? [],
        color: token.colorInfo,
      },
      {
        name: fa.deliveredMessages,
        values: data?.days.map(({ delivered }) => delivered) ?? [],
        color: token.colorSuccess,
      },
      {
        name: fa.receivedMessages,
        values: data?.days.map(({ received }) => received) ?? [],
        color: token.colorWarning,
      },
    ],
    [data, token],
  );
  const quiet = series.every(({ values }) => values.every((value) => value === 0));
  return (
    <SectionCard
      title={everybody ? fa.activityOfAll : fa.activity}
      extra={
        <Segmented
          aria-label={fa.period}
          value={days}
          onChange={(chosen) =>
            setParams(
              (before) => {
                before.set('days', String(chosen));
                return before;
              },
              { replace: true, preventScrollReset: true },
            )
          }
          options={periods.map((value) => ({ value, label: fill(fa.lastDays, { days: value }) }))}
        />
      }
    >
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : quiet ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={fa.noActivity}>
          {!everybody && <LinkButton to="/sends/new">{fa.firstSend}</LinkButton>}
        </Empty>
      ) : (
        <Chart kind={days === 7 ? 'bar' : 'line'} label={fa.activity} labels={labels} series={series} />
      )}
    </SectionCard>
  );
}
