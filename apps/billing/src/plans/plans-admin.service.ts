import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  AllPlansDto,
  CampaignDto,
  CampaignSaveDto,
  CampaignsDto,
  CampaignState,
  PlanAdminDto,
  PlanSaveDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';
import { campaignOf, discountOf, runningCampaigns } from './plan-prices';

/** On the list; plans at all. */
const listedMax = 50;
const plansMax = 200;
const defaultPageSize = 50;
const longestCampaignDays = 366;

type PlanAdminRow = Omit<PlanAdminDto, 'discount'>;

interface CampaignRow extends Omit<CampaignDto, 'validFrom' | 'validUntil' | 'state'> {
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly endedAt: Date | null;
  readonly now: Date;
  /** Of the cursor: microseconds since 1970, and a number that orders rows of the same moment. */
  readonly place: string;
  readonly tie: string;
}

const campaignColumns = `id, plan_code AS "planCode", title, percent, valid_from AS "validFrom",
  valid_until AS "validUntil", ended_at AS "endedAt", clock_timestamp() AS now,
  (SELECT count(*)::int FROM plan_purchases WHERE campaign_id = c.id) AS purchases,
  (extract(epoch FROM valid_from) * 1000000)::bigint::text AS place,
  (hashtextextended(id::text, 0) & 288230376151711743)::text AS tie`;

/** Plans and campaigns, as administrators keep them (BIL-208). */
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
  async campaigns({ cursor, limit = defaultPageSize }: PageQueryDto): Promise<CampaignsDto> {
    const [place, tie] = decodeCursor(cursor, 2) ?? [];
    const rows = await query<CampaignRow>(
      this.dataSource,
      `SELECT * FROM (SELECT ${campaignColumns} FROM plan_campaigns c) AS c
        WHERE $1::bigint IS NULL OR (place::bigint, tie::bigint) < ($1, $2::bigint)
        ORDER BY place::bigint DESC, tie::bigint DESC LIMIT $3`,
      [place ?? null, tie ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      campaigns: page.map(campaignDto),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.place, last.tie) } : {}),
    };
  }

  /** Makes a campaign, or changes one that is not over. @throws campaign.over, plan.notFound, input.invalid */
  async saveCampaign(campaign: CampaignSaveDto): Promise<CampaignDto> {
    const { campaignId, planCode, title, percent } = campaign;
    const validFrom = new Date(campaign.validFrom);
    const validUntil = new Date(campaign.validUntil);
    const days = (validUntil.getTime() - validFrom.getTime()) / 86_400_000;
    if (!(days > 0 && days <= longestCampaignDays))
      throw invalid(
        'validUntil',
        'range',
        `validUntil must be at most ${longestCampaignDays} days after validFrom`,
      );
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('plans', 0))`);
      const known = await findCampaign(tx, campaignId);
      if (known && stateOf(known) === 'over') throw new DomainError('campaign.over');
      try {
        await execute(
          tx,
          `INSERT INTO plan_campaigns (id, plan_code, title, percent, valid_from, valid_until)
           VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id) DO UPDATE SET plan_code = $2, title = $3, percent = $4, valid_from = $5, valid_until = $6`,
          [campaignId, planCode ?? null, title, percent, validFrom, validUntil],
        );
      } catch (error) {
        if (violatedConstraint(error) !== 'plan_campaigns_plan_code_fkey') throw error;
        throw new DomainError('plan.notFound', undefined, error);
      }
      const saved = await findCampaign(tx, campaignId);
      if (!saved) throw new Error('no campaign');
      if (stateOf(saved) === 'over') throw invalid('validUntil', 'past', 'validUntil is in the past');
      return campaignDto(saved);
    });
  }

  /** Ends a campaign now, also before its beginning. @throws campaign.notFound, campaign.over */
  async endCampaign(campaignId: string): Promise<CampaignDto> {
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('plans', 0))`);
      const known = await findCampaign(tx, campaignId);
      if (!known) throw new DomainError('campaign.notFound');
      if (stateOf(known) === 'over') throw new DomainError('campaign.over');
      await execute(tx, 'UPDATE plan_campaigns SET ended_at = clock_timestamp() WHERE id = $1', [campaignId]);
      const ended = await findCampaign(tx, campaignId);
      if (!ended) throw new Error('no campaign');
      return campaignDto(ended);
    });
  }

  private async plans(on: EntityManager | DataSource): Promise<PlanAdminDto[]> {
    const rows = await query<PlanAdminRow>(
      on,
      `SELECT code, title, description, price_rials AS "priceRials", trial_rials AS "trialRials", level, active,
              (SELECT count(*)::int FROM customer_plans WHERE plan_code = code) AS customers
         FROM plans ORDER BY price_rials, code LIMIT ${plansMax + 1}`,
    );
    const running = await runningCampaigns(on);
    return rows.map((plan) => {
      const campaign = campaignOf(running, plan);
      return { ...plan, discount: campaign ? discountOf(plan.priceRials, campaign) : null };
    });
  }
}

async function findCampaign(tx: EntityManager, id: string): Promise<CampaignRow | undefined> {
  const [row] = await query<CampaignRow>(
    tx,
    `SELECT ${campaignColumns} FROM plan_campaigns c WHERE id = $1`,
    [id],
  );
  return row;
}

function stateOf({ validFrom, validUntil, endedAt, now }: CampaignRow): CampaignState {
  if (endedAt || validUntil <= now) return 'over';
  return validFrom > now ? 'upcoming' : 'running';
}

function campaignDto(row: CampaignRow): CampaignDto {
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
