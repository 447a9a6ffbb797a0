import { lastDays } from './statement-period';

describe('lastDays', () => {
  it.each([
    // 00:30 and 23:59 of the same day in Tehran (UTC+3:30)
    ['2026-11-21T21:00:00.000Z', '2026-10-23T20:30:00.000Z', '2026-11-22T20:30:00.000Z'],
    ['2026-11-22T20:29:59.999Z', '2026-10-23T20:30:00.000Z', '2026-11-22T20:30:00.000Z'],
    ['2026-11-22T20:30:00.000Z', '2026-10-24T20:30:00.000Z', '2026-11-23T20:30:00.000Z'],
  ])('BIL-213 at %s is from %s to %s', (now, from, to) =>
    expect(lastDays(new Date(now))).toEqual({ from, to }),
  );
});
