import { endOfTehranDay, startOfTehranDay } from '@peyk/persian';

const daysBefore = 29;
const dayMs = 86_400_000;

/** The last 30 days in Tehran, today among them; `to` is exclusive. ISO instants. */
export function lastDays(now: Date): { from: string; to: string } {
  const from = startOfTehranDay(new Date(startOfTehranDay(now).getTime() - daysBefore * dayMs));
  return { from: from.toISOString(), to: endOfTehranDay(now).toISOString() };
}
