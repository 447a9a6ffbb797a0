import { useEffect, useState } from 'react';
import type { ApiError } from '../../api/client';
import { useCountdown } from './use-countdown';

/** Seconds until the server takes another try, after it refused one for coming too soon or too often. */
export function useThrottle(refusal: ApiError | undefined): number {
  const [until, setUntil] = useState<number>();
  useEffect(() => {
    if (refusal?.retryAfterSeconds) setUntil(Date.now() + refusal.retryAfterSeconds * 1_000);
  }, [refusal]);
  return useCountdown(until);
}
