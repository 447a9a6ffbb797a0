import { useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** Every plan, also those that can no longer be chosen. */
export function usePlans() {
  return useQuery({ queryKey: ['plans', 'choices'], queryFn: () => ok(api.GET('/api/v1/plans/all')) });
}
