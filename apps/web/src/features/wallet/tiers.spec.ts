import { nextTier, tierOf } from './tiers';

const tiers = [
  { fromRials: 1_000, toRials: 5_000, discountRials: 20 },
  { fromRials: 5_000, toRials: null, discountRials: 40 },
];

describe('tiers of gifts', () => {
  it.each([
    [0, undefined],
    [999, undefined],
    [1_000, 20],
    [4_999, 20],
    [5_000, 40],
    [9_000_000, 40],
  ])('BIL-005 a top-up of %d is in the tier of %s', (amount, discount) =>
    expect(tierOf(tiers, amount)?.discountRials).toBe(discount),
  );

  it.each([
    [999, 1_000, 1],
    [1_000, 5_000, 4_000],
    [4_999, 5_000, 1],
  ])('BIL-008 from %d the next tier begins at %d, %d more', (amount, from, more) => {
    expect(nextTier(tiers, amount)).toMatchObject({ tier: { fromRials: from }, moreRials: more });
  });

  it('BIL-008 nothing comes after the last', () => {
    expect(nextTier(tiers, 5_000)).toBeUndefined();
    expect(nextTier([], 5_000)).toBeUndefined();
  });
});
