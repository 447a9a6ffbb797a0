import { repeatPeriods } from '@peyk/contracts';
import type { RepeatPeriod } from '@peyk/contracts';
import { fromJalali, isJalaliLeapYear, startOfTehranDay, tehranParts, toJalali } from '@peyk/persian';
import { occurrenceAt } from './repetition';

/** A Jalali day at a Tehran time. */
function at(year: number, month: number, day: number, hour = 9, minute = 30): Date {
  return fromJalali({ year, month, day }, { hour, minute, second: 0 });
}
function told(date: Date): string {
  const { year, month, day } = toJalali(date);
  const { hour, minute } = tehranParts(date);
  return `${year}/${month}/${day} ${hour}:${String(minute).padStart(2, '0')}`;
}
function chain(first: Date, every: RepeatPeriod, times: number): string[] {
  return Array.from({ length: times }, (_, index) => told(occurrenceAt(first, every, index + 1)));
}
const lastDayOf = (year: number, month: number): number =>
  month <= 6 ? 31 : month < 12 || isJalaliLeapYear(year) ? 30 : 29;

describe(occurrenceAt, () => {
  it('SMS-007 repeats a day and a week later at the same Tehran time', () => {
    expect(chain(at(1405, 8, 30), 'daily', 2)).toEqual(['1405/8/30 9:30', '1405/9/1 9:30']);
    expect(chain(at(1405, 12, 29), 'weekly', 2)).toEqual(['1405/12/29 9:30', '1406/1/7 9:30']);
  });

  it('SMS-007 repeats in the next Jalali month, over the end of the year', () => {
    expect(chain(at(1405, 11, 15, 23, 59), 'monthly', 4)).toEqual([
      '1405/11/15 23:59',
      '1405/12/15 23:59',
      '1406/1/15 23:59',
      '1406/2/15 23:59',
    ]);
  });

  it('SMS-007 a month that is too short takes its last day, and the next one the first day again', () => {
    expect(chain(at(1405, 11, 30), 'monthly', 4)).toEqual([
      '1405/11/30 9:30',
      '1405/12/29 9:30',
      '1406/1/30 9:30',
      '1406/2/30 9:30',
    ]);
    expect(chain(at(1405, 5, 31), 'monthly', 9)).toEqual([
      '1405/5/31 9:30',
      '1405/6/31 9:30',
      ...[7, 8, 9, 10, 11].map((month) => `1405/${month}/30 9:30`),
      '1405/12/29 9:30',
      '1406/1/31 9:30',
    ]);
    // 1403 is a leap year, 1404 is not, 1408 is the next one.
    expect(told(occurrenceAt(at(1403, 12, 30), 'monthly', 13))).toBe('1404/12/29 9:30');
    expect(told(occurrenceAt(at(1403, 12, 30), 'monthly', 61))).toBe('1408/12/30 9:30');
    expect(told(occurrenceAt(at(1404, 12, 29), 'monthly', 49))).toBe('1408/12/29 9:30');
  });

  it('SMS-007 every day of every month for 12 years: none lost, none twice, the clock kept', () => {
    const wrong: string[] = [];
    for (let day = 0; day < 400; day++) {
      const first = new Date(at(1402, 10, 1, 14, 5).getTime() + day * 86_400_000);
      const { year, month, day: firstDay } = toJalali(first);
      for (let no = 1; no <= 144; no++) {
        const months = month - 1 + no - 1;
        const inYear = year + Math.floor(months / 12);
        const inMonth = (months % 12) + 1;
        const expected = `${inYear}/${inMonth}/${Math.min(firstDay, lastDayOf(inYear, inMonth))} 14:05`;
        const one = told(occurrenceAt(first, 'monthly', no));
        if (one !== expected) wrong.push(`${told(first)}, ${no}: ${one} for ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('SMS-007 keeps the wall clock where Tehran had summer time, to the millisecond', () => {
    // In the night to 2 Farvardin 1401 clocks went from 24:00 to 01:00, in that to 31 Shahrivar back; the last time.
    const wrong: string[] = [];
    for (const [hour, minute] of [
      [12, 0],
      [1, 0],
      [23, 59],
    ] as const) {
      const first = new Date(at(1400, 10, 29, hour, minute).getTime() + 123);
      for (const every of repeatPeriods)
        for (let no = 1; no <= 300; no++) {
          const one = occurrenceAt(first, every, no);
          const clock = tehranParts(one);
          if (clock.hour !== hour || clock.minute !== minute || one.getTime() % 1_000 !== 123)
            wrong.push(`${every} ${no}: ${told(one)}`);
        }
    }
    expect(wrong).toEqual([]);
  });

  it('SMS-007 a time that the clock skips is the instant of its jump, that day alone', () => {
    const skipped = at(1400, 12, 29, 0, 30);
    expect(chain(skipped, 'daily', 4)).toEqual([
      '1400/12/29 0:30',
      '1401/1/1 0:30',
      '1401/1/2 1:00',
      '1401/1/3 0:30',
    ]);
    expect(startOfTehranDay(occurrenceAt(skipped, 'daily', 3))).toEqual(occurrenceAt(skipped, 'daily', 3));
  });

  it('SMS-007 of every period each occurrence is later than the one before', () => {
    for (const every of repeatPeriods)
      for (const first of [at(1399, 12, 30, 0, 30), at(1401, 6, 30, 23, 30), at(1405, 6, 31, 0, 0)])
        for (let no = 2; no <= 366; no++)
          expect(occurrenceAt(first, every, no).getTime()).toBeGreaterThan(
            occurrenceAt(first, every, no - 1).getTime(),
          );
  });
});
