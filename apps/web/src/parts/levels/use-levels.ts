import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

export function useLevels() {
  return useQuery({
    queryKey: ['levels'],
    queryFn: () => ok(api.GET('/api/v1/levels')),
    staleTime: 60_000,
  });
}

/** Persian names of levels by code; the code of one that is not known. */
export function useLevelTitle(): (level: string) => string {
  const { data } = useLevels();
  return (level) => data?.levels.find((each) => each.level === level)?.title ?? level;
}
