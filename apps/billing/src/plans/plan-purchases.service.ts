import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type { PlanBuyDto, PlanPurchaseDto, PlanState } from '@peyk/contracts/billing';
import { execute, query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';
import { v5 } from 'uuid';
import { LedgerService } from '../ledger/ledger.service';
import { LevelsService } from '../tariffs/levels.service';
import { movedPlan } from './plan-moves';
import { campaignOf, discountedRials, runningCampaigns } from './plan-prices';

/** Purchases are named by customer and key under this, so that nobody's key can meet another's (RFC 9562). */
const purchaseNamespace = '0d3b7c52-0f1c-4a1e-8a53-8c2b0e5f6d27';

interface PlanRow {
  readonly code: string;
  readonly title: string;
  readonly priceRials: number;
  readonly level: string | null;
}

/** Plans that are paid from the wallet (BIL-208). */
@Injectable()
export class PlanPurchasesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: LedgerService,
    private readonly levels: LevelsService,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Pays for the plan that is on trial, or buys another one: debit, plan and level together or not at all; once a key.
   * @throws plan.notFound, plan.alreadyActive, plan.priceChanged (details: priceRials), wallet.insufficientCredit,
   * idempotency.keyReused
   */
  async buy(
    customerId: string,
    { idempotencyKey, planCode, priceRials }: PlanBuyDto,
  ): Promise<PlanPurchaseDto> {
    const id = v5(`${customerId} ${idempotencyKey}`, purchaseNamespace);
    return this.transactions.run(async (tx) => {
      // Purchases of a customer take turns: the second of two sees what the first has made.
      await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`plan:${customerId}`]);
      const known = await findPurchase(tx, id);
      if (known) {
        if (known.planCode !== planCode || known.priceRials !== priceRials)
          throw new DomainError('idempotency.keyReused');
        return known;
      }
      const [plan] = await query<PlanRow>(
        tx,
        'SELECT code, title, price_rials AS "priceRials", level FROM plans WHERE code = $1 AND active',
        [planCode],
      );
      if (!plan) throw new DomainError('plan.notFound');
      await this.move(tx, customerId, planCode);
      await this.pay(tx, { id, customerId, plan, seenRials: priceRials });
      const reason = `خرید طرح ${plan.title}`;
      if (plan.level)
        await this.levels.set(tx, { customerId, level: plan.level, cause: 'plan', by: customerId, reason });
      const purchase = await findPurchase(tx, id);
      if (!purchase) throw new Error('no purchase');
      return purchase;
    });
  }

  private async move(tx: EntityManager, customerId: string, planCode: string): Promise<void> {
    const [own] = await query<{ planCode: string; state: PlanState }>(
      tx,
      'SELECT plan_code AS "planCode", state FROM customer_plans WHERE customer_id = $1 FOR NO KEY UPDATE',
      [customerId],
    );
    const state = movedPlan(own?.state ?? 'none', own?.planCode === planCode ? 'pay' : 'change');
    await execute(
      tx,
      `INSERT INTO customer_plans (customer_id, plan_code, state) VALUES ($1, $2, $3)
       ON CONFLICT (customer_id) DO UPDATE SET plan_code = $2, state = $3, since = now()`,
      [customerId, planCode, state],
    );
  }

  private async pay(
    tx: EntityManager,
    { id, customerId, plan, seenRials }: { id: string; customerId: string; plan: PlanRow; seenRials: number },
  ): Promise<void> {
    const campaign = campaignOf(await runningCampaigns(tx), plan);
    const priceRials = campaign ? discountedRials(plan.priceRials, campaign.percent) : plan.priceRials;
    if (priceRials !== seenRials) throw new DomainError('plan.priceChanged', { priceRials, seenRials });
    if (priceRials > 0) {
      await this.ledger.debit(tx, {
        transferId: id,
        kind: 'purchase',
        customerId,
        amountRials: priceRials,
        reason: `خرید طرح ${plan.title}`,
      });
    }
    await execute(
      tx,
      `INSERT INTO plan_purchases (id, customer_id, plan_code, price_rials, list_price_rials, campaign_id, level, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
      [id, customerId, plan.code, priceRials, plan.priceRials, campaign?.id ?? null, plan.level],
    );
    await this.outbox.add(tx, billingEvents.planBought, `customer:${customerId}`, {
      purchaseId: id,
      customerId,
      planCode: plan.code,
      planTitle: plan.title,
      priceRials,
    });
  }
}

async function findPurchase(tx: EntityManager, id: string): Promise<PlanPurchaseDto | undefined> {
  const [row] = await query<Omit<PlanPurchaseDto, 'at'> & { at: Date }>(
    tx,
    `SELECT id, plan_code AS "planCode", price_rials AS "priceRials", list_price_rials AS "listPriceRials",
            campaign_id AS "campaignId", level, at FROM plan_purchases WHERE id = $1`,
    [id],
  );
  return row && { ...row, at: row.at.toISOString() };
}
