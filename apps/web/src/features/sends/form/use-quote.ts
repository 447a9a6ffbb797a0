import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';

type Wanted = Schemas['QuoteRequestDto'];
const restsMs = 400;

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

function useRested(text: string | undefined): string | undefined {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restsMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
