import { formatGregorian } from './gregorian';

describe('formatGregorian', () => {
  it.each([
    ['2026-11-21T20:29:59.999Z', '2026-11-21'],
    ['2026-11-21T20:30:00.000Z', '2026-11-22'],
    ['2026-11-22T20:29:59.999Z', '2026-11-22'],
    // summer time of the years before 1402
    ['2021-06-01T19:29:59.999Z', '2021-06-01'],
    ['2021-06-01T19:30:00.000Z', '2021-06-02'],
  ])('WEB-201 %s is %s in Tehran', (instant, day) => expect(formatGregorian(new Date(instant))).toBe(day));
});
