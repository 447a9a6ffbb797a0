import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useRested } from '../../ui/use-rested';

type Wanted = Schemas['QuoteRequestDto'];

export const askQuote = (wanted: Wanted) => ok(api.POST('/api/v1/sends/quote', { body: wanted }));

/** The price of what is written, asked for when the typing rests (SMS-008). */
export function useQuote(wanted: Wanted | undefined) {
  const asked = useRested(JSON.stringify(wanted));
  return useQuery({
    queryKey: ['quote', asked],
    queryFn: () => askQuote(JSON.parse(asked ?? '') as Wanted),
    enabled: asked !== undefined && wanted !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  });
}
