import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ok } from '../api/client';
import { customers } from '../parts/screens/screen';
import type { Fact } from '../parts/screens/screen';
import { useAccount } from '../api/use-session';

/** They change seldom, and a page that became empty says so itself. */
const staleTime = 5 * 60_000;

/** What menus have to know of the account besides its roles. Nothing is offered that is not known yet. */
export function useFacts(): ReadonlySet<Fact> {
  const { roles } = useAccount();
  const enabled = customers.some((role) => roles.includes(role));
  const me = useQuery({ queryKey: ['me'], queryFn: () => ok(api.GET('/api/v1/me')), enabled, staleTime });
  const club = useQuery({
    queryKey: ['club', 'own'],
    queryFn: () => ok(api.GET('/api/v1/club')),
    enabled,
    staleTime,
  });
  const hasReseller = Boolean(me.data?.reseller);
  const clubRuns = club.data !== undefined && club.data.status !== 'inactive';
  return useMemo(() => {
    const facts = new Set<Fact>();
    if (hasReseller) facts.add('hasReseller');
    if (clubRuns) facts.add('clubRuns');
    return facts;
  }, [hasReseller, clubRuns]);
}
