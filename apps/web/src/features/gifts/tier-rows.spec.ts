import { fallsAt, tiersOf } from './tier-rows';

const rows = [
  { fromRials: 1_000, discountRials: 20 },
  { fromRials: 5_000, discountRials: 20 },
  { fromRials: 4_000, discountRials: 30 },
];

describe('a table of gift tiers', () => {
  it('BIL-206 has no gap: a tier ends where the next begins, the last has no end', () => {
    expect(tiersOf(rows.slice(0, 2))).toEqual([
      { fromRials: 1_000, toRials: 5_000, discountRials: 20 },
      { fromRials: 5_000, toRials: null, discountRials: 20 },
    ]);
    expect(tiersOf([])).toEqual([]);
  });

  it('BIL-206 amounts and discounts rise from line to line', () => {
    expect(rows.map((_, index) => fallsAt(rows, 'fromRials', index))).toEqual([false, false, true]);
    expect(rows.map((_, index) => fallsAt(rows, 'discountRials', index))).toEqual([false, true, false]);
  });

  it('says nothing of a line that is not filled yet', () => {
    expect(fallsAt([{ fromRials: 5 }, {}], 'fromRials', 1)).toBe(false);
    expect(fallsAt([{}, { fromRials: 5 }], 'fromRials', 1)).toBe(false);
  });
});
