import { useQuery } from '@tanstack/react-query';
import { Collapse, Empty, Flex } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { dateTime } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { ActionName, Actor, EntryDetails } from '../../parts/audit/entry';
import fa from './fa.json';

const shown = 10;

/** The last entries of the audit log about this account, and the way to all of them. */
export function AccountHistory({ accountId }: { accountId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'of', accountId],
    queryFn: () => ok(api.GET('/api/v1/audit', { params: { query: { accountId, limit: shown } } })),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.entries.length === 0) return <Empty description={fa.noHistory} />;
  return (
    <Flex vertical gap="middle">
      <Collapse
        size="small"
        items={data.entries.map((entry) => ({
          key: entry.seq,
          label: (
            <Flex gap="middle" wrap>
              <strong>
                <ActionName action={entry.action} />
              </strong>
              <span>{dateTime(entry.at)}</span>
              <span>{entry.actor.name}</span>
            </Flex>
          ),
          children: (
            <>
              <Actor actor={entry.actor} />
              <EntryDetails {...entry} />
            </>
          ),
        }))}
      />
      <Link to={`/system/audit?accountId=${accountId}`}>{fa.wholeHistory}</Link>
    </Flex>
  );
}
