import { useQuery } from '@tanstack/react-query';
import { Flex, Typography } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { ago, mobile } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { SectionCard } from './section-card';
import fa from './fa.json';

const shown = 5;
const everyMs = 30_000;

/** The last messages that subscribers sent to own lines (SMS-019). */
export function LastReceived() {
  const { data, error, refetch } = useQuery({
    queryKey: ['inbox', 'last'],
    queryFn: () => ok(api.GET('/api/v1/inbox', { params: { query: { limit: shown } } })),
    refetchInterval: everyMs,
  });
  return (
    <SectionCard title={fa.received} extra={<Link to="/inbox">{fa.allReceived}</Link>}>
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.messages.length === 0 ? (
        <Typography.Text type="secondary">{fa.noneReceived}</Typography.Text>
      ) : (
        <Flex vertical gap={12} component="ul" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {data.messages.map(({ id, from, text, receivedAt }) => (
            <li key={id}>
              <Flex justify="space-between" gap="small">
                <bdi className="ltr">{mobile(from)}</bdi>
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {ago(receivedAt)}
                </Typography.Text>
              </Flex>
              <div className="two-lines" dir="auto">
                {text}
              </div>
            </li>
          ))}
        </Flex>
      )}
    </SectionCard>
  );
}
