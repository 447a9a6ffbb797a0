import { endOfTehranDay, startOfTehranDay } from '@peyk/persian';
import { useEffect } from 'react';
import { useListState } from '../../ui/list';

const daysBefore = 29;
const dayMs = 86_400_000;

/** The last 30 days in Tehran, today among them; `to` is exclusive. ISO instants. */
export function lastDays(now: Date): { from: string; to: string } {
  const from = startOfTehranDay(new Date(startOfTehranDay(now).getTime() - daysBefore * dayMs));
  return { from: from.toISOString(), to: endOfTehranDay(now).toISOString() };
}

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
