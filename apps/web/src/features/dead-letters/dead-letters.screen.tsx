import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Flex, Tag } from 'antd';
import { Link as To, useSearchParams } from 'react-router';
import { api, ok } from '../../api/client';
import { fill } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { Letters } from './letters';
import { useRedrive } from './use-redrive';
import fa from './fa.json';

const refreshMs = 10_000;

/** What no program could handle: how many in which queue, why, and back to work again. */
export function DeadLettersScreen() {
  const queue = useSearchParams()[0].get('queue');
  return queue ? <Queue queue={queue} /> : <Queues />;
}

function Queues() {
  const { data, error, refetch } = useQuery({
    queryKey: ['deadLetters'],
    queryFn: () => ok(api.GET('/api/v1/dead-letters')),
    refetchInterval: refreshMs,
  });
  return (
    <Page title={fa.deadLetters} about={fa.about}>
      {data ? (
        data.queues.length === 0 ? (
          <Empty description={fa.noQueues} />
        ) : (
          <Flex
            vertical
            gap="small"
            component="ul"
            aria-label={fa.queues}
            style={{ padding: 0, listStyle: 'none' }}
          >
            {data.queues.map(({ queue, count }) => (
              <li key={queue}>
                <Card size="small">
                  <Flex justify="space-between" align="center" gap="small" wrap>
                    <To to={`/system/dead-letters?queue=${encodeURIComponent(queue)}`}>
                      <bdi className="ltr">{queue}</bdi>
                    </To>
                    <Tag color="error">{fill(fa.count, { count })}</Tag>
                  </Flex>
                </Card>
              </li>
            ))}
          </Flex>
        )
      ) : isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function Queue({ queue }: { queue: string }) {
  const { ask, busy } = useRedrive(queue);
  return (
    <Page
      title={fill(fa.letters, { queue: `\u2066${queue}\u2069` })}
      about={<To to="/system/dead-letters">{fa.back}</To>}
      extra={
        <Button loading={busy} onClick={() => void ask()}>
          {fa.redriveAll}
        </Button>
      }
    >
      <Letters queue={queue} />
    </Page>
  );
}
