import type { Schemas } from '../../api/client';

type Tier = Schemas['GiftTierDto'];
/** A line of the table as it is typed: a tier ends where the next begins. */
export interface TierRow {
  readonly fromRials?: number | null;
  readonly discountRials?: number | null;
}

/** Lines -> tiers, the last without end. */
export function tiersOf(rows: readonly TierRow[]): Tier[] {
  return rows.map(({ fromRials, discountRials }, index) => ({
    fromRials: fromRials ?? 0,
    toRials: rows[index + 1]?.fromRials ?? null,
    discountRials: discountRials ?? 0,
  }));
}

/** Which value of a line is not above that of the line before (BIL-206). */
export function fallsAt(rows: readonly TierRow[], name: keyof TierRow, index: number): boolean {
  const before = rows[index - 1]?.[name];
  const here = rows[index]?.[name];
  return typeof before === 'number' && typeof here === 'number' && here <= before;
}
