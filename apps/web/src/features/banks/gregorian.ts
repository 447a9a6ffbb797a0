import { startOfTehranDay } from '@peyk/persian';

const halfDayMs = 43_200_000;

/** The Gregorian date of an instant's day in Tehran, `YYYY-MM-DD`. */
export function formatGregorian(instant: Date): string {
  // Noon in Tehran has the same date in UTC, whatever its offset was or will be.
  return new Date(startOfTehranDay(instant).getTime() + halfDayMs).toISOString().slice(0, 10);
}
