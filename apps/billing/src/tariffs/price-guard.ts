import { DomainError } from '@peyk/contracts';
import { standardLevel } from '@peyk/contracts/billing';
import type { PriceTime } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { referenceSlot } from './tariffs.service';

/** Tariffs and tiers are changed one after the other: together they must fit. */
export async function lockPrices(tx: EntityManager): Promise<void> {
  await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('prices', 0))`);
}

/**
 * When something begins: at the moment asked for, or now (of the database's clock, whole milliseconds).
 * @throws price.timePast
 */
export async function beginning(tx: EntityManager, validFrom: string | undefined): Promise<Date> {
  const [clock] = await query<{ now: Date }>(
    tx,
    `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
  );
  if (!clock) throw new Error('no time');
  if (validFrom === undefined) return clock.now;
  const moment = new Date(validFrom);
  if (moment < clock.now) throw new DomainError('price.timePast', { field: 'validFrom' });
  return moment;
}

/** Where a row with `validFrom` and the next one's `validUntil` stands. */
export function timeOf(validFrom: Date, validUntil: Date | null, now: Date): PriceTime {
  if (validFrom > now) return 'future';
  return validUntil && validUntil <= now ? 'past' : 'current';
}

/**
 * Every tier's discount is below the reference tariff of every level, at each moment from now on at which both are valid
 * (BIL-206). Called after a change of either, in its transaction.
 * @throws tiers.aboveTariff (details: discountRials, tariffRials, level, at), tariff.missing
 */
export async function checkDiscounts(tx: EntityManager): Promise<void> {
  const [conflict] = await query<{
    discountRials: number;
    tariffRials: number | null;
    level: string | null;
    at: Date;
  }>(
    tx,
    `WITH sets AS (
       SELECT s.no, greatest(s.valid_from, now()) AS since, coalesce(s.until, 'infinity') AS until, t.discount
         FROM (SELECT no, valid_from, lead(valid_from) OVER (ORDER BY valid_from) AS until FROM gift_tier_sets) AS s
         CROSS JOIN LATERAL (SELECT max(discount_rials) AS discount FROM gift_tiers WHERE set_no = s.no) AS t
        WHERE t.discount IS NOT NULL AND coalesce(s.until, 'infinity') > now()
     ), prices AS (
       SELECT level, rials_per_part, valid_from AS since,
              coalesce(lead(valid_from) OVER (PARTITION BY level ORDER BY valid_from), 'infinity') AS until
         FROM tariffs WHERE line_class = $1 AND language = $2 AND operator = $3
     )
     SELECT s.discount AS "discountRials", p.rials_per_part AS "tariffRials", p.level, greatest(s.since, p.since) AS at
       FROM sets s JOIN prices p ON p.since < s.until AND p.until > s.since
      WHERE s.discount >= p.rials_per_part
     UNION ALL
     SELECT s.discount, NULL, NULL, s.since FROM sets s
      WHERE NOT EXISTS (SELECT FROM prices p WHERE p.level = $4 AND p.since <= s.since)
      ORDER BY at LIMIT 1`,
    [referenceSlot.lineClass, referenceSlot.language, referenceSlot.operator, standardLevel],
  );
  if (!conflict) return;
  if (conflict.tariffRials === null) throw new DomainError('tariff.missing', referenceSlot);
  throw new DomainError('tiers.aboveTariff', { ...conflict, at: conflict.at.toISOString() });
}
