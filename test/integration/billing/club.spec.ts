import { randomUUID } from 'node:crypto';
import { billingEvents, rewardStates } from '@peyk/contracts/billing';
import type { ClubSettingsDto, RewardDto, RewardState } from '@peyk/contracts/billing';
import type { AccountCreatedDto } from '@peyk/contracts/identity';
import { query, uuidv7 } from '@peyk/database';
import { Inbox } from '@peyk/messaging';
import * as fc from 'fast-check';
import { platformOwner, rewardTransitions } from '../../../apps/billing/src/club/club.entity';
import { ClubService } from '../../../apps/billing/src/club/club.service';
import { AccountsConsumer } from '../../../apps/billing/src/plans/accounts.consumer';
import { CustomersService } from '../../../apps/billing/src/customers/customers.service';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { PlansService } from '../../../apps/billing/src/plans/plans.service';
import { LevelsService } from '../../../apps/billing/src/tariffs/levels.service';
import { refusal, scratchLedger } from './fixture';
import type { Ledger } from './fixture';

const rules: ClubSettingsDto = {
  active: true,
  pointsPerReferral: 40,
  pointsPerTopupStep: 10,
  topupStepRials: 100_000,
  thresholdPoints: 100,
  rewardRials: 5_000,
};

describe('customer club', () => {
  let ledger: Ledger;
  let club: ClubService;
  let consumer: AccountsConsumer;
  beforeAll(async () => {
    ledger = await scratchLedger(10);
    const customers = new CustomersService();
    club = new ClubService(ledger.source, ledger.transactions, customers, ledger.ledger, ledger.outbox);
    consumer = new AccountsConsumer(
      new Inbox(ledger.source),
      customers,
      new PlansService(ledger.source, ledger.ledger),
      new LevelsService(ledger.source, ledger.transactions, ledger.outbox),
      club,
    );
  });
  afterAll(async () => {
    expect((await auditLedger(ledger.source)).differences).toEqual([]);
    // Every member is the sum of its points.
    expect(
      await query(
        ledger.source,
        `SELECT m.* FROM club_members m LEFT JOIN (
           SELECT customer_id, owner_id, sum(points) AS points FROM club_points GROUP BY 1, 2) p
           USING (customer_id, owner_id) WHERE m.points IS DISTINCT FROM p.points`,
      ),
    ).toEqual([]);
    await ledger.drop();
  });

  async function created(over: Partial<AccountCreatedDto> = {}): Promise<string> {
    const account: AccountCreatedDto = {
      accountId: randomUUID(),
      name: 'مشتری',
      grants: [{ role: 'sms_customer', scopes: [] }],
      disabled: false,
      stamp: 1,
      ...over,
    };
    const received = {
      id: uuidv7(),
      name: 'identity.account.created',
      queue: 'billing.accounts',
      attempt: 1,
    };
    const result = (await consumer.onCreated(account, received)) as { failed?: Error } | undefined | void;
    if (result?.failed) throw result.failed;
    return account.accountId;
  }
  async function resellerWith(
    creditRials: number,
    settings: ClubSettingsDto | undefined = rules,
  ): Promise<string> {
    const resellerId = await created({ grants: [{ role: 'reseller', scopes: [] }] });
    if (settings) await club.saveSettings(resellerId, resellerId, settings);
    if (creditRials > 0) await credit(resellerId, creditRials);
    return resellerId;
  }
  const credit = (customerId: string, amountRials: number): Promise<unknown> =>
    ledger.wallets.credit({ transferId: randomUUID(), customerId, amountRials, reason: 'شارژ' });
  const available = async (customerId: string): Promise<number> =>
    (await ledger.wallets.read(customerId)).availableRials;
  /** As a settled top-up: credit, then points, in one transaction. */
  const topup = (customerId: string, amountRials: number, topupId: string = randomUUID()): Promise<void> =>
    ledger.transactions.run(async (tx) => {
      await ledger.ledger.credit(tx, {
        transferId: topupId,
        kind: 'topup',
        customerId,
        amountRials,
        reason: 'شارژ',
      });
      await club.onTopup(tx, customerId, topupId, amountRials);
    });
  async function awaiting(owner: string): Promise<RewardDto> {
    const [reward] = (await club.rewards(owner, { state: 'awaiting' })).rewards;
    if (!reward) throw new Error('no reward waits');
    return reward;
  }
  const told = async (name: string, rewardId: string): Promise<number> =>
    (
      await query(ledger.source, `SELECT FROM outbox WHERE name = $1 AND payload->>'rewardId' = $2`, [
        name,
        rewardId,
      ])
    ).length;

  it('BIL-015 BIL-017 points for a top-up and an introduced user, each cause once', async () => {
    const resellerId = await resellerWith(0);
    const customerId = await created({ resellerId });
    const topupId = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => topup(customerId, 399_999, topupId)));
    expect(await club.read(customerId)).toMatchObject({ points: 30, pointsToReward: 70, introducedUsers: 0 });

    const friend = randomUUID();
    await Promise.all(
      Array.from({ length: 5 }, () => created({ accountId: friend, referrerId: customerId, resellerId })),
    );
    await created({ referrerId: customerId });
    expect(await club.read(customerId)).toEqual({
      status: 'awaiting',
      points: 110,
      pointsToReward: 90,
      rules,
      introducedUsers: 2,
      rewards: [expect.objectContaining({ state: 'awaiting', thresholdPoints: 100, rewardRials: 5_000 })],
    });
    expect(await told(billingEvents.rewardAwaiting.name, (await awaiting(resellerId)).id)).toBe(1);
  });

  it('BIL-211 without settings, or with a closed club, no points and no rewards', async () => {
    const [none, closed] = [
      await resellerWith(0, undefined),
      await resellerWith(0, { ...rules, active: false }),
    ];
    // `resellerWith` takes its default for undefined: this one has none.
    await query(ledger.source, 'DELETE FROM club_settings WHERE owner_id = $1', [none]);
    for (const resellerId of [none, closed]) {
      const customerId = await created({ resellerId });
      await topup(customerId, 10_000_000);
      await created({ referrerId: customerId, resellerId });
      expect(await club.read(customerId)).toEqual({
        status: 'inactive',
        points: 0,
        pointsToReward: null,
        rules: null,
        introducedUsers: 1,
        rewards: [],
      });
    }
    expect(await club.settings(none)).toEqual({ settings: null });
  });

  it('BIL-019 BIL-212 approved, the credit moves at once and the points are lowered once, however many approve', async () => {
    const resellerId = await resellerWith(20_000);
    const customerId = await created({ resellerId });
    await topup(customerId, 1_300_000);
    const { id } = await awaiting(resellerId);
    const granted = await Promise.all(
      Array.from({ length: 8 }, () => club.approve(resellerId, resellerId, id)),
    );
    expect(granted.map(({ state }) => state)).toEqual(Array<string>(8).fill('granted'));
    expect([await available(resellerId), await available(customerId)]).toEqual([15_000, 1_305_000]);
    expect(await club.read(customerId)).toMatchObject({
      status: 'collecting',
      points: 30,
      pointsToReward: 70,
    });
    expect(await told(billingEvents.rewardGranted.name, id)).toBe(1);
  });

  it('BIL-016 one reward a crossing: a great top-up is granted one after the other, and no more than its points', async () => {
    const resellerId = await resellerWith(100_000);
    const customerId = await created({ resellerId });
    await topup(customerId, 3_500_000);
    for (let reward = 0; reward < 3; reward++) {
      const { rewards } = await club.rewards(resellerId, { state: 'awaiting' });
      expect(rewards).toHaveLength(1);
      await club.approve(resellerId, resellerId, rewards[0]?.id ?? '');
    }
    expect((await club.rewards(resellerId, { state: 'awaiting' })).rewards).toEqual([]);
    expect((await club.rewards(resellerId, {})).rewards).toHaveLength(3);
    expect(await club.read(customerId)).toMatchObject({ points: 50, pointsToReward: 50 });
    expect(await available(resellerId)).toBe(85_000);
  });

  it('with too little credit of the reseller nothing changes', async () => {
    const resellerId = await resellerWith(4_999);
    const customerId = await created({ resellerId });
    await topup(customerId, 1_000_000);
    const { id } = await awaiting(resellerId);
    expect(await refusal(club.approve(resellerId, resellerId, id))).toBe('wallet.insufficientCredit');
    expect([await available(resellerId), await available(customerId)]).toEqual([4_999, 1_000_000]);
    expect(await club.read(customerId)).toMatchObject({ status: 'awaiting', points: 100 });
    await credit(resellerId, 1);
    expect(await club.approve(resellerId, resellerId, id)).toMatchObject({ state: 'granted' });
  });

  it('refused, the points stay, but the next reward takes as many new ones', async () => {
    const resellerId = await resellerWith(20_000);
    const customerId = await created({ resellerId });
    await topup(customerId, 1_200_000);
    const { id } = await awaiting(resellerId);
    expect(await club.refuse(resellerId, resellerId, { rewardId: id, reason: 'خرید مشکوک' })).toMatchObject({
      state: 'refused',
      refusal: 'خرید مشکوک',
    });
    expect(await told(billingEvents.rewardRefused.name, id)).toBe(1);
    expect(await club.read(customerId)).toMatchObject({
      status: 'collecting',
      points: 120,
      pointsToReward: 80,
    });
    await topup(customerId, 700_000);
    expect((await club.rewards(resellerId, { state: 'awaiting' })).rewards).toEqual([]);
    await topup(customerId, 100_000);
    await club.approve(resellerId, resellerId, (await awaiting(resellerId)).id);
    expect(await club.read(customerId)).toMatchObject({ points: 100, pointsToReward: 100 });
    expect(await available(customerId)).toBe(2_005_000);
  });

  it('every move of the table, and no other; approval and refusal at once end as one of them', async () => {
    const resellerId = await resellerWith(1_000_000);
    const acts: Record<Exclude<RewardState, 'awaiting'>, (id: string) => Promise<unknown>> = {
      granted: (id) => club.approve(resellerId, resellerId, id),
      refused: (id) => club.refuse(resellerId, resellerId, { rewardId: id, reason: 'نه' }),
    };
    const ready = async (): Promise<{ id: string; customerId: string }> => {
      const customerId = await created({ resellerId });
      await topup(customerId, 1_000_000);
      return awaiting(resellerId);
    };
    for (const from of rewardStates) {
      for (const to of ['granted', 'refused'] as const) {
        const { id, customerId } = await ready();
        if (from !== 'awaiting') await acts[from](id);
        const outcome = await refusal(acts[to](id));
        const allowed = rewardTransitions[from].includes(to) || from === to;
        expect([from, to, outcome]).toEqual([from, to, allowed ? 'accepted' : 'reward.decided']);
        const granted = (await available(customerId)) === 1_005_000;
        expect([from, to, granted]).toEqual([
          from,
          to,
          from === 'granted' || (from === 'awaiting' && to === 'granted'),
        ]);
      }
    }
    for (let round = 0; round < 5; round++) {
      const { id, customerId } = await ready();
      const outcomes = await Promise.all([acts.granted(id), acts.refused(id), acts.granted(id)].map(refusal));
      const { rewards } = await club.read(customerId);
      const granted = rewards[0]?.state === 'granted';
      expect(outcomes).toEqual(
        granted
          ? ['accepted', 'reward.decided', 'accepted']
          : ['reward.decided', 'accepted', 'reward.decided'],
      );
      expect(await available(customerId)).toBe(granted ? 1_005_000 : 1_000_000);
    }
  });

  it('top-ups and approvals of one customer at once neither deadlock nor lose points', async () => {
    const resellerId = await resellerWith(1_000_000);
    const customerId = await created({ resellerId });
    await topup(customerId, 1_000_000);
    const { id } = await awaiting(resellerId);
    await Promise.all([
      ...Array.from({ length: 10 }, () => topup(customerId, 100_000)),
      ...Array.from({ length: 4 }, () => club.approve(resellerId, resellerId, id)),
      ...Array.from({ length: 3 }, () => created({ resellerId, referrerId: customerId })),
    ]);
    // 100 + 10 x 10 + 3 x 40 earned, one reward taken.
    expect(await club.read(customerId)).toMatchObject({
      points: 220,
      introducedUsers: 3,
      status: 'awaiting',
    });
  });

  it('direct customers are members of the platform’s club, which pays from nobody’s wallet', async () => {
    await club.saveSettings(platformOwner, randomUUID(), { ...rules, rewardRials: 700 });
    const customerId = await created();
    const never = randomUUID();
    await topup(customerId, 1_000_000);
    // Billing does not know this one: it is a direct customer too.
    await topup(never, 1_000_000);
    const { rewards } = await club.rewards(platformOwner, {});
    expect(rewards.map((reward) => reward.customerId).sort()).toEqual([customerId, never].sort());
    for (const { id } of rewards) await club.approve(platformOwner, randomUUID(), id);
    expect([await available(customerId), await available(never)]).toEqual([1_000_700, 1_000_700]);
  });

  it('nobody decides about another’s club, nor about a customer that has gone', async () => {
    const [resellerId, other] = [await resellerWith(10_000), await resellerWith(10_000)];
    const customerId = await created({ resellerId });
    await topup(customerId, 1_000_000);
    const { id } = await awaiting(resellerId);
    for (const owner of [other, platformOwner]) {
      expect(await refusal(club.approve(owner, owner, id))).toBe('reward.notFound');
      expect(await refusal(club.refuse(owner, owner, { rewardId: id, reason: 'نه' }))).toBe(
        'reward.notFound',
      );
    }
    expect((await club.rewards(other, {})).rewards).toEqual([]);
    await query(ledger.source, 'UPDATE customers SET reseller_id = $2 WHERE customer_id = $1', [
      customerId,
      other,
    ]);
    expect(await refusal(club.approve(resellerId, resellerId, id))).toBe('reward.notFound');
    expect(await available(customerId)).toBe(1_000_000);
    // It begins again with the other.
    expect(await club.read(customerId)).toMatchObject({ points: 0, status: 'collecting' });
  });

  it('BIL-212 whatever comes in whatever order, points and credit are what a plain sum says', async () => {
    type Act =
      { act: 'topup'; steps: number; again: boolean } | { act: 'refer' | 'grant' | 'refuse' | 'credit' };
    const acts = fc.array(
      fc.oneof(
        fc.record({
          act: fc.constant('topup' as const),
          steps: fc.nat({ max: 25 }),
          again: fc.boolean(),
        }),
        fc.record({
          act: fc.constantFrom('refer' as const, 'grant' as const, 'refuse' as const, 'credit' as const),
        }),
      ),
      { minLength: 5, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (commands: Act[]) => {
        const resellerId = await resellerWith(2 * rules.rewardRials);
        const customerId = await created({ resellerId });
        const sum = { points: 0, claimed: 0, own: 0, funds: 2 * rules.rewardRials, waits: false };
        const last = { id: randomUUID(), steps: 0 };
        const claim = (): void => {
          if (sum.waits || sum.points - sum.claimed < rules.thresholdPoints) return;
          sum.waits = true;
          sum.claimed += rules.thresholdPoints;
        };
        for (const command of commands) {
          if (command.act === 'topup') {
            const repeated = command.again && last.steps > 0;
            if (!repeated) Object.assign(last, { id: randomUUID(), steps: command.steps + 1 });
            await topup(customerId, last.steps * rules.topupStepRials, last.id);
            if (!repeated) {
              sum.points += last.steps * rules.pointsPerTopupStep;
              sum.own += last.steps * rules.topupStepRials;
            }
          } else if (command.act === 'refer') {
            await created({ resellerId, referrerId: customerId });
            sum.points += rules.pointsPerReferral;
          } else if (command.act === 'credit') {
            await credit(resellerId, rules.rewardRials);
            sum.funds += rules.rewardRials;
          } else if (sum.waits) {
            const { id } = await awaiting(resellerId);
            if (command.act === 'refuse') {
              await club.refuse(resellerId, resellerId, { rewardId: id, reason: 'نه' });
              sum.waits = false;
            } else if (sum.funds < rules.rewardRials) {
              expect(await refusal(club.approve(resellerId, resellerId, id))).toBe(
                'wallet.insufficientCredit',
              );
            } else {
              await club.approve(resellerId, resellerId, id);
              sum.waits = false;
              sum.points -= rules.thresholdPoints;
              sum.claimed -= rules.thresholdPoints;
              sum.funds -= rules.rewardRials;
              sum.own += rules.rewardRials;
            }
          }
          claim();
          const page = await club.read(customerId);
          expect([page.points, page.status, page.pointsToReward]).toEqual([
            sum.points,
            sum.waits ? 'awaiting' : 'collecting',
            Math.max(0, rules.thresholdPoints - (sum.points - sum.claimed)),
          ]);
          expect([await available(customerId), await available(resellerId)]).toEqual([sum.own, sum.funds]);
        }
      }),
      { numRuns: 25, interruptAfterTimeLimit: 8_000 },
    );
  });

  it('points are a ledger: they cannot be changed or taken away', async () => {
    const resellerId = await resellerWith(0);
    await topup(await created({ resellerId }), 100_000);
    for (const sql of ['UPDATE club_points SET points = 1000', 'DELETE FROM club_points'])
      await expect(query(ledger.source, sql)).rejects.toMatchObject({ code: 'BL000' });
  });
});
