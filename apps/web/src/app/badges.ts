import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../api/client';
import type { Schemas } from '../api/client';
import { customers } from '../parts/screens/screen';
import { useAccount } from '../api/use-session';

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

/** Received messages that nobody has looked at yet (WEB-022, SMS-019); 0 for who has no inbox. */
export function useUnread(): number {
  const { roles } = useAccount();
  const { data } = useQuery({
    queryKey: ['inbox', 'unread'],
    queryFn: () => ok(api.GET('/api/v1/inbox/unread')),
    refetchInterval: everyMs,
    enabled: customers.some((role) => roles.includes(role)),
  });
  return data?.messages ?? 0;
}
