import { array, assert, integer, property, uniqueArray } from 'fast-check';
import { batchSize, runsOf } from './batches';

describe(runsOf, () => {
  it('finds consecutive runs, none longer than the bound', () => {
    expect(runsOf([])).toEqual([]);
    expect(runsOf([1, 2, 3, 7, 9, 10])).toEqual([
      [1, 3],
      [7, 1],
      [9, 2],
    ]);
    expect(runsOf([5, 6, 7, 8, 9], 2)).toEqual([
      [5, 2],
      [7, 2],
      [9, 1],
    ]);
  });

  it('SMS-202 leaves nobody out and takes nobody twice', () => {
    assert(
      property(
        uniqueArray(integer({ min: 1, max: 400 }), { maxLength: 200 }),
        integer({ min: 1, max: 100 }),
        (numbers, size) => {
          const seqs = [...numbers].sort((a, b) => a - b);
          const runs = runsOf(seqs, size);
          expect(
            runs.flatMap(([first, count]) => Array.from({ length: count }, (_, i) => first + i)),
          ).toEqual(seqs);
          for (const [, count] of runs) expect(count).toBeLessThanOrEqual(size);
        },
      ),
    );
  });
});

describe(batchSize, () => {
  it('is at most a quarter of a second of the contract, at least one message, at most a hundred', () => {
    assert(
      property(
        array(integer({ min: 1, max: 10 }), { minLength: 1 }),
        integer({ min: 1, max: 5_000 }),
        (all, pace) => {
          for (const parts of all) {
            const size = batchSize(pace, parts);
            expect(size).toBeGreaterThanOrEqual(1);
            expect(size).toBeLessThanOrEqual(100);
            if (size > 1) expect(size * parts).toBeLessThanOrEqual(pace / 4);
          }
        },
      ),
    );
    expect(batchSize(200, 1)).toBe(50);
    expect(batchSize(200, 3)).toBe(16);
    expect(batchSize(1, 10)).toBe(1);
    expect(batchSize(100_000, 1)).toBe(100);
  });

  it('is a hundred where the link has no limit', () => {
    expect(batchSize(0, 10)).toBe(100);
  });
});
