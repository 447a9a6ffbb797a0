import { Injectable } from '@nestjs/common';
import type { OwnPlanDto, PlanDto, PlansDto, PlanState } from '@peyk/contracts/billing';
import { execute, query } from '@peyk/database';
import { PoisonError } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { v5 } from 'uuid';
import { LedgerService } from '../ledger/ledger.service';
import { movedPlan } from './plan-moves';
import { bannersOf, campaignOf, discountOf, runningCampaigns } from './plan-prices';

const planColumns = `p.code, p.title, p.description, p.price_rials AS "priceRials", p.trial_rials AS "trialRials"`;
const plansMax = 50;
const trialReason = 'اعتبار آزمایشی ثبت‌نام';
/** Trial transfers are named by the account under this: whatever comes twice, one account has one trial (RFC 9562). */
const trialNamespace = '6f1d3a52-7c0e-4b8f-9a64-2f7f5a0c3b11';

@Injectable()
export class PlansService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: LedgerService,
  ) {}

  /** Plans that can be chosen now, the cheapest first, and what their prices are lowered by (BIL-020, BIL-022). */
  async list(): Promise<PlansDto> {
    const plans = await query<PlanDto>(
      this.dataSource,
      `SELECT ${planColumns} FROM plans p WHERE p.active ORDER BY p.price_rials, p.code LIMIT ${plansMax}`,
    );
    const running = await runningCampaigns(this.dataSource);
    return {
      plans: plans.map((plan) => {
        const campaign = campaignOf(running, plan);
        return { ...plan, discount: campaign ? discountOf(plan.priceRials, campaign) : null };
      }),
      banners: bannersOf(running),
    };
  }

  /** All null of an account that never chose one. */
  async of(customerId: string): Promise<OwnPlanDto> {
    const [row] = await query<PlanDto & { state: PlanState; since: Date }>(
      this.dataSource,
      `SELECT ${planColumns}, c.state, c.since FROM customer_plans c JOIN plans p ON p.code = c.plan_code
       WHERE c.customer_id = $1`,
      [customerId],
    );
    if (!row) return { plan: null, state: null, since: null };
    const { state, since, ...plan } = row;
    return { plan, state, since: since.toISOString() };
  }

  /** A wallet without credit, unless there is one. */
  async openWallet(tx: EntityManager, customerId: string): Promise<void> {
    await query(tx, 'SELECT ledger_open_wallet($1)', [customerId]);
  }

  /**
   * Gives a new customer the plan that it chose, and once the trial credit of it (IDN-215). A plan that was taken off the
   * list meanwhile still counts; one with a price begins as `trial`.
   * @throws PoisonError for a plan that never was
   */
  async apply(tx: EntityManager, customerId: string, code: string): Promise<void> {
    const [plan] = await query<PlanDto>(tx, `SELECT ${planColumns} FROM plans p WHERE p.code = $1`, [code]);
    if (!plan) throw new PoisonError(`there is no plan ${code}`);
    const state = movedPlan('none', plan.priceRials > 0 ? 'try' : 'take');
    const chosen = await execute(
      tx,
      'INSERT INTO customer_plans (customer_id, plan_code, state) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [customerId, code, state],
    );
    if (chosen === 0 || plan.trialRials === 0) return;
    await this.ledger.credit(tx, {
      transferId: v5(customerId, trialNamespace),
      kind: 'trial',
      customerId,
      amountRials: plan.trialRials,
      reason: trialReason,
    });
  }
}
