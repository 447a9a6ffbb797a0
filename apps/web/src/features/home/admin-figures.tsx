import { useQuery } from '@tanstack/react-query';
import { Flex } from 'antd';
import { api, ok } from '../../api/client';
import { fill, number } from '../../ui/format';
import { Failure, isLost } from '../../ui/states';
import { Figure } from './figure';
import fa from './fa.json';
import './home.css';

const everyMs = 5_000;
const deadEveryMs = 30_000;

export function useLinks(enabled = true) {
  return useQuery({
    queryKey: ['links'],
    queryFn: async () => (await ok(api.GET('/api/v1/links'))).links,
    refetchInterval: everyMs,
    enabled,
  });
}

/** How the platform is, at a glance: what is not 0 in the notes wants somebody. */
export function AdminFigures() {
  const links = useLinks();
  // Its failure must not hide the links: without an answer the figure is absent.
  const dead = useQuery({
    queryKey: ['dead-letters', 'count'],
    queryFn: async () =>
      (await ok(api.GET('/api/v1/dead-letters'))).queues.reduce((sum, { count }) => sum + count, 0),
    refetchInterval: deadEveryMs,
  }).data;
  if (isLost(links.error, links.data))
    return <Failure error={links.error} onRetry={() => void links.refetch()} />;
  const binds = links.data?.flatMap(({ binds: each }) => each) ?? [];
  const bound = binds.filter(({ state }) => state === 'bound').length;
  const sum = (of: 'backlog' | 'inDoubt' | 'currentPartsPerSecond'): number =>
    links.data?.reduce((total, link) => total + link[of], 0) ?? 0;
  const contract = links.data?.reduce((total, link) => total + link.partsPerSecond, 0) ?? 0;
  const shown = (text: string): string => (links.data ? text : fa.reading);
  return (
    <Flex gap="middle" wrap className="figures">
      <Figure
        to="/sms/links"
        title={fa.binds}
        value={shown(fill(fa.boundOf, { bound, all: binds.length }))}
        note={links.data && (bound < binds.length ? fa.bindsDown : fa.bindsUp)}
        attention={bound < binds.length}
      />
      <Figure
        to="/sms/links"
        title={fa.pace}
        value={shown(number(sum('currentPartsPerSecond'), 1))}
        note={contract > 0 ? fill(fa.ofContract, { contract }) : undefined}
      />
      <Figure to="/sms/links" title={fa.backlog} value={shown(number(sum('backlog')))} />
      <Figure
        to="/sms/doubts"
        title={fa.inDoubt}
        value={shown(number(sum('inDoubt')))}
        note={sum('inDoubt') > 0 ? fa.toSettle : fa.noDoubt}
        attention={sum('inDoubt') > 0}
      />
      {dead !== undefined && (
        <Figure
          to="/system/dead-letters"
          title={fa.deadLetters}
          value={number(dead)}
          note={dead > 0 ? fa.toRedrive : undefined}
          attention={dead > 0}
        />
      )}
    </Flex>
  );
}
