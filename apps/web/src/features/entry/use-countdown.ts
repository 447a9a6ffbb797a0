import { useEffect, useState } from 'react';

const tickMs = 250;

/** Whole seconds until an instant (ms since 1970), 0 from then on; ticks only while it is ahead. */
export function useCountdown(until: number | undefined): number {
  const left = (): number => Math.max(0, Math.ceil(((until ?? 0) - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (left() === 0) return;
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) clearInterval(timer);
    }, tickMs);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `left` depends on nothing but `until`
  }, [until]);
  return seconds;
}
