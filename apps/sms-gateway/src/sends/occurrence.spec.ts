import { fromJalali, tehranParts, toJalali } from '@peyk/persian';
import { nextOccurrence } from './sends.service';

/** A Jalali day at a Tehran time. */
function at(year: number, month: number, day: number, hour = 9, minute = 30): Date {
  return new Date(fromJalali({ year, month, day }).getTime() + (hour * 60 + minute) * 60_000);
}
function told(date: Date): string {
  const { year, month, day } = toJalali(date);
  const { hour, minute } = tehranParts(date);
  return `${year}/${month}/${day} ${hour}:${String(minute).padStart(2, '0')}`;
}
function chain(from: Date, every: 'daily' | 'weekly' | 'monthly', times: number): string[] {
  const dates = [from];
  for (let i = 1; i < times; i++) dates.push(nextOccurrence(dates[i - 1] ?? from, every));
  return dates.map(told);
}

describe(nextOccurrence, () => {
  it('SMS-007 repeats a day and a week later at the same Tehran time', () => {
    expect(told(nextOccurrence(at(1405, 8, 30), 'daily'))).toBe('1405/9/1 9:30');
    expect(told(nextOccurrence(at(1405, 12, 29), 'weekly'))).toBe('1406/1/7 9:30');
  });

  it('SMS-007 repeats in the next Jalali month, over the end of the year', () => {
    expect(chain(at(1405, 11, 15, 23, 59), 'monthly', 4)).toEqual([
      '1405/11/15 23:59',
      '1405/12/15 23:59',
      '1406/1/15 23:59',
      '1406/2/15 23:59',
    ]);
  });

  it('SMS-007 takes the last day of a month that is too short', () => {
    expect(told(nextOccurrence(at(1405, 6, 31), 'monthly'))).toBe('1405/7/30 9:30');
    // 1403 is a leap year, 1404 and 1405 are not.
    expect(told(nextOccurrence(at(1403, 11, 30), 'monthly'))).toBe('1403/12/30 9:30');
    expect(told(nextOccurrence(at(1404, 11, 30), 'monthly'))).toBe('1404/12/29 9:30');
    expect(told(nextOccurrence(at(1403, 12, 30), 'monthly'))).toBe('1404/1/30 9:30');
  });

  it('SMS-007 keeps the wall clock where Tehran had summer time', () => {
    // On 1 Farvardin 1401 clocks went from 24:00 to 01:00.
    expect(told(nextOccurrence(at(1400, 12, 29, 12, 0), 'daily'))).toBe('1401/1/1 12:00');
  });
});
