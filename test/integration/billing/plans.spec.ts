import { randomUUID } from 'node:crypto';
import type { AccountCreatedDto } from '@peyk/contracts/identity';
import { execute, query } from '@peyk/database';
import { Inbox } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { ClubService } from '../../../apps/billing/src/club/club.service';
import { AccountsConsumer } from '../../../apps/billing/src/plans/accounts.consumer';
import { CustomersService } from '../../../apps/billing/src/customers/customers.service';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { PlansService } from '../../../apps/billing/src/plans/plans.service';
import { LevelsService } from '../../../apps/billing/src/tariffs/levels.service';
import { refusal, scratchLedger } from './fixture';
import type { Ledger } from './fixture';

describe('plans', () => {
  let ledger: Ledger;
  let plans: PlansService;
  let consumer: AccountsConsumer;
  let levels: LevelsService;
  beforeAll(async () => {
    ledger = await scratchLedger(10);
    plans = new PlansService(ledger.source, ledger.ledger);
    const customers = new CustomersService();
    const club = new ClubService(ledger.source, ledger.transactions, customers, ledger.ledger, ledger.outbox);
    levels = new LevelsService(ledger.source, ledger.transactions, ledger.outbox);
    consumer = new AccountsConsumer(new Inbox(ledger.source), customers, plans, levels, club);
  });
  afterAll(async () => {
    expect((await auditLedger(ledger.source)).differences).toEqual([]);
    await ledger.drop();
  });

  const account = (over: Partial<AccountCreatedDto> = {}): AccountCreatedDto => ({
    accountId: randomUUID(),
    name: 'فروشگاه',
    grants: [{ role: 'sms_customer', scopes: [] }],
    disabled: false,
    stamp: 1,
    signedUpAs: 'sms_customer',
    plan: 'start',
    ...over,
  });
  const delivery = (attempt = 1, id: string = randomUUID()): Received => ({
    id,
    name: 'identity.account.created',
    queue: 'billing.accounts',
    attempt,
  });

  /** The transport's decorator turns what a handler throws into a result. */
  const handled = async (handling: Promise<unknown>): Promise<void> => {
    const result = (await handling) as { failed?: Error } | undefined;
    if (result?.failed) throw result.failed;
  };
  const onCreated = (created: AccountCreatedDto, received = delivery()): Promise<void> =>
    handled(consumer.onCreated(created, received));

  it('BIL-022 IDN-033 lists those that can be chosen, the cheapest first', async () => {
    const listed = (await plans.list()).plans;
    expect(listed.map(({ code, priceRials }) => [code, priceRials])).toEqual([
      ['start', 0],
      ['business', 5_000_000],
      ['organization', 20_000_000],
    ]);
    for (const plan of listed) {
      expect(plan.title).toMatch(/\p{Script=Arabic}/u);
      // A trial sends at least one message of two parts on the dearest tariff.
      expect(plan.trialRials).toBeGreaterThan(7_314);
    }
    await execute(ledger.source, `UPDATE plans SET active = false WHERE code = 'organization'`);
    expect((await plans.list()).plans.map(({ code }) => code)).toEqual(['start', 'business']);
  });

  it('IDN-215 gives a new customer wallet, plan and trial credit', async () => {
    const created = account();
    await onCreated(created, delivery());
    expect(await ledger.wallets.read(created.accountId)).toMatchObject({
      postedRials: 50_000,
      availableRials: 50_000,
    });
    expect(await plans.of(created.accountId)).toMatchObject({ plan: { code: 'start' }, state: 'active' });
    const { entries } = await ledger.wallets.statement(created.accountId, {});
    expect(entries).toMatchObject([{ kind: 'trial', amountRials: 50_000, reason: 'اعتبار آزمایشی ثبت‌نام' }]);
    // An id that every reader of the contract takes.
    expect(entries[0]?.transferId).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it('a plan with a price begins as a trial, also when it was taken off the list meanwhile', async () => {
    for (const [plan, rials] of [
      ['business', 100_000],
      ['organization', 200_000],
    ] as const) {
      const created = account({ plan });
      await onCreated(created, delivery());
      expect(await plans.of(created.accountId)).toMatchObject({ plan: { code: plan }, state: 'trial' });
      expect((await ledger.wallets.read(created.accountId)).postedRials).toBe(rials);
    }
  });

  it('gives one trial however often and however concurrently the event comes', async () => {
    const created = account();
    const received = delivery();
    await Promise.all([
      ...Array.from({ length: 10 }, () => onCreated(created, received)),
      // The same fact under other message ids, as after a loss of the inbox.
      ...Array.from({ length: 10 }, () => onCreated(created, delivery())),
    ]);
    const { entries } = await ledger.wallets.statement(created.accountId, {});
    expect(entries).toHaveLength(1);
    expect((await ledger.wallets.read(created.accountId)).postedRials).toBe(50_000);
  });

  it('a customer made by somebody else, or a role given later, gets an empty wallet and no trial', async () => {
    const made = account({ signedUpAs: undefined, plan: undefined });
    await onCreated(made, delivery());
    const later = account({ signedUpAs: undefined, plan: undefined });
    await handled(consumer.onUpdated(later, delivery()));
    await handled(consumer.onUpdated(later, delivery()));
    for (const { accountId } of [made, later]) {
      expect((await ledger.wallets.read(accountId)).postedRials).toBe(0);
      expect(await plans.of(accountId)).toEqual({ plan: null, state: null, since: null });
    }
  });

  it('who is no customer has no wallet, whatever the event claims', async () => {
    for (const role of ['portal_user', 'student', 'admin'] as const) {
      const created = account({ grants: [{ role, scopes: [] }], signedUpAs: 'portal_user' });
      await onCreated(created, delivery());
      expect(await refusal(ledger.wallets.read(created.accountId))).toBe('wallet.notFound');
    }
  });

  it('a plan that never was goes to the dead letters and leaves nothing', async () => {
    const created = account({ plan: 'none' });
    expect(await refusal(onCreated(created, delivery()))).toBe('PoisonError');
    expect(await refusal(ledger.wallets.read(created.accountId))).toBe('wallet.notFound');
  });

  it('BIL-009 a new reseller has the reseller’s tariff; a level that somebody gave it stays', async () => {
    const levelOf = async (customerId: string): Promise<unknown> =>
      (
        await query<{ level: string }>(ledger.source, 'SELECT level FROM customers WHERE customer_id = $1', [
          customerId,
        ])
      )[0]?.level;
    const reseller = account({ grants: [{ role: 'reseller', scopes: [] }], plan: undefined });
    await consumer.onCreated(reseller, delivery());
    expect(await levelOf(reseller.accountId)).toBe('reseller');
    const by = randomUUID();
    await ledger.transactions.run((tx) =>
      levels.set(tx, {
        customerId: reseller.accountId,
        level: 'standard',
        cause: 'admin',
        by,
        reason: 'قرارداد',
      }),
    );
    await consumer.onUpdated({ ...reseller, stamp: 2 }, delivery());
    expect(await levelOf(reseller.accountId)).toBe('standard');

    // Somebody who becomes one later, and somebody who does not.
    const later = account();
    await consumer.onCreated(later, delivery());
    expect(await levelOf(later.accountId)).toBe('standard');
    const grants = [...later.grants, { role: 'reseller' as const, scopes: [] }];
    await consumer.onUpdated({ ...later, grants, stamp: 2 }, delivery());
    expect(await levelOf(later.accountId)).toBe('reseller');
  });
});
