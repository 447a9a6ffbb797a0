import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';

const everyMs = 60_000;

/** Security warnings of the own account (WEB-012); also the number at the bell. */
export function useWarnings(): readonly Schemas['SecurityWarningDto'][] {
  useAccount();
  const { data } = useQuery({
    queryKey: ['warnings'],
    queryFn: () => ok(api.GET('/api/v1/me/warnings')),
    refetchInterval: everyMs,
  });
  return data?.warnings ?? [];
}
