import { randomUUID } from 'node:crypto';
import { operators } from '@peyk/contracts';
import type { GiftTierDto, PlanSaveDto, TariffAddDto } from '@peyk/contracts/billing';
import { execute, query } from '@peyk/database';
import fc from 'fast-check';
import { CustomersService } from '../../../apps/billing/src/customers/customers.service';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { PlanPurchasesService } from '../../../apps/billing/src/plans/plan-purchases.service';
import { PlansAdminService } from '../../../apps/billing/src/plans/plans-admin.service';
import { PlansService } from '../../../apps/billing/src/plans/plans.service';
import { LevelsService } from '../../../apps/billing/src/tariffs/levels.service';
import { TariffScheduleService } from '../../../apps/billing/src/tariffs/tariff-schedule.service';
import { TariffsService } from '../../../apps/billing/src/tariffs/tariffs.service';
import { TierSetsService } from '../../../apps/billing/src/tiers/tier-sets.service';
import { TiersService } from '../../../apps/billing/src/tiers/tiers.service';
import { anHourAgo, inAnHour, refusal, scratchLedger } from './fixture';
import type { Ledger } from './fixture';

/** A tariff of a level, or a table of one tier (`gifts`; 0 Rial: no gifts), from an hour on. */
interface Rule {
  readonly of: string;
  readonly from: number;
  readonly rials: number;
  readonly id?: string;
}

/** At each moment from now on at which something begins, the discount is below the tariff of each level that has one. */
function isSound(rules: readonly Rule[], now: number): boolean {
  const moments = [now, ...rules.map(({ from }) => from).filter((from) => from > now)];
  return moments.every((moment) => {
    const valid = new Map<string, Rule>();
    for (const rule of rules) {
      const other = valid.get(rule.of);
      if (rule.from <= moment && (!other || other.from < rule.from)) valid.set(rule.of, rule);
    }
    const discount = valid.get('gifts')?.rials ?? 0;
    valid.delete('gifts');
    return discount === 0 || [...valid.values()].every(({ rials }) => discount < rials);
  });
}

describe('prices', () => {
  let ledger: Ledger;
  let tariffs: TariffsService;
  let schedule: TariffScheduleService;
  let levels: LevelsService;
  let tiers: TiersService;
  let tierSets: TierSetsService;
  let plans: PlansService;
  let admin: PlansAdminService;
  let purchases: PlanPurchasesService;
  const boss = randomUUID();

  beforeAll(async () => {
    ledger = await scratchLedger(12);
    const { source, transactions, outbox } = ledger;
    tariffs = new TariffsService(source);
    schedule = new TariffScheduleService(source, transactions);
    levels = new LevelsService(source, transactions, outbox);
    tiers = new TiersService(source, tariffs);
    tierSets = new TierSetsService(source, transactions);
    plans = new PlansService(source, ledger.ledger);
    admin = new PlansAdminService(source, transactions);
    purchases = new PlanPurchasesService(transactions, ledger.ledger, levels, outbox);
  });
  afterAll(async () => {
    expect((await auditLedger(ledger.owner)).differences).toEqual([]);
    await ledger.drop();
  });
  beforeEach(async () => {
    await execute(
      ledger.owner,
      'TRUNCATE tariffs, reseller_tariffs, gift_tier_sets, gift_tiers, plan_campaigns, plan_purchases, outbox',
    );
  });

  async function customer({
    level = 'standard',
    resellerId = null,
    creditRials = 0,
  }: { level?: string; resellerId?: string | null; creditRials?: number } = {}): Promise<string> {
    const id = randomUUID();
    await ledger.transactions.run((tx) =>
      new CustomersService().take(tx, randomUUID(), {
        accountId: id,
        name: 'فروشگاه',
        grants: [],
        disabled: false,
        resellerId,
        stamp: 1,
      }),
    );
    await execute(ledger.owner, 'UPDATE customers SET level = $2 WHERE customer_id = $1', [id, level]);
    if (creditRials > 0)
      await ledger.wallets.credit({
        transferId: randomUUID(),
        customerId: id,
        amountRials: creditRials,
        reason: 'شارژ',
      });
    return id;
  }

  const terms = (over: Partial<TariffAddDto> = {}): TariffAddDto => ({
    tariffId: randomUUID(),
    level: 'standard',
    lineClass: 'service',
    language: 'fa',
    operator: 'mci',
    rialsPerPart: 80,
    ...over,
  });
  /** As if added then. */
  async function since(hours: number, over: Partial<TariffAddDto> = {}): Promise<void> {
    const { level, lineClass, language, operator, rialsPerPart } = terms(over);
    await execute(
      ledger.owner,
      `INSERT INTO tariffs (id, level, line_class, language, operator, rials_per_part, valid_from)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now() + make_interval(hours => $6))`,
      [level, lineClass, language, operator, rialsPerPart, hours],
    );
  }
  async function resold(resellerId: string, rialsPerPart: number, hours = -1): Promise<void> {
    await execute(
      ledger.owner,
      `INSERT INTO reseller_tariffs (reseller_id, line_class, language, operator, rials_per_part, valid_from)
       VALUES ($1, 'service', 'fa', 'mci', $2, now() + make_interval(hours => $3))`,
      [resellerId, rialsPerPart, hours],
    );
  }
  const mciOf = async (customerId: string): Promise<number[]> => {
    for (const operator of operators.slice(1)) {
      const [known] = await query(ledger.owner, 'SELECT FROM tariffs WHERE operator = $1', [operator]);
      if (!known) await since(-900, { operator, rialsPerPart: 1_000 });
    }
    const { prices } = await tariffs.prices({ customerId, lineClass: 'service', language: 'fa' });
    return prices
      .slice(0, 1)
      .flatMap(({ rialsPerPart, costRialsPerPart }) => [rialsPerPart, costRialsPerPart]);
  };
  const tier = (fromRials: number, toRials: number | null, discountRials: number): GiftTierDto => ({
    fromRials,
    toRials,
    discountRials,
  });
  const table = [tier(1_000_000, 5_000_000, 2), tier(5_000_000, null, 4)];
  const replace = (of: readonly GiftTierDto[], validFrom?: string, tierSetId: string = randomUUID()) =>
    tierSets.replace(boss, { tierSetId, tiers: [...of], validFrom });

  describe('tariffs', () => {
    it('BIL-009 BIL-205 a level pays its own tariff, else that of the standard; who is unknown is standard', async () => {
      await since(-3, { rialsPerPart: 80 });
      const [standard, gold] = [await customer(), await customer({ level: 'gold' })];
      expect(await mciOf(gold)).toEqual([80, 80]);
      await since(-2, { level: 'gold', rialsPerPart: 70 });
      await since(-1, { level: 'gold', rialsPerPart: 60 });
      await since(1, { level: 'gold', rialsPerPart: 50 });
      expect(await mciOf(gold)).toEqual([60, 60]);
      expect(await mciOf(standard)).toEqual([80, 80]);
      expect(await mciOf(randomUUID())).toEqual([80, 80]);
      expect(await tariffs.referencePrice(gold)).toBe(60);
      // The public list is that of the standard (BIL-021).
      expect((await tariffs.list()).tariffs.find(({ operator }) => operator === 'mci')?.rialsPerPart).toBe(
        80,
      );
    });

    it('BIL-009 users of a reseller pay what it set, and the quote says what it costs the reseller', async () => {
      await since(-3, { rialsPerPart: 80 });
      await since(-3, { level: 'reseller', rialsPerPart: 60 });
      const reseller = await customer({ level: 'reseller' });
      const user = await customer({ resellerId: reseller });
      const other = await customer({ resellerId: await customer() });
      expect(await mciOf(reseller)).toEqual([60, 60]);
      expect(await mciOf(user)).toEqual([80, 60]);
      expect(await mciOf(other)).toEqual([80, 80]);
      await resold(reseller, 75);
      await resold(reseller, 90, 1);
      expect(await mciOf(user)).toEqual([75, 60]);
      expect(await mciOf(other)).toEqual([80, 80]);
      expect(await mciOf(reseller)).toEqual([60, 60]);
      // Its users do not learn the cost.
      const own = (await tariffs.own(user)).tariffs[0];
      expect(own).toEqual({ lineClass: 'service', language: 'fa', operator: 'mci', rialsPerPart: 75 });
    });

    it('BIL-009 a cost that rises above the price for users is what they pay', async () => {
      await since(-3, { rialsPerPart: 80 });
      const reseller = await customer({ level: 'reseller' });
      const user = await customer({ resellerId: reseller });
      await resold(reseller, 85);
      expect(await mciOf(user)).toEqual([85, 80]);
      await since(-1, { level: 'reseller', rialsPerPart: 95 });
      expect(await mciOf(user)).toEqual([95, 95]);
      // A user whose own level is cheaper than what the reseller pays.
      await since(-1, { level: 'gold', rialsPerPart: 50 });
      expect(await mciOf(await customer({ level: 'gold', resellerId: reseller }))).toEqual([95, 95]);
    });

    it('BIL-205 is added from now or later, never in the past, once an id', async () => {
      const first = terms();
      const added = await schedule.add(boss, first);
      expect(added).toMatchObject({ id: first.tariffId, time: 'current', validUntil: null, addedBy: boss });
      expect(await schedule.add(boss, first)).toEqual(added);
      expect(await refusal(schedule.add(boss, { ...first, rialsPerPart: 81 }))).toBe('idempotency.keyReused');
      expect(await refusal(schedule.add(boss, terms({ validFrom: anHourAgo() })))).toBe('price.timePast');
      expect(await refusal(schedule.add(boss, terms({ level: 'none' })))).toBe('level.notFound');
      const later = terms({ rialsPerPart: 90, validFrom: inAnHour() });
      expect(await schedule.add(boss, later)).toMatchObject({ time: 'future', validFrom: later.validFrom });
      expect(await refusal(schedule.add(boss, { ...later, tariffId: randomUUID() }))).toBe('price.timeTaken');
      expect(await tariffs.referencePrice(randomUUID())).toBe(80);
      expect(
        (await schedule.list({ operator: 'mci' })).tariffs.map(({ rialsPerPart, time, validUntil }) => [
          rialsPerPart,
          time,
          validUntil,
        ]),
      ).toEqual([
        [90, 'future', null],
        [80, 'current', later.validFrom],
      ]);
    });

    it('BIL-205 only what is not valid yet is taken back', async () => {
      const [now, later] = [terms(), terms({ rialsPerPart: 90, validFrom: inAnHour() })];
      await schedule.add(boss, now);
      await schedule.add(boss, later);
      await schedule.withdraw(later.tariffId);
      expect(await refusal(schedule.withdraw(later.tariffId))).toBe('tariff.notFound');
      expect(await refusal(schedule.withdraw(now.tariffId))).toBe('price.inForce');
      expect(await tariffs.referencePrice(randomUUID())).toBe(80);
    });

    it('BIL-205 lists page by page, past ones too, and filters', async () => {
      for (const hours of [-5, -4, -3, 3, 4]) await since(hours, { rialsPerPart: 100 + hours });
      await since(-2, { level: 'gold', rialsPerPart: 50 });
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await schedule.list({ limit: 2, cursor });
        expect(page.tariffs.length).toBeLessThanOrEqual(2);
        seen.push(...page.tariffs.map(({ rialsPerPart }) => rialsPerPart));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual([104, 103, 50, 97, 96, 95]);
      const listed = async (time: 'past' | 'current' | 'future') =>
        (await schedule.list({ time, level: 'standard' })).tariffs.map(({ rialsPerPart }) => rialsPerPart);
      expect(await listed('past')).toEqual([96, 95]);
      expect(await listed('current')).toEqual([97]);
      expect(await listed('future')).toEqual([104, 103]);
      expect(await refusal(schedule.list({ cursor: 'x' }))).toBe('input.invalid');
    });
  });

  describe('levels', () => {
    it('BIL-205 are given by an administrator; history and event say who, and nothing happens twice', async () => {
      const id = await customer();
      const change = { customerId: id, level: 'gold', reason: 'مشتری بزرگ' };
      await levels.setByAdmin(boss, change);
      await levels.setByAdmin(boss, change);
      expect((await levels.changes({ customerId: id })).changes).toMatchObject([
        { level: 'gold', levelBefore: 'standard', cause: 'admin', by: boss, reason: 'مشتری بزرگ' },
      ]);
      expect(
        await query(ledger.owner, `SELECT payload FROM outbox WHERE name = 'billing.level.changed'`),
      ).toEqual([
        {
          payload: {
            customerId: id,
            level: 'gold',
            levelBefore: 'standard',
            by: boss,
            reason: 'مشتری بزرگ',
          },
        },
      ]);
      expect(await refusal(levels.setByAdmin(boss, { ...change, level: 'none' }))).toBe('level.notFound');
      expect(await refusal(levels.setByAdmin(boss, { ...change, customerId: randomUUID() }))).toBe(
        'account.notFound',
      );
    });

    it('are made and named anew', async () => {
      await levels.save({ level: 'vip', title: 'ویژه' });
      await levels.save({ level: 'vip', title: 'ویژه‌ی بزرگ' });
      expect((await levels.list()).levels).toEqual([
        { level: 'gold', title: 'طلایی' },
        { level: 'reseller', title: 'نمایندگی' },
        { level: 'standard', title: 'عادی' },
        { level: 'vip', title: 'ویژه‌ی بزرگ' },
      ]);
    });
  });

  describe('gifts', () => {
    it('BIL-004 BIL-007 are quoted with final charge and effective tariff; a tier begins with its first Rial', async () => {
      await since(-1);
      await replace(table);
      const id = await customer();
      expect(await tiers.quote(id, 5_000_000)).toEqual({
        amountRials: 5_000_000,
        giftRials: 263_157,
        finalRials: 5_263_157,
        tier: table[1],
        tariffRials: 80,
        effectiveTariffRials: 76,
      });
      expect(await tiers.quote(id, 4_999_999)).toMatchObject({
        giftRials: 128_205,
        effectiveTariffRials: 78,
      });
      expect(await tiers.quote(id, 999_999)).toEqual({
        amountRials: 999_999,
        giftRials: 0,
        finalRials: 999_999,
        tier: null,
        tariffRials: null,
        effectiveTariffRials: null,
      });
      expect(await tiers.giftOf(5_000_000, 80)).toBe(263_157);
      expect(await tiers.list()).toEqual({ tiers: table, tariffRials: 80 });
    });

    it("BIL-007 BIL-009 are reckoned with the customer's own tariff", async () => {
      await since(-1);
      await since(-1, { level: 'gold', rialsPerPart: 44 });
      await replace(table);
      expect((await tiers.quote(await customer({ level: 'gold' }), 5_000_000)).giftRials).toBe(500_000);
      const reseller = await customer({ level: 'gold' });
      await resold(reseller, 104);
      expect((await tiers.quote(await customer({ resellerId: reseller }), 5_000_000)).giftRials).toBe(
        200_000,
      );
    });

    it('without tariffs and tiers nothing is given, and nothing fails', async () => {
      expect(await tiers.list()).toEqual({ tiers: [], tariffRials: null });
      expect((await tiers.quote(randomUUID(), 5_000_000)).giftRials).toBe(0);
      expect(await refusal(replace(table))).toBe('tariff.missing');
    });

    it('BIL-206 a table is replaced as a whole from its moment on; only an announced one is taken back', async () => {
      await since(-1);
      const tierSetId = randomUUID();
      const first = await replace(table, undefined, tierSetId);
      expect(await replace(table, undefined, tierSetId)).toEqual(first);
      expect(await refusal(replace(table.slice(1), undefined, tierSetId))).toBe('idempotency.keyReused');
      expect(await refusal(replace(table, anHourAgo()))).toBe('price.timePast');
      const validFrom = inAnHour();
      const announced = await replace([tier(10, null, 9)], validFrom);
      expect(await refusal(replace(table, validFrom))).toBe('price.timeTaken');
      expect((await tiers.list()).tiers).toEqual(table);
      expect((await tierSets.list({})).sets.map(({ id, time }) => [id, time])).toEqual([
        [announced.id, 'future'],
        [tierSetId, 'current'],
      ]);
      const page = await tierSets.list({ limit: 1 });
      expect((await tierSets.list({ limit: 1, cursor: page.nextCursor })).sets.map(({ id }) => id)).toEqual([
        tierSetId,
      ]);
      await tierSets.withdraw(announced.id);
      expect(await refusal(tierSets.withdraw(announced.id))).toBe('tierSet.notFound');
      expect(await refusal(tierSets.withdraw(tierSetId))).toBe('price.inForce');
      await replace([]);
      expect((await tiers.quote(randomUUID(), 5_000_000)).giftRials).toBe(0);
    });

    it('BIL-206 refuses tables that overlap or fall, also when somebody writes them by hand', async () => {
      await since(-1);
      expect(await refusal(replace([tier(1, 11, 1), tier(10, null, 2)]))).toBe('tiers.invalid');
      const { id } = await replace([tier(1, 10, 1), tier(10, null, 2)]);
      for (const [from, to] of [
        [9, 10],
        [11, 12],
        [5, null],
      ]) {
        await expect(
          ledger.owner.query(
            'INSERT INTO gift_tiers SELECT no, $2, $3, 1 FROM gift_tier_sets WHERE id = $1',
            [id, from, to],
          ),
        ).rejects.toThrow('gift_tiers_overlap_excl');
      }
      expect((await tiers.list()).tiers).toHaveLength(2);
    });

    it('BIL-206 a discount stays below the tariff of every level, whichever of the two is changed and when', async () => {
      await since(-1);
      await since(-1, { level: 'gold', rialsPerPart: 60 });
      expect(await refusal(replace([tier(1, null, 60)]))).toBe('tiers.aboveTariff');
      await replace([tier(1, null, 59)]);
      expect(await refusal(schedule.add(boss, terms({ level: 'reseller', rialsPerPart: 59 })))).toBe(
        'tiers.aboveTariff',
      );
      await schedule.add(boss, terms({ level: 'reseller', rialsPerPart: 60 }));
      // Later, while the table still holds.
      const soon = inAnHour();
      const low = terms({ rialsPerPart: 50, validFrom: new Date(Date.parse(soon) + 60_000).toISOString() });
      expect(await refusal(schedule.add(boss, low))).toBe('tiers.aboveTariff');
      // A table without gifts begins before: then it fits, and that table cannot be taken back.
      const none = await replace([], soon);
      await schedule.add(boss, low);
      expect(await refusal(tierSets.withdraw(none.id))).toBe('tiers.aboveTariff');
      // Another language, line class or operator is no reference.
      await schedule.add(boss, terms({ operator: 'other', rialsPerPart: 5 }));
      await schedule.add(boss, terms({ language: 'en', rialsPerPart: 5 }));
    });

    it('BIL-206 a dearer tariff that allowed an announced table is not taken back', async () => {
      await since(-1);
      const dear = terms({ rialsPerPart: 500, validFrom: inAnHour() });
      await schedule.add(boss, dear);
      const around = (minutes: number): string =>
        new Date(Date.parse(dear.validFrom ?? '') + minutes * 60_000).toISOString();
      await expect(replace([tier(1, null, 100)], around(-1))).rejects.toMatchObject({
        code: 'tiers.aboveTariff',
        details: { discountRials: 100, tariffRials: 80, level: 'standard', at: around(-1) },
      });
      const announced = await replace([tier(1, null, 100)], around(1));
      expect(await refusal(schedule.withdraw(dear.tariffId))).toBe('tiers.aboveTariff');
      await tierSets.withdraw(announced.id);
      expect(await refusal(schedule.withdraw(dear.tariffId))).toBe('accepted');
    });

    it('BIL-206 whatever is added and taken back, no discount reaches a tariff at any moment, and nothing else is refused', async () => {
      const level = fc.constantFrom('standard', 'gold');
      const hour = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 6 });
      const price = fc.integer({ min: 1, max: 5 });
      const step = fc.oneof(
        fc.record({ act: fc.constant('tariff' as const), level, hour, price }),
        fc.record({ act: fc.constant('set' as const), hour, price: fc.integer({ min: 0, max: 4 }) }),
        fc.record({ act: fc.constant('takeBack' as const), at: fc.nat(20) }),
      );
      let refused = 0;
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 24 }), async (steps) => {
          await execute(ledger.owner, 'TRUNCATE tariffs, gift_tier_sets, gift_tiers');
          await since(-1, { rialsPerPart: 3 });
          const start = Date.now();
          /** Hours from now; what begins now begins a moment after what began now before. */
          let clock = 0;
          let model: Rule[] = [{ of: 'standard', from: -1, rials: 3 }];
          for (const next of steps) {
            let outcome = '';
            let after: Rule[];
            if (next.act === 'takeBack') {
              const future = model.filter(({ from }) => from >= 1);
              const rule = future[next.at % Math.max(future.length, 1)];
              if (!rule?.id) continue;
              after = model.filter((other) => other !== rule);
              outcome = await refusal(
                rule.of === 'gifts' ? tierSets.withdraw(rule.id) : schedule.withdraw(rule.id),
              );
            } else {
              const of = next.act === 'set' ? 'gifts' : next.level;
              const from = next.hour ?? (clock += 0.000_1);
              if (model.some((rule) => rule.of === of && rule.from === from)) continue;
              const id = randomUUID();
              after = [...model, { of, from, rials: next.price, id }];
              const validFrom =
                next.hour === undefined ? undefined : new Date(start + from * 3_600_000).toISOString();
              const draft = next.price === 0 ? [] : [tier(1, null, next.price)];
              // Two that begin in the same millisecond are refused: nobody is so quick by hand.
              do {
                outcome = await refusal(
                  of === 'gifts'
                    ? replace(draft, validFrom, id)
                    : schedule.add(
                        boss,
                        terms({ tariffId: id, level: of, rialsPerPart: next.price, validFrom }),
                      ),
                );
              } while (outcome === 'price.timeTaken');
            }
            const sound = isSound(after, clock);
            expect([next, outcome]).toEqual([next, sound ? 'accepted' : 'tiers.aboveTariff']);
            if (sound) {
              model = after;
              accepted += 1;
            } else refused += 1;
          }
        }),
        { numRuns: 30 },
      );
      // Both happen often, else the steps say nothing.
      expect(Math.min(accepted, refused)).toBeGreaterThan(20);
    });

    it('BIL-206 of a low tariff and a high discount that come at once one is refused', async () => {
      await since(-1, { rialsPerPart: 100 });
      for (let round = 0; round < 5; round += 1) {
        const outcomes = await Promise.all([
          refusal(replace([tier(1, null, 60)])),
          refusal(schedule.add(boss, terms({ level: 'gold', rialsPerPart: 50 }))),
        ]);
        expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
        expect(outcomes).toContain('tiers.aboveTariff');
        await execute(ledger.owner, `DELETE FROM tariffs WHERE level = 'gold'`);
        await execute(ledger.owner, 'DELETE FROM gift_tier_sets');
      }
    });
  });

  describe('plans', () => {
    const planOf = (over: Partial<PlanSaveDto> = {}): PlanSaveDto => ({
      planCode: `p-${randomUUID()}`,
      title: 'آزمون',
      description: 'برای آزمون',
      priceRials: 1_000,
      trialRials: 0,
      level: 'gold',
      active: true,
      ...over,
    });
    const key = (): string => randomUUID();
    const campaign = (planCode: string, percent: number) => ({
      campaignId: randomUUID(),
      planCode,
      title: 'ویژه روز پدر',
      percent,
      validFrom: anHourAgo(),
      validUntil: inAnHour(),
    });

    it('BIL-208 is paid from the wallet once a key, and sets the level', async () => {
      const plan = await admin.save(planOf());
      const id = await customer({ creditRials: 2_500 });
      const order = { idempotencyKey: key(), planCode: plan.code, priceRials: 1_000 };
      const bought = await purchases.buy(id, order);
      expect(bought).toMatchObject({
        planCode: plan.code,
        priceRials: 1_000,
        listPriceRials: 1_000,
        campaignId: null,
        level: 'gold',
      });
      expect(await purchases.buy(id, order)).toEqual(bought);
      expect(await refusal(purchases.buy(id, { ...order, planCode: 'start' }))).toBe('idempotency.keyReused');
      expect(await refusal(purchases.buy(id, { ...order, idempotencyKey: key() }))).toBe(
        'plan.alreadyActive',
      );
      expect((await ledger.wallets.read(id)).postedRials).toBe(1_500);
      expect(await plans.of(id)).toMatchObject({ plan: { code: plan.code }, state: 'active' });
      expect((await levels.changes({ customerId: id })).changes).toMatchObject([
        { level: 'gold', levelBefore: 'standard', cause: 'plan', by: id, reason: 'خرید طرح آزمون' },
      ]);
      const [entry] = (await ledger.wallets.statement(id, {})).entries;
      expect(entry).toMatchObject({
        transferId: bought.id,
        kind: 'purchase',
        amountRials: -1_000,
        reason: 'خرید طرح آزمون',
      });
      const events = await query<{ name: string }>(ledger.owner, 'SELECT name FROM outbox');
      expect(events.map(({ name }) => name).sort()).toEqual(['billing.level.changed', 'billing.plan.bought']);
      // The same key of somebody else is another purchase.
      const other = await customer({ creditRials: 1_000 });
      expect((await purchases.buy(other, order)).id).not.toBe(bought.id);
    });

    it('IDN-215 a plan on trial becomes active by paying it', async () => {
      const plan = await admin.save(planOf({ trialRials: 300 }));
      const id = await customer({ creditRials: 1_000 });
      await ledger.transactions.run((tx) => plans.apply(tx, id, plan.code));
      expect(await plans.of(id)).toMatchObject({ state: 'trial' });
      await purchases.buy(id, { idempotencyKey: key(), planCode: plan.code, priceRials: 1_000 });
      expect(await plans.of(id)).toMatchObject({ plan: { code: plan.code }, state: 'active' });
      expect((await ledger.wallets.read(id)).postedRials).toBe(300);
    });

    it('BIL-208 ten at once pay once: with one key, and with ten', async () => {
      const plan = await admin.save(planOf());
      const id = await customer({ creditRials: 50_000 });
      const idempotencyKey = key();
      const order = { planCode: plan.code, priceRials: 1_000 };
      const bought = await Promise.all(
        Array.from({ length: 10 }, () => purchases.buy(id, { ...order, idempotencyKey })),
      );
      expect(new Set(bought.map((purchase) => purchase.id)).size).toBe(1);
      const next = await admin.save(planOf());
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () =>
          refusal(purchases.buy(id, { planCode: next.code, priceRials: 1_000, idempotencyKey: key() })),
        ),
      );
      expect(outcomes.sort()).toEqual(['accepted', ...Array<string>(9).fill('plan.alreadyActive')]);
      expect((await ledger.wallets.read(id)).postedRials).toBe(48_000);
    });

    it('BIL-208 what is refused leaves nothing behind', async () => {
      const plan = await admin.save(planOf());
      const id = await customer({ creditRials: 999 });
      const order = { idempotencyKey: key(), planCode: plan.code, priceRials: 1_000 };
      await expect(purchases.buy(id, order)).rejects.toMatchObject({
        code: 'wallet.insufficientCredit',
        details: { availableRials: 999, amountRials: 1_000 },
      });
      expect(await refusal(purchases.buy(id, { ...order, priceRials: 999 }))).toBe('plan.priceChanged');
      expect(await refusal(purchases.buy(id, { ...order, planCode: 'none' }))).toBe('plan.notFound');
      expect(await plans.of(id)).toEqual({ plan: null, state: null, since: null });
      expect((await levels.changes({ customerId: id })).changes).toEqual([]);
      expect(await query(ledger.owner, 'SELECT name FROM outbox')).toEqual([]);
      // Credit that is held for a send does not pay.
      const rich = await customer({ creditRials: 1_500 });
      await ledger.holds.place({
        holdId: randomUUID(),
        customerId: rich,
        amountRials: 501,
        purpose: 'send',
        expiresAt: inAnHour(),
      });
      expect(await refusal(purchases.buy(rich, order))).toBe('wallet.insufficientCredit');
      // What failed may be tried again with the same key.
      await ledger.wallets.credit({
        transferId: randomUUID(),
        customerId: id,
        amountRials: 1,
        reason: 'شارژ',
      });
      expect(await refusal(purchases.buy(id, order))).toBe('accepted');
    });

    it('BIL-020 BIL-208 a campaign lowers the price while it runs, for who saw it and for nobody later', async () => {
      const plan = await admin.save(planOf({ priceRials: 1_005 }));
      const id = await customer({ creditRials: 10_000 });
      const discount = campaign(plan.code, 30);
      expect(await admin.saveCampaign(discount)).toMatchObject({ state: 'running', purchases: 0 });
      const listed = await plans.list();
      expect(listed.plans.find(({ code }) => code === plan.code)?.discount).toEqual({
        title: 'ویژه روز پدر',
        percent: 30,
        priceRials: 703,
        until: discount.validUntil,
      });
      expect(listed.banners).toEqual([
        { text: '۳۰٪ تخفیف خرید طرح آزمون، ویژه روز پدر', planCode: plan.code, until: discount.validUntil },
      ]);
      const order = { idempotencyKey: key(), planCode: plan.code, priceRials: 703 };
      expect(await purchases.buy(id, order)).toMatchObject({
        priceRials: 703,
        listPriceRials: 1_005,
        campaignId: discount.campaignId,
      });
      expect((await admin.endCampaign(discount.campaignId)).state).toBe('over');
      expect(await refusal(admin.endCampaign(discount.campaignId))).toBe('campaign.over');
      expect(await refusal(admin.saveCampaign(discount))).toBe('campaign.over');
      expect(await refusal(admin.endCampaign(randomUUID()))).toBe('campaign.notFound');
      // Bought before: repeated it is the same. Another one pays the whole price.
      expect(await purchases.buy(id, order)).toMatchObject({ priceRials: 703 });
      const late = await customer({ creditRials: 10_000 });
      await expect(purchases.buy(late, { ...order, idempotencyKey: key() })).rejects.toMatchObject({
        code: 'plan.priceChanged',
        details: { priceRials: 1_005, seenRials: 703 },
      });
      expect((await admin.campaigns({})).campaigns[0]).toMatchObject({
        id: discount.campaignId,
        state: 'over',
        purchases: 1,
      });
      expect((await plans.list()).banners).toEqual([]);
    });

    it('BIL-208 a plan given away in a campaign moves no money', async () => {
      const plan = await admin.save(planOf());
      const gift = await admin.saveCampaign(campaign(plan.code, 100));
      const id = await customer();
      await purchases.buy(id, { idempotencyKey: key(), planCode: plan.code, priceRials: 0 });
      expect(await plans.of(id)).toMatchObject({ state: 'active' });
      await admin.endCampaign(gift.id);
    });

    it('BIL-208 campaigns have sane times; one that is coming is no discount yet', async () => {
      const plan = await admin.save(planOf());
      // One clock for all: a campaign that ends as it begins must not be a millisecond long.
      const now = Date.now();
      const days = (count: number): string => new Date(now + count * 86_400_000).toISOString();
      const of = (validFrom: string, validUntil: string) => ({
        ...campaign(plan.code, 10),
        validFrom,
        validUntil,
      });
      for (const wrong of [
        of(days(2), days(1)),
        of(days(1), days(1)),
        of(days(1), days(368)),
        of(days(-2), days(-1)),
      ])
        expect(await refusal(admin.saveCampaign(wrong))).toBe('input.invalid');
      expect(await refusal(admin.saveCampaign({ ...of(days(1), days(2)), planCode: 'none' }))).toBe(
        'plan.notFound',
      );
      const coming = of(days(1), days(2));
      expect((await admin.saveCampaign(coming)).state).toBe('upcoming');
      expect((await admin.saveCampaign({ ...coming, percent: 20 })).percent).toBe(20);
      expect((await plans.list()).banners).toEqual([]);
      expect((await admin.endCampaign(coming.campaignId)).state).toBe('over');
    });

    it('BIL-208 a plan is changed and taken off the list; who has it keeps it', async () => {
      const draft = planOf();
      const plan = await admin.save(draft);
      const id = await customer({ creditRials: 5_000 });
      await purchases.buy(id, { idempotencyKey: key(), planCode: plan.code, priceRials: 1_000 });
      await admin.save({ ...draft, priceRials: 2_000, title: 'تازه', active: false });
      expect((await plans.list()).plans.some(({ code }) => code === plan.code)).toBe(false);
      expect((await admin.list()).plans.find(({ code }) => code === plan.code)).toMatchObject({
        title: 'تازه',
        priceRials: 2_000,
        active: false,
        customers: 1,
      });
      expect(await plans.of(id)).toMatchObject({ state: 'active' });
      const order = { idempotencyKey: key(), planCode: plan.code, priceRials: 2_000 };
      expect(await refusal(purchases.buy(await customer({ creditRials: 5_000 }), order))).toBe(
        'plan.notFound',
      );
      expect(await refusal(admin.save({ ...draft, level: 'none' }))).toBe('level.notFound');
      expect(await refusal(admin.save({ ...draft, priceRials: 0 }))).toBe('input.invalid');
    });
  });
});
