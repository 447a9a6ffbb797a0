import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

const everyMs = 15_000;

/** Activity of the last days and of today (WEB-024). */
export function useActivity(days: number, everybody = false) {
  return useQuery({
    queryKey: ['activity', days, everybody],
    queryFn: () =>
      ok(api.GET('/api/v1/activity', { params: { query: { days, ...(everybody && { everybody: true }) } } })),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });
}
