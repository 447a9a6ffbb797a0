import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  GiftTierDto,
  GiftTierSetAddDto,
  GiftTierSetDto,
  GiftTierSetsDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';
import { beginning, checkDiscounts, lockPrices, timeOf } from '../tariffs/price-guard';
import { tierFault } from './gift';

const defaultPageSize = 50;

interface SetRow {
  readonly id: string;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly addedBy: string | null;
  readonly tiers: GiftTierDto[];
  readonly now: Date;
  /** Microseconds since 1970. */
  readonly place: string;
}

const columns = `id, valid_from AS "validFrom", added_by AS "addedBy", clock_timestamp() AS now,
  lead(valid_from) OVER (ORDER BY valid_from) AS "validUntil",
  (extract(epoch FROM valid_from) * 1000000)::bigint::text AS place,
  (SELECT coalesce(json_agg(json_build_object('fromRials', from_rials, 'toRials', to_rials, 'discountRials', discount_rials)
     ORDER BY from_rials), '[]') FROM gift_tiers WHERE set_no = no) AS tiers`;

/** Tier tables: each is replaced as a whole, from a moment on. One that has begun stays as it was. */
@Injectable()
export class TierSetsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** The latest to begin first. */
  async list({ cursor, limit = defaultPageSize }: PageQueryDto): Promise<GiftTierSetsDto> {
    const [before] = decodeCursor(cursor, 1) ?? [];
    const rows = await query<SetRow>(
      this.dataSource,
      `SELECT * FROM (SELECT ${columns} FROM gift_tier_sets) AS s
        WHERE $1::bigint IS NULL OR place::bigint < $1 ORDER BY place::bigint DESC LIMIT $2`,
      [before ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      sets: page.map(setDto),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.place) } : {}),
    };
  }

  /**
   * A whole table from a moment on; once a set id.
   * @param by account that adds it; null: the platform itself
   * @throws tiers.invalid (details: reason, at), tiers.aboveTariff, tariff.missing, price.timePast, price.timeTaken,
   * idempotency.keyReused
   */
  async replace(
    by: string | null,
    { tierSetId, tiers, validFrom }: GiftTierSetAddDto,
  ): Promise<GiftTierSetDto> {
    const fault = tierFault(tiers);
    if (fault) throw new DomainError('tiers.invalid', { reason: fault.reason, field: `tiers[${fault.at}]` });
    return this.transactions.run(async (tx) => {
      await lockPrices(tx);
      const known = await this.find(tx, tierSetId);
      if (known) {
        const same =
          sameTiers(known.tiers, tiers) &&
          (validFrom === undefined || known.validFrom.getTime() === Date.parse(validFrom));
        if (!same) throw new DomainError('idempotency.keyReused');
        return setDto(known);
      }
      await this.insert(tx, { id: tierSetId, from: await beginning(tx, validFrom), by, tiers });
      await checkDiscounts(tx);
      const added = await this.find(tx, tierSetId);
      if (!added) throw new Error('no tier set');
      return setDto(added);
    });
  }

  /** @throws tierSet.notFound, price.inForce, tiers.aboveTariff */
  async withdraw(tierSetId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockPrices(tx);
      const taken = await execute(
        tx,
        'DELETE FROM gift_tier_sets WHERE id = $1 AND valid_from > clock_timestamp()',
        [tierSetId],
      );
      if (taken === 0)
        throw new DomainError((await this.find(tx, tierSetId)) ? 'price.inForce' : 'tierSet.notFound');
      // The table before it now goes on, past tariffs that it may not have been checked with.
      await checkDiscounts(tx);
    });
  }

  private async insert(
    tx: EntityManager,
    set: { id: string; from: Date; by: string | null; tiers: readonly GiftTierDto[] },
  ): Promise<void> {
    try {
      await execute(
        tx,
        `WITH added AS (
           INSERT INTO gift_tier_sets (id, valid_from, added_by) VALUES ($1, $2, $3) RETURNING no
         )
         INSERT INTO gift_tiers (set_no, from_rials, to_rials, discount_rials)
         SELECT no, tier.* FROM added, unnest($4::bigint[], $5::bigint[], $6::bigint[]) AS tier`,
        [
          set.id,
          set.from,
          set.by,
          set.tiers.map(({ fromRials }) => fromRials),
          set.tiers.map(({ toRials }) => toRials),
          set.tiers.map(({ discountRials }) => discountRials),
        ],
      );
    } catch (error) {
      if (violatedConstraint(error) !== 'gift_tier_sets_valid_from_key') throw error;
      throw new DomainError('price.timeTaken', { field: 'validFrom' }, error);
    }
  }

  private async find(tx: EntityManager, id: string): Promise<SetRow | undefined> {
    const [row] = await query<SetRow>(
      tx,
      `SELECT * FROM (SELECT ${columns} FROM gift_tier_sets) AS s WHERE id = $1`,
      [id],
    );
    return row;
  }
}

function sameTiers(some: readonly GiftTierDto[], others: readonly GiftTierDto[]): boolean {
  return (
    some.length === others.length &&
    some.every((tier, at) => {
      const other = others[at];
      return (
        tier.fromRials === other?.fromRials &&
        tier.toRials === other.toRials &&
        tier.discountRials === other.discountRials
      );
    })
  );
}

function setDto({ id, validFrom, validUntil, addedBy, tiers, now }: SetRow): GiftTierSetDto {
  return {
    id,
    tiers,
    time: timeOf(validFrom, validUntil, now),
    validFrom: validFrom.toISOString(),
    validUntil: validUntil?.toISOString() ?? null,
    addedBy,
  };
}
