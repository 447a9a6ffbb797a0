import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  AllPlansDto,
  PromotionDto,
  PromotionSaveDto,
  PromotionsDto,
  PromotionState,
  PlanAdminDto,
  PlanSaveDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';
import { promotionOf, discountOf, runningPromotions } from './plan-prices';

/** On the list; plans at all. */
const listedMax = 50;
const plansMax = 200;
const defaultPageSize = 50;
const longestPromotionDays = 366;

type PlanAdminRow = Omit<PlanAdminDto, 'discount'>;

interface PromotionRow extends Omit<PromotionDto, 'validFrom' | 'validUntil' | 'state'> {
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly endedAt: Date | null;
  readonly now: Date;
  /** Of the cursor: microseconds since 1970, and a number that orders rows of the same moment. */
  readonly place: string;
  readonly tie: string;
}

const promotionColumns = `id, plan_code AS "planCode", title, percent, valid_from AS "validFrom",
  valid_until AS "validUntil", ended_at AS "endedAt", clock_timestamp() AS now,
  (SELECT count(*)::int FROM plan_purchases WHERE promotion_id = c.id) AS purchases,
  (extract(epoch FROM valid_from) * 1000000)::bigint::text AS place,
  (hashtextextended(id::text, 0) & 288230376151711743)::text AS tie`;

/** Plans and promotions, as administrators keep them (BIL-208). */
@Injectable()
export class PlansAdminService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Every plan, the cheapest first. */
  async list(): Promise<AllPlansDto> {
    return { plans: await this.plans(this.dataSource) };
  }

  /**
   * Makes or changes a plan. What it cost before stays with those who bought it.
   * @throws level.notFound; plan.tooMany; input.invalid for a level of a free plan, which nobody would have paid for
   */
  async save({
    planCode,
    title,
    description,
    priceRials,
    trialRials,
    level,
    active,
  }: PlanSaveDto): Promise<PlanAdminDto> {
    if (level && priceRials === 0) throw invalid('level', 'free', 'only a plan with a price gives a level');
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('plans', 0))`);
      try {
        await execute(
          tx,
          `INSERT INTO plans (code, title, description, price_rials, trial_rials, level, active)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (code) DO UPDATE
             SET title = $2, description = $3, price_rials = $4, trial_rials = $5, level = $6, active = $7`,
          [planCode, title, description, priceRials, trialRials, level ?? null, active],
        );
      } catch (error) {
        if (violatedConstraint(error) !== 'plans_level_fkey') throw error;
        throw new DomainError('level.notFound', undefined, error);
      }
      const plans = await this.plans(tx);
      const saved = plans.find(({ code }) => code === planCode);
      if (!saved || plans.length > plansMax || plans.filter((plan) => plan.active).length > listedMax)
        throw new DomainError('plan.tooMany', { max: listedMax });
      return saved;
    });
  }

  /** The latest to begin first. */
  async promotions({ cursor, limit = defaultPageSize }: PageQueryDto): Promise<PromotionsDto> {
    const [place, tie] = decodeCursor(cursor, 2) ?? [];
    const rows = await query<PromotionRow>(
      this.dataSource,
      `SELECT * FROM (SELECT ${promotionColumns} FROM plan_promotions c) AS c
        WHERE $1::bigint IS NULL OR (place::bigint, tie::bigint) < ($1, $2::bigint)
        ORDER BY place::bigint DESC, tie::bigint DESC LIMIT $3`,
      [place ?? null, tie ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      promotions: page.map(promotionDto),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.place, last.tie) } : {}),
    };
  }

  /** Makes a promotion, or changes one that is not over. @throws promotion.over, plan.notFound, input.invalid */
  async savePromotion(promotion: PromotionSaveDto): Promise<PromotionDto> {
    const { promotionId, planCode, title, percent } = promotion;
    const validFrom = new Date(promotion.validFrom);
    const validUntil = new Date(promotion.validUntil);
    const days = (validUntil.getTime() - validFrom.getTime()) / 86_400_000;
    if (!(days > 0 && days <= longestPromotionDays))
      throw invalid(
        'validUntil',
        'range',
        `validUntil must be at most ${longestPromotionDays} days after validFrom`,
      );
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('plans', 0))`);
      const known = await findPromotion(tx, promotionId);
      if (known && stateOf(known) === 'over') throw new DomainError('promotion.over');
      try {
        await execute(
          tx,
          `INSERT INTO plan_promotions (id, plan_code, title, percent, valid_from, valid_until)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id) DO UPDATE SET plan_code = $2, title = $3, percent = $4, valid_from = $5, valid_until = $6`,
          [promotionId, planCode ?? null, title, percent, validFrom, validUntil],
        );
      } catch (error) {
        if (violatedConstraint(error) !== 'plan_promotions_plan_code_fkey') throw error;
        throw new DomainError('plan.notFound', undefined, error);
      }
      const saved = await findPromotion(tx, promotionId);
      if (!saved) throw new Error('no promotion');
      if (stateOf(saved) === 'over') throw invalid('validUntil', 'past', 'validUntil is in the past');
      return promotionDto(saved);
    });
  }

  /** Ends a promotion now, also before its beginning. @throws promotion.notFound, promotion.over */
  async endPromotion(promotionId: string): Promise<PromotionDto> {
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('plans', 0))`);
      const known = await findPromotion(tx, promotionId);
      if (!known) throw new DomainError('promotion.notFound');
      if (stateOf(known) === 'over') throw new DomainError('promotion.over');
      await execute(tx, 'UPDATE plan_promotions SET ended_at = clock_timestamp() WHERE id = $1', [
        promotionId,
      ]);
      const ended = await findPromotion(tx, promotionId);
      if (!ended) throw new Error('no promotion');
      return promotionDto(ended);
    });
  }

  private async plans(on: EntityManager | DataSource): Promise<PlanAdminDto[]> {
    const rows = await query<PlanAdminRow>(
      on,
      `SELECT code, title, description, price_rials AS "priceRials", trial_rials AS "trialRials", level, active,
              (SELECT count(*)::int FROM customer_plans WHERE plan_code = code) AS customers
         FROM plans ORDER BY price_rials, code LIMIT ${plansMax + 1}`,
    );
    const running = await runningPromotions(on);
    return rows.map((plan) => {
      const promotion = promotionOf(running, plan);
      return { ...plan, discount: promotion ? discountOf(plan.priceRials, promotion) : null };
    });
  }
}

async function findPromotion(tx: EntityManager, id: string): Promise<PromotionRow | undefined> {
  const [row] = await query<PromotionRow>(
    tx,
    `SELECT ${promotionColumns} FROM plan_promotions c WHERE id = $1`,
    [id],
  );
  return row;
}

function stateOf({ validFrom, validUntil, endedAt, now }: PromotionRow): PromotionState {
  if (endedAt || validUntil <= now) return 'over';
  return validFrom > now ? 'upcoming' : 'running';
}

function promotionDto(row: PromotionRow): PromotionDto {
  const { id, planCode, title, percent, validFrom, validUntil, endedAt, purchases } = row;
  return {
    id,
    planCode,
    title,
    percent,
    validFrom: validFrom.toISOString(),
    validUntil: (endedAt ?? validUntil).toISOString(),
    state: stateOf(row),
    purchases,
  };
}

function invalid(field: string, rule: string, message: string): DomainError {
  return new DomainError('input.invalid', { fields: [{ field, rule, message }] });
}
