import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { isMoving } from '../../parts/sends/send-figures';
import { SendBar, SendStateTag } from '../../parts/sends/send-progress';
import { SectionCard } from './section-card';
import fa from './fa.json';

const runningMs = 2_000;
const quietMs = 20_000;
const newest = 25;
const shownMax = 5;

/** The newest sends: what runs or was refused lately is among them. */
export function useNewestSends(enabled = true) {
  return useQuery({
    queryKey: ['sends', 'newest'],
    queryFn: async () => (await ok(api.GET('/api/v1/sends', { params: { query: { limit: newest } } }))).sends,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? runningMs : quietMs),
    enabled,
  });
}

/** Sends that run, with their bars; nothing while none does. */
export function RunningSends() {
  const { data = [] } = useNewestSends();
  const running = data.filter((send) => isMoving(send) || send.state === 'paused').slice(0, shownMax);
  if (running.length === 0) return null;
  return (
    <SectionCard title={fa.running} extra={<Link to="/sends">{fa.allSends}</Link>}>
      <Flex vertical gap="middle">
        {running.map((send) => (
          <Running key={send.id} send={send} />
        ))}
      </Flex>
    </SectionCard>
  );
}

function Running({ send }: { send: Schemas['SendDto'] }) {
  return (
    <div>
      <Flex justify="space-between" gap="small" style={{ marginBlockEnd: 6 }}>
        <Link to={`/sends/${send.id}`} className="one-line" dir="auto">
          {send.title || send.text}
        </Link>
        <SendStateTag state={send.state} />
      </Flex>
      <SendBar send={send} />
    </div>
  );
}
