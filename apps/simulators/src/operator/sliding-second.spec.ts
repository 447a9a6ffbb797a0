import * as fc from 'fast-check';
import { SlidingSecond } from './sliding-second';

/** Takes in the second that ends at `now`, counted one by one. */
function countIn(times: readonly number[], now: number): number {
  return times.filter((time) => now - time < 1_000 && time <= now).length;
}

describe(SlidingSecond.name, () => {
  const gaps = fc.array(
    fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(999, 1_000, 1_001),
      fc.double({ min: 0, max: 50, noNaN: true }),
    ),
    { maxLength: 300 },
  );

  it('SMS-201 takes exactly when the sliding second has room, and knows its fullest second', () => {
    fc.assert(
      fc.property(gaps, fc.option(fc.integer({ min: 1, max: 20 })), (steps, limit) => {
        const sliding = new SlidingSecond();
        const taken: number[] = [];
        let now = 0;
        let worst = 0;
        for (const step of steps) {
          now += step;
          const room = limit === null || countIn(taken, now) < limit;
          expect(sliding.tryTake(now, limit)).toBe(room);
          if (room) taken.push(now);
          worst = Math.max(worst, countIn(taken, now));
        }
        expect(sliding.worst).toBe(worst);
        // No second whatever, wherever it ends, holds more than the limit.
        if (limit !== null) {
          for (const time of taken) expect(countIn(taken, time + 999)).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('follows a limit that changes while it counts', () => {
    const sliding = new SlidingSecond();
    for (let i = 0; i < 10; i++) expect(sliding.tryTake(i, 10)).toBe(true);
    expect(sliding.tryTake(10, 10)).toBe(false);
    expect(sliding.tryTake(10, 11)).toBe(true);
    expect(sliding.tryTake(1_000, 11)).toBe(true);
    expect(sliding.tryTake(1_000, 5)).toBe(false);
  });

  it('keeps its count over many more takes than it began with room for', () => {
    const sliding = new SlidingSecond();
    for (let i = 0; i < 50_000; i++) sliding.tryTake(i / 8, null);
    expect(sliding.worst).toBe(8_000);
    expect(sliding.worstEndsAt).toBe(999.875);
    expect(sliding.tryTake(6_249.875, 8_001)).toBe(true);
    expect(sliding.tryTake(6_249.875, 8_001)).toBe(false);
  });
});
