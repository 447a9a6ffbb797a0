import { DomainError } from '@peyk/contracts';
import type { GiftTierDto } from '@peyk/contracts/billing';
import fc from 'fast-check';
import { giftRials, tierFault } from './gift';

const tier = (fromRials: number, toRials: number | null, discountRials: number): GiftTierDto => ({
  fromRials,
  toRials,
  discountRials,
});

describe(giftRials, () => {
  it('BIL-006 BIL-007 gives 263,157 Rial for 5,000,000 at tariff 80 with discount 4, an effective tariff of 76', () => {
    expect(giftRials(5_000_000, 80, 4)).toBe(263_157);
    // 5,263,157 at 80 is 65,789 messages; so are 5,000,000 at 76.
    expect(Math.floor(5_263_157 / 80)).toBe(Math.floor(5_000_000 / 76));
  });

  it('BIL-207 rounds down to whole Rial', () => {
    expect(giftRials(100, 3, 1)).toBe(50);
    expect(giftRials(101, 3, 1)).toBe(50);
    expect(giftRials(1, 1_000, 1)).toBe(0);
    expect(giftRials(1_000, 80, 0)).toBe(0);
  });

  it('BIL-007 is as much as the discount is worth: not a message less, and one Rial more would be too much', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000_000 }),
        fc
          .integer({ min: 2, max: 5_000 })
          .chain((tariff) =>
            fc.tuple(fc.constant(tariff), fc.integer({ min: 1, max: Math.ceil(tariff * 0.9) - 1 })),
          ),
        (amount, [tariff, discount]) => {
          const credit = BigInt(amount) + BigInt(giftRials(amount, tariff, discount));
          const effective = BigInt(tariff - discount);
          // credit / tariff <= amount / effective < (credit + 1) / tariff
          const worth = BigInt(amount) * BigInt(tariff);
          expect({
            tooMuch: credit * effective > worth,
            tooLittle: worth >= (credit + 1n) * effective,
            // Whole: exactly as many.
            messages: credit / BigInt(tariff),
          }).toEqual({ tooMuch: false, tooLittle: false, messages: BigInt(amount) / effective });
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is exact where a double is not, and refuses more than a wallet may hold', () => {
    expect(giftRials(8_000_000_000_000_001, 1_000, 1)).toBe(8_008_008_008_008);
    expect(() => giftRials(9_000_000_000_000_000, 80, 4)).toThrow(DomainError);
    expect(() => giftRials(1_000_000, 80, 80)).toThrow(RangeError);
    expect(() => giftRials(1_000_000, 80, 81)).toThrow(RangeError);
    expect(() => giftRials(1_000_000, 80, -1)).toThrow(RangeError);
  });
});

describe(tierFault, () => {
  const table = [tier(1_000_000, 5_000_000, 20), tier(5_000_000, 20_000_000, 40), tier(20_000_000, null, 70)];

  it('BIL-206 takes a table that rises without gap, and an empty one', () => {
    expect(tierFault(table)).toBeUndefined();
    expect(tierFault([tier(1, null, 1)])).toBeUndefined();
    expect(tierFault([])).toBeUndefined();
  });

  it.each([
    ['overlap', 1, [tier(1_000, 5_001, 20), tier(5_000, null, 40)]],
    ['overlap', 1, [tier(5_000, 9_000, 20), tier(1_000, null, 40)]],
    ['gap', 1, [tier(1_000, 4_999, 20), tier(5_000, null, 40)]],
    ['discount', 1, [tier(1_000, 5_000, 40), tier(5_000, null, 40)]],
    ['discount', 1, [tier(1_000, 5_000, 40), tier(5_000, null, 39)]],
    ['empty', 0, [tier(5_000, 5_000, 20), tier(5_000, null, 40)]],
    ['open', 0, [tier(1_000, null, 20), tier(5_000, null, 40)]],
    ['open', 1, [tier(1_000, 5_000, 20), tier(5_000, 9_000, 40)]],
  ] as const)('BIL-206 finds %s at tier %i', (reason, at, tiers) => {
    expect(tierFault(tiers)).toEqual({ reason, at });
  });

  it('BIL-008 a table without fault never gives less for more', () => {
    const steps = fc.array(
      fc.record({
        width: fc.integer({ min: 1, max: 10_000_000 }),
        rise: fc.integer({ min: 1, max: 10 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 60_000_000 }),
        fc.nat(1_000_000),
        (given, amount, more) => {
          let from = 1;
          let discount = 0;
          const tiers = given.map(({ width, rise }, at) => {
            const begin = from;
            from += width;
            discount += rise;
            return tier(begin, at === given.length - 1 ? null : from, discount);
          });
          expect(tierFault(tiers)).toBeUndefined();
          const giftOf = (rials: number): number => {
            const own = tiers.find(
              ({ fromRials, toRials }) => fromRials <= rials && (toRials ?? Infinity) > rials,
            );
            return own ? giftRials(rials, 80, own.discountRials) : 0;
          };
          expect(giftOf(amount + more)).toBeGreaterThanOrEqual(giftOf(amount));
        },
      ),
      { numRuns: 500 },
    );
  });
});
