import { useEffect, useEffectEvent, useState } from 'react';

/** Longer than between two keys, shorter than what feels like waiting. */
export const restMs = 300;

/** Does something with a value when it has stayed as it is for `restMs`. */
export function useWhenRested<T>(value: T, act: (rested: T) => void): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    const timer = setTimeout(() => latest(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
}

/** The value as it was when typing last rested: what a server is asked about. Objects must keep their identity. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useWhenRested(value, (next) => setRested(() => next));
  return rested;
}
