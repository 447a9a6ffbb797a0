import type { RepeatPeriod } from '@peyk/contracts';
import { addTehranDays, fromJalali, isJalaliDate, tehranParts, toJalali } from '@peyk/persian';
import type { Send } from './send.entity';

/**
 * When occurrence `no` (from 1) of a repetition is planned: every one is reckoned from the first, so that no rounding
 * adds up (SMS-007). Always at the first one's time of Tehran's clock; where summer time skipped that, at the instant it
 * jumped. Monthly is the same day of a later Jalali month, in a shorter month its last day: from 31 Shahrivar 30 Mehr,
 * 29 or 30 Esfand, and 31 Farvardin again.
 */
export function occurrenceAt(first: Date, every: RepeatPeriod, no: number): Date {
  if (every === 'daily') return addTehranDays(first, no - 1);
  if (every === 'weekly') return addTehranDays(first, 7 * (no - 1));
  const { year: firstYear, month: firstMonth, day: firstDay } = toJalali(first);
  const months = firstMonth - 1 + (no - 1);
  const year = firstYear + Math.floor(months / 12);
  const month = (months % 12) + 1;
  let day = firstDay;
  while (!isJalaliDate({ year, month, day })) day--;
  const start = fromJalali({ year, month, day }, tehranParts(first));
  return new Date(start.getTime() + first.getUTCMilliseconds());
}

/** When the occurrence after this one is planned; undefined: there is none. */
export function nextOf(
  send: Pick<Send, 'repeatEvery' | 'repeatTimes' | 'repeatNo' | 'repeatFrom'>,
): Date | undefined {
  const { repeatEvery, repeatTimes, repeatNo, repeatFrom } = send;
  if (!repeatEvery || !repeatFrom || repeatNo >= (repeatTimes ?? 0)) return undefined;
  return occurrenceAt(repeatFrom, repeatEvery, repeatNo + 1);
}
