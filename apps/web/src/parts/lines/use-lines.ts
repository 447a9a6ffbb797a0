import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** Own sender lines. */
export function useLines() {
  return useQuery({
    queryKey: ['lines'],
    queryFn: async () => (await ok(api.GET('/api/v1/lines'))).lines,
    staleTime: 60_000,
  });
}
