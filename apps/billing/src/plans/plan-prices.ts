import type { BannerDto, PlanDiscountDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { toPersianDigits } from '@peyk/persian';
import type { DataSource, EntityManager } from 'typeorm';

/** A discount that runs now. */
export interface RunningCampaign {
  readonly id: string;
  /** Null: every plan. */
  readonly planCode: string | null;
  readonly planTitle: string | null;
  readonly title: string;
  readonly percent: number;
  readonly until: Date;
}

/** More are never advertised, nor looked at. */
const runningMax = 100;
const bannersMax = 20;

/** The greatest first, so that the first that fits a plan is the one that counts for it. */
export function runningCampaigns(on: EntityManager | DataSource): Promise<RunningCampaign[]> {
  return query<RunningCampaign>(
    on,
    `SELECT c.id, c.plan_code AS "planCode", p.title AS "planTitle", c.title, c.percent, c.valid_until AS until
       FROM plan_campaigns c LEFT JOIN plans p ON p.code = c.plan_code
      WHERE c.ended_at IS NULL AND c.valid_from <= now() AND c.valid_until > now() AND coalesce(p.active, true)
      ORDER BY c.percent DESC, c.valid_until DESC, c.id LIMIT ${runningMax}`,
  );
}

/** The campaign that counts for a plan: of several the greatest alone; discounts do not add up. */
export function campaignOf(
  campaigns: readonly RunningCampaign[],
  plan: { readonly code: string; readonly priceRials: number },
): RunningCampaign | undefined {
  if (plan.priceRials === 0) return undefined;
  return campaigns.find(({ planCode }) => planCode === null || planCode === plan.code);
}

/** Price with a discount, down to whole Rial. */
export function discountedRials(priceRials: number, percent: number): number {
  return Number((BigInt(priceRials) * BigInt(100 - percent)) / 100n);
}

export function discountOf(priceRials: number, { title, percent, until }: RunningCampaign): PlanDiscountDto {
  return { title, percent, priceRials: discountedRials(priceRials, percent), until: until.toISOString() };
}

/** What is advertised (BIL-020). */
export function bannersOf(campaigns: readonly RunningCampaign[]): BannerDto[] {
  return campaigns.slice(0, bannersMax).map(({ planCode, planTitle, title, percent, until }) => ({
    text: `${toPersianDigits(String(percent))}٪ تخفیف خرید ${planTitle === null ? 'سامانه پیامکی' : `طرح ${planTitle}`}، ${title}`,
    planCode,
    until: until.toISOString(),
  }));
}
