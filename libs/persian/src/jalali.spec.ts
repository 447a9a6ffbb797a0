import fc from 'fast-check';
import {
  addTehranDays,
  endOfJalaliMonth,
  endOfTehranDay,
  formatJalaliDate,
  formatJalaliDateTime,
  fromJalali,
  isJalaliDate,
  isWithinTehranHours,
  nextTehranOpening,
  startOfJalaliMonth,
  startOfTehranDay,
  tehranHour,
  tehranParts,
  toJalali,
} from './jalali';

const at = (iso: string): Date => new Date(iso);
const anyInstant = fc.date({
  min: at('1980-01-01T00:00:00Z'),
  max: at('2090-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const days = fc.integer({ min: -400, max: 400 });

describe('Jalali calendar', () => {
  it('WEB-201 agrees with the runtime on every day from 1300 to 1500', () => {
    const intl = new Intl.DateTimeFormat('en-US-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    const last = Date.UTC(2121, 2, 19);
    let checked = 0;
    for (let noon = Date.UTC(1921, 2, 21, 8); noon < last; noon += 86_400_000) {
      const parts = Object.fromEntries(
        intl.formatToParts(noon).map(({ type, value }) => [type, parseInt(value, 10)]),
      );
      const { year, month, day } = toJalali(new Date(noon));
      if (year !== parts['year'] || month !== parts['month'] || day !== parts['day']) {
        throw new Error(`${new Date(noon).toISOString()}: ${year}/${month}/${day}`);
      }
      checked += 1;
    }
    expect(checked).toBeGreaterThan(73_000);
  });

  it.each([
    ['2026-11-21T12:00:00Z', '1405/08/30'],
    ['2026-03-20T20:29:59Z', '1404/12/29'],
    ['2026-03-20T20:30:00Z', '1405/01/01'],
    ['2025-03-20T20:29:59Z', '1403/12/30'],
    ['1979-02-10T21:00:00Z', '1357/11/22'],
  ])('%s is %s in Tehran', (iso, jalali) => {
    expect(formatJalaliDate(at(iso))).toBe(jalali);
  });

  it('writes date and time', () => {
    expect(formatJalaliDateTime(at('2026-11-21T10:35:00Z'))).toBe('1405/08/30 14:05');
  });

  it('refuses days that do not exist', () => {
    expect(isJalaliDate({ year: 1403, month: 12, day: 30 })).toBe(true);
    expect(isJalaliDate({ year: 1404, month: 12, day: 30 })).toBe(false);
    expect(isJalaliDate({ year: 1404, month: 7, day: 31 })).toBe(false);
    expect(isJalaliDate({ year: 1404, month: 6, day: 31 })).toBe(true);
    expect(isJalaliDate({ year: 1404, month: 0, day: 1 })).toBe(false);
    expect(isJalaliDate({ year: 1404.5, month: 1, day: 1 })).toBe(false);
    expect(() => fromJalali({ year: 1404, month: 13, day: 1 })).toThrow(RangeError);
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(anyInstant, (date) => {
        expect(fromJalali(toJalali(date))).toEqual(startOfTehranDay(date));
      }),
    );
  });
});

describe('Tehran day', () => {
  it('starts at 20:30 UTC, and a second earlier is yesterday', () => {
    expect(startOfTehranDay(at('2026-11-21T20:30:00Z'))).toEqual(at('2026-11-21T20:30:00Z'));
    expect(startOfTehranDay(at('2026-11-21T20:29:59.999Z'))).toEqual(at('2026-11-20T20:30:00Z'));
    expect(endOfTehranDay(at('2026-11-21T20:29:59.999Z'))).toEqual(at('2026-11-21T20:30:00Z'));
  });

  it('knows the summer time of 2021 and that there is none since 2023', () => {
    expect(tehranHour(at('2021-07-01T12:00:00Z'))).toBe(16);
    expect(tehranHour(at('2023-07-01T12:00:00Z'))).toBe(15);
    // The clock jumped from 00:00 to 01:00 on 22 March 2021: that day has 23 hours and begins at 01:00.
    const first = startOfTehranDay(at('2021-03-22T12:00:00Z'));
    expect(first).toEqual(at('2021-03-21T20:30:00Z'));
    expect(tehranParts(first)).toMatchObject({ month: 3, day: 22, hour: 1 });
    expect(endOfTehranDay(first).getTime() - first.getTime()).toBe(23 * 3_600_000);
  });

  it('gives the parts of the wall clock, Saturday first', () => {
    expect(tehranParts(at('2026-11-21T10:35:07Z'))).toEqual({
      year: 2026,
      month: 11,
      day: 21,
      hour: 14,
      minute: 5,
      second: 7,
      weekday: 0,
    });
  });

  it('finds the borders of a Jalali month', () => {
    expect(startOfJalaliMonth(at('2026-11-21T12:00:00Z'))).toEqual(
      fromJalali({ year: 1405, month: 8, day: 1 }),
    );
    expect(endOfJalaliMonth(at('2026-11-21T12:00:00Z'))).toEqual(
      fromJalali({ year: 1405, month: 9, day: 1 }),
    );
    expect(endOfJalaliMonth(fromJalali({ year: 1405, month: 12, day: 29 }))).toEqual(
      fromJalali({ year: 1406, month: 1, day: 1 }),
    );
  });

  it('is never empty, holds its instant, and follows the day before without a gap', () => {
    fc.assert(
      fc.property(anyInstant, (date) => {
        const start = startOfTehranDay(date);
        const end = endOfTehranDay(date);
        expect(start.getTime()).toBeLessThanOrEqual(date.getTime());
        expect(end.getTime()).toBeGreaterThan(date.getTime());
        expect(startOfTehranDay(end)).toEqual(end);
        expect(endOfTehranDay(new Date(start.getTime() - 1))).toEqual(start);
      }),
    );
  });

  it('keeps the wall-clock time over days, except where the clock skipped it', () => {
    fc.assert(
      fc.property(anyInstant, days, (date, n) => {
        const before = tehranParts(date);
        fc.pre(before.hour !== 0);
        const { hour, minute, second } = tehranParts(addTehranDays(date, n));
        expect({ hour, minute, second }).toEqual({
          hour: before.hour,
          minute: before.minute,
          second: before.second,
        });
      }),
    );
  });

  it('refuses an invalid date', () => {
    expect(() => tehranHour(new Date(Number.NaN))).toThrow(RangeError);
  });
});

describe('sending hours', () => {
  const day = { from: 8, to: 22 };

  it.each([
    ['2026-11-21T04:30:00Z', true], // 08:00
    ['2026-11-21T04:29:59Z', false],
    ['2026-11-21T18:29:59Z', true], // 21:59:59
    ['2026-11-21T18:30:00Z', false], // 22:00
  ])('08-22 at %s: %s', (iso, isOpen) => {
    expect(isWithinTehranHours(at(iso), day)).toBe(isOpen);
  });

  it('opens today before the hours, tomorrow after them, now within them', () => {
    expect(nextTehranOpening(at('2026-11-21T00:00:00Z'), day)).toEqual(at('2026-11-21T04:30:00Z'));
    expect(nextTehranOpening(at('2026-11-21T19:00:00Z'), day)).toEqual(at('2026-11-22T04:30:00Z'));
    expect(nextTehranOpening(at('2026-11-21T21:00:00Z'), day)).toEqual(at('2026-11-22T04:30:00Z'));
    expect(nextTehranOpening(at('2026-11-21T12:00:00.123Z'), day)).toEqual(at('2026-11-21T12:00:00.123Z'));
  });

  it('runs over midnight', () => {
    const night = { from: 22, to: 6 };
    expect(isWithinTehranHours(at('2026-11-21T20:30:00Z'), night)).toBe(true);
    expect(isWithinTehranHours(at('2026-11-21T02:30:00Z'), night)).toBe(false);
    expect(nextTehranOpening(at('2026-11-21T02:30:00Z'), night)).toEqual(at('2026-11-21T18:30:00Z'));
  });

  it('refuses hours that say nothing', () => {
    for (const hours of [
      { from: 8, to: 8 },
      { from: -1, to: 8 },
      { from: 24, to: 8 },
      { from: 8, to: 25 },
      { from: 8.5, to: 9 },
    ]) {
      expect(() => isWithinTehranHours(at('2026-11-21T00:00:00Z'), hours)).toThrow(RangeError);
    }
    expect(isWithinTehranHours(at('2026-11-21T00:00:00Z'), { from: 0, to: 24 })).toBe(true);
  });

  it('always opens in the hours, at most a day later, and never before', () => {
    const hours = fc
      .record({ from: fc.integer({ min: 0, max: 23 }), to: fc.integer({ min: 1, max: 24 }) })
      .filter(({ from, to }) => from !== to);
    fc.assert(
      fc.property(anyInstant, hours, (date, window) => {
        const opening = nextTehranOpening(date, window);
        expect(isWithinTehranHours(opening, window) || window.from === 0).toBe(true);
        expect(opening.getTime()).toBeGreaterThanOrEqual(date.getTime());
        expect(opening.getTime() - date.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
