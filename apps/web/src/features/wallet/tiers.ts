import type { Schemas } from '../../api/client';

type Tier = Schemas['GiftTierDto'];

/** The tier that an amount (Rial) is in; a tier's end belongs to the next. Undefined below the first. */
export function tierOf(tiers: readonly Tier[], amountRials: number): Tier | undefined {
  return tiers.find(
    ({ fromRials, toRials }) => amountRials >= fromRials && (toRials === null || amountRials < toRials),
  );
}

/** The tier after the one that the amount is in, and how much more reaches it (Rial). */
export function nextTier(
  tiers: readonly Tier[],
  amountRials: number,
): { tier: Tier; moreRials: number } | undefined {
  const tier = tiers.find(({ fromRials }) => fromRials > amountRials);
  return tier && { tier, moreRials: tier.fromRials - amountRials };
}
