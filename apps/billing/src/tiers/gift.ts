import { DomainError } from '@peyk/contracts';
import type { GiftTierDto } from '@peyk/contracts/billing';

/** No amount of money is greater (Rial): sums stay exact in a double. */
const rialsMax = 9_000_000_000_000_000n;

/**
 * The gift of a top-up (BIL-007, BIL-207): floor(amount x discount / (tariff - discount)) Rial. With it the credit buys at
 * the tariff as many messages as the amount alone would at the discounted tariff.
 * @param tariffRials what the customer pays for a message, greater than the discount
 * @throws input.invalid when the gift is more than the ledger can hold
 */
export function giftRials(amountRials: number, tariffRials: number, discountRials: number): number {
  if (discountRials < 0 || discountRials >= tariffRials)
    throw new RangeError(
      `a discount of ${discountRials} Rial is not below the tariff of ${tariffRials} Rial`,
    );
  const gift = (BigInt(amountRials) * BigInt(discountRials)) / BigInt(tariffRials - discountRials);
  if (BigInt(amountRials) + gift > rialsMax) {
    throw new DomainError('input.invalid', {
      fields: [
        {
          field: 'amountRials',
          rule: 'max',
          message: 'amount and gift would be more than a wallet may hold',
        },
      ],
    });
  }
  return Number(gift);
}

export type TierFault = 'empty' | 'overlap' | 'gap' | 'open' | 'discount';

/**
 * What is wrong with a tier table (BIL-206, BIL-008): tiers follow each other without gap, the last has no end, and the
 * discount rises from tier to tier. So a larger top-up never gets less.
 * @returns the first fault and the place of its tier; undefined: none
 */
export function tierFault(tiers: readonly GiftTierDto[]): { reason: TierFault; at: number } | undefined {
  for (const [at, { fromRials, toRials, discountRials }] of tiers.entries()) {
    const before = tiers[at - 1];
    if (toRials !== null && toRials <= fromRials) return { reason: 'empty', at };
    if ((toRials === null) !== (at === tiers.length - 1)) return { reason: 'open', at };
    if (!before) continue;
    if (before.toRials === null || fromRials < before.toRials) return { reason: 'overlap', at };
    if (fromRials > before.toRials) return { reason: 'gap', at };
    if (discountRials <= before.discountRials) return { reason: 'discount', at };
  }
  return undefined;
}
