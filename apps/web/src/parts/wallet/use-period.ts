import { useEffect } from 'react';
import { useListState } from '../../ui/list';
import { lastDays } from './statement-period';

/** The period of the address; where a side of it is missing, it becomes that of the last 30 days. */
export function usePeriod(): { from: string; to: string } | undefined {
  const { filters, set } = useListState();
  const { from, to } = filters;
  useEffect(() => {
    if (from && to) return;
    const usual = lastDays(new Date());
    set({ from: from ?? usual.from, to: to ?? usual.to });
  }, [from, to, set]);
  return from && to ? { from, to } : undefined;
}
