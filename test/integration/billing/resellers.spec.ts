import { randomUUID } from 'node:crypto';
import { operators } from '@peyk/contracts';
import { billingEvents, topupRequestStates } from '@peyk/contracts/billing';
import type { TopupRequestState, UserTopupRequestDto } from '@peyk/contracts/billing';
import type { AccountChangedDto } from '@peyk/contracts/identity';
import { query, uuidv7 } from '@peyk/database';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { CustomersService } from '../../../apps/billing/src/customers/customers.service';
import { MarginsService } from '../../../apps/billing/src/resellers/margins.service';
import { ResellerTariffsService } from '../../../apps/billing/src/resellers/reseller-tariffs.service';
import { topupRequestTransitions } from '../../../apps/billing/src/resellers/topup-request.entity';
import { TopupRequestsService } from '../../../apps/billing/src/resellers/topup-requests.service';
import { UsersService } from '../../../apps/billing/src/resellers/users.service';
import { TariffsService } from '../../../apps/billing/src/tariffs/tariffs.service';
import { holdOf, refusal, scratchLedger } from './fixture';
import type { Ledger } from './fixture';

const dayMs = 86_400_000;

describe('resellers', () => {
  let ledger: Ledger;
  let customers: CustomersService;
  let users: UsersService;
  let requests: TopupRequestsService;
  let tariffs: ResellerTariffsService;
  let margins: MarginsService;
  beforeAll(async () => {
    ledger = await scratchLedger(10);
    const { source, transactions } = ledger;
    customers = new CustomersService();
    users = new UsersService(source, transactions, customers, ledger.ledger);
    requests = new TopupRequestsService(source, transactions, customers, ledger.ledger, ledger.outbox);
    tariffs = new ResellerTariffsService(source, transactions);
    margins = new MarginsService(ledger.ledger);
  });
  afterAll(async () => {
    expect((await auditLedger(ledger.source)).differences).toEqual([]);
    await ledger.drop();
  });

  const account = (over: Partial<AccountChangedDto> = {}): AccountChangedDto => ({
    accountId: randomUUID(),
    name: 'کاربر',
    grants: [{ role: 'sms_customer', scopes: [] }],
    disabled: false,
    stamp: 1,
    ...over,
  });
  const take = (of: AccountChangedDto, eventId = uuidv7()): Promise<boolean> =>
    ledger.transactions.run((tx) => customers.take(tx, eventId, of));
  /** A reseller with credit and a user of it. */
  async function resellerWith(amountRials: number): Promise<{ resellerId: string; userId: string }> {
    const reseller = account({ name: 'نماینده', grants: [{ role: 'reseller', scopes: [] }] });
    const user = account({ resellerId: reseller.accountId });
    await take(reseller);
    await take(user);
    if (amountRials > 0) await credit(reseller.accountId, amountRials);
    return { resellerId: reseller.accountId, userId: user.accountId };
  }
  const credit = (customerId: string, amountRials: number): Promise<unknown> =>
    ledger.wallets.credit({ transferId: randomUUID(), customerId, amountRials, reason: 'شارژ' });
  async function available(customerId: string): Promise<number> {
    return ledger.wallets.read(customerId).then(
      (wallet) => wallet.availableRials,
      () => 0,
    );
  }
  const transfer = (
    resellerId: string,
    customerId: string,
    amountRials: number,
    key: string = randomUUID(),
  ) => users.transfer(resellerId, { customerId, amountRials, idempotencyKey: key });
  async function told(name: string, requestId: string): Promise<number> {
    const rows = await query(
      ledger.source,
      `SELECT FROM outbox WHERE name = $1 AND payload->>'requestId' = $2`,
      [name, requestId],
    );
    return rows.length;
  }

  it('the copy of an account is the latest: by stamp, then by message', async () => {
    const [first, second] = [account({ name: 'رضا' }), account()];
    const [older, newer] = [uuidv7(), uuidv7()];
    expect(await take({ ...first, name: 'رضایی', resellerId: second.accountId }, newer)).toBe(true);
    // A new name or reseller leaves the stamp as it is.
    expect(await take(first, older)).toBe(false);
    expect(await take({ ...first, stamp: 2, name: 'نو' }, older)).toBe(true);
    expect(await take({ ...first, stamp: 1, disabled: true }, uuidv7())).toBe(false);
    const [row] = await query(
      ledger.source,
      'SELECT name, reseller_id, level, disabled, stamp FROM customers WHERE customer_id = $1',
      [first.accountId],
    );
    expect(row).toEqual({ name: 'نو', reseller_id: null, level: 'standard', disabled: false, stamp: 2 });
  });

  describe('credit for users (BIL-209)', () => {
    it('moves once per key, however often and at once it is asked for', async () => {
      const { resellerId, userId } = await resellerWith(1_000);
      const key = randomUUID();
      const made = await Promise.all(Array.from({ length: 8 }, () => transfer(resellerId, userId, 300, key)));
      expect(new Set(made.map(({ transferId }) => transferId)).size).toBe(1);
      expect([await available(resellerId), await available(userId)]).toEqual([700, 300]);
      expect(await refusal(transfer(resellerId, userId, 301, key))).toBe('idempotency.keyReused');
      // The same key of somebody else is another.
      const other = await resellerWith(500);
      await transfer(other.resellerId, other.userId, 500, key);
      expect([await available(other.resellerId), await available(other.userId)]).toEqual([0, 500]);
    });

    it('never more than is available, held credit left out, under any number of transfers at once', async () => {
      const { resellerId, userId } = await resellerWith(1_000);
      await holdOf(ledger, resellerId, 400);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => refusal(transfer(resellerId, userId, 100))),
      );
      expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(6);
      expect(outcomes.filter((outcome) => outcome === 'wallet.insufficientCredit')).toHaveLength(4);
      expect([await available(resellerId), await available(userId)]).toEqual([0, 600]);
    });

    it("a user of somebody else, a direct customer and nobody's id are the same: not found", async () => {
      const [mine, other] = [await resellerWith(1_000), await resellerWith(0)];
      const direct = account();
      await take(direct);
      for (const id of [other.userId, other.resellerId, direct.accountId, randomUUID(), mine.resellerId])
        expect(await refusal(transfer(mine.resellerId, id, 1))).toBe('account.notFound');
      expect(await available(mine.resellerId)).toBe(1_000);
    });

    it('two resellers who are each other’s users do not wait for each other for ever', async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      await take(account({ accountId: a, resellerId: b }));
      await take(account({ accountId: b, resellerId: a }));
      await Promise.all([credit(a, 10_000), credit(b, 10_000)]);
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? transfer(a, b, 100) : transfer(b, a, 100))),
      );
      expect((await available(a)) + (await available(b))).toBe(20_000);
    });
  });

  describe('requests of users (BIL-209, SMT-215)', () => {
    const ask = (customerId: string, amountRials: number, now?: Date, key: string = randomUUID()) =>
      requests.create(customerId, { amountRials, note: 'لطفاً', idempotencyKey: key }, now);

    it('is told to the reseller, approved once and paid at once', async () => {
      const { resellerId, userId } = await resellerWith(1_000);
      const key = randomUUID();
      const asked = await Promise.all(Array.from({ length: 5 }, () => ask(userId, 400, undefined, key)));
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
      const { id } = asked[0] as UserTopupRequestDto;
      expect(asked[0]).toMatchObject({ state: 'open', customerName: 'کاربر', resellerId, endedAt: null });
      expect(await told(billingEvents.topupRequestCreated.name, id)).toBe(1);
      expect(await refusal(ask(userId, 401, undefined, key))).toBe('idempotency.keyReused');
      expect(await refusal(ask(userId, 400))).toBe('topupRequest.alreadyOpen');

      const approved = await Promise.all(Array.from({ length: 8 }, () => requests.approve(resellerId, id)));
      expect(approved.map(({ state }) => state)).toEqual(Array<string>(8).fill('approved'));
      expect([await available(resellerId), await available(userId)]).toEqual([600, 400]);
      expect(await told(billingEvents.topupRequestApproved.name, id)).toBe(1);
      // The next one may be asked for.
      await ask(userId, 1);
      const mine = await requests.list({ customerId: userId }, { limit: 1 });
      expect(mine.requests).toMatchObject([{ amountRials: 1 }]);
      const next = await requests.list({ customerId: userId }, { limit: 1, cursor: mine.nextCursor });
      expect([next.requests.map((one) => one.id), next.nextCursor]).toEqual([[id], undefined]);
    });

    it('with too little credit of the reseller nothing changes', async () => {
      const { resellerId, userId } = await resellerWith(100);
      const { id } = await ask(userId, 101);
      expect(await refusal(requests.approve(resellerId, id))).toBe('wallet.insufficientCredit');
      expect([await available(resellerId), await available(userId)]).toEqual([100, 0]);
      expect((await requests.list({ resellerId }, { state: 'open' })).requests).toMatchObject([{ id }]);
      await credit(resellerId, 1);
      expect(await requests.approve(resellerId, id)).toMatchObject({ state: 'approved' });
    });

    it('only the own reseller decides; nobody else learns that it exists', async () => {
      const { resellerId, userId } = await resellerWith(1_000);
      const other = await resellerWith(1_000);
      const { id } = await ask(userId, 10);
      const refusals = await Promise.all(
        [
          requests.approve(other.resellerId, id),
          requests.refuse(other.resellerId, { requestId: id, reason: 'نه' }),
          requests.withdraw(other.userId, id),
          requests.withdraw(resellerId, id),
          requests.approve(userId, id),
        ].map(refusal),
      );
      expect(refusals).toEqual(Array(5).fill('topupRequest.notFound'));
      expect((await requests.list({ resellerId: other.resellerId }, {})).requests).toEqual([]);
      // Gone to another reseller: neither may decide.
      await take(account({ accountId: userId, resellerId: other.resellerId, stamp: 2 }));
      expect(await refusal(requests.approve(resellerId, id))).toBe('topupRequest.notFound');
      expect(await refusal(requests.approve(other.resellerId, id))).toBe('topupRequest.notFound');
    });

    it('who has no reseller is told to pay at the bank', async () => {
      const direct = account();
      await take(direct);
      for (const id of [direct.accountId, randomUUID()])
        expect(await refusal(ask(id, 10))).toBe('topupRequest.noReseller');
    });

    it('every move of the table, and no other', async () => {
      const { resellerId, userId } = await resellerWith(1_000_000);
      const later = new Date(Date.now() + 8 * dayMs);
      const acts: Record<Exclude<TopupRequestState, 'open'>, (id: string) => Promise<unknown>> = {
        approved: (id) => requests.approve(resellerId, id),
        refused: (id) => requests.refuse(resellerId, { requestId: id, reason: 'اعتبار ندارید' }),
        withdrawn: (id) => requests.withdraw(userId, id),
        expired: () => requests.expireDue(later),
      };
      const stateOf = async (id: string): Promise<string | undefined> =>
        (await requests.list({ customerId: userId }, { limit: 200 })).requests.find((one) => one.id === id)
          ?.state;
      for (const from of topupRequestStates) {
        for (const to of topupRequestStates) {
          if (to === 'open') continue;
          const { id } = await ask(userId, 1);
          if (from !== 'open') await acts[from](id);
          const before = await available(userId);
          const outcome = await refusal(acts[to](id));
          const allowed = topupRequestTransitions[from].includes(to);
          expect([from, to, await stateOf(id)]).toEqual([from, to, allowed || from === to ? to : from]);
          if (!allowed && from !== to && to !== 'expired')
            expect([from, to, outcome]).toEqual([from, to, 'topupRequest.ended']);
          expect(await available(userId)).toBe(before + (allowed && to === 'approved' ? 1 : 0));
          if ((await stateOf(id)) === 'open') await requests.withdraw(userId, id);
        }
      }
    });

    it('runs out after seven days, also before the job has come by', async () => {
      const { resellerId, userId } = await resellerWith(1_000);
      const asked = new Date(Date.now() - 7 * dayMs);
      const { id } = await ask(userId, 10, asked);
      const before = new Date(asked.getTime() + 7 * dayMs - 1);
      expect(await refusal(ask(userId, 11, before))).toBe('topupRequest.alreadyOpen');
      expect(await refusal(requests.approve(resellerId, id))).toBe('topupRequest.ended');
      expect(await available(userId)).toBe(0);
      await ask(userId, 11);
      expect((await requests.list({ customerId: userId }, { state: 'expired' })).requests).toMatchObject([
        { id },
      ]);
    });
  });

  describe('what users pay (BIL-009, BIL-018)', () => {
    const key = { lineClass: 'service', language: 'fa', operator: 'mci' } as const;
    beforeAll(async () => {
      await query(
        ledger.source,
        `INSERT INTO tariffs (id, line_class, language, operator, level, valid_from, rials_per_part)
           SELECT gen_random_uuid(), 'service', 'fa', operator, 'standard', now() - interval '1 day', 100
             FROM unnest($1::text[]) AS operator
           UNION ALL SELECT gen_random_uuid(), 'service', 'fa', 'mci', 'reseller', now() - interval '1 day', 80
           UNION ALL SELECT gen_random_uuid(), 'service', 'fa', 'mci', 'reseller', now() + interval '10 days', 95`,
        [operators],
      );
    });
    const asReseller = (resellerId: string) =>
      query(ledger.source, `UPDATE customers SET level = 'reseller' WHERE customer_id = $1`, [resellerId]);

    it('never below what it costs the reseller at that moment', async () => {
      const { resellerId, userId } = await resellerWith(0);
      await asReseller(resellerId);
      expect(await refusal(tariffs.set(resellerId, { ...key, rialsPerPart: 79 }))).toBe('price.belowCost');
      expect(await tariffs.set(resellerId, { ...key, rialsPerPart: 90 })).toMatchObject({
        costRialsPerPart: 80,
      });
      // Again, it is the same one.
      const again = await tariffs.set(resellerId, { ...key, rialsPerPart: 90 });
      expect((await tariffs.list(resellerId)).tariffs).toEqual([again]);
      const inElevenDays = new Date(Date.now() + 11 * dayMs).toISOString();
      expect(
        await refusal(tariffs.set(resellerId, { ...key, rialsPerPart: 94, validFrom: inElevenDays })),
      ).toBe('price.belowCost');
      await tariffs.set(resellerId, { ...key, rialsPerPart: 120, validFrom: inElevenDays });
      await tariffs.set(resellerId, { ...key, rialsPerPart: 110, validFrom: inElevenDays });
      const past = new Date(Date.now() - 120_000).toISOString();
      expect(await refusal(tariffs.set(resellerId, { ...key, rialsPerPart: 100, validFrom: past }))).toBe(
        'price.timePast',
      );
      expect(await refusal(tariffs.set(resellerId, { ...key, language: 'en', rialsPerPart: 100 }))).toBe(
        'tariff.missing',
      );
      expect((await tariffs.list(resellerId)).tariffs).toMatchObject([
        { ...key, rialsPerPart: 90, costRialsPerPart: 80 },
        { ...key, rialsPerPart: 110, costRialsPerPart: 95 },
      ]);
      expect((await tariffs.list(userId)).tariffs).toEqual([]);
    });

    it('its users pay it, with the cost and the reseller beside; others do not', async () => {
      const { resellerId, userId } = await resellerWith(0);
      await asReseller(resellerId);
      await tariffs.set(resellerId, { ...key, rialsPerPart: 90 });
      const other = await resellerWith(0);
      const prices = new TariffsService(ledger.source);
      const priceOf = async (customerId: string): Promise<unknown> => {
        const answer = await prices.prices({ customerId, lineClass: 'service', language: 'fa' });
        return { ...answer.prices.find(({ operator }) => operator === 'mci'), of: answer.resellerId };
      };
      expect(await priceOf(userId)).toEqual({
        operator: 'mci',
        rialsPerPart: 90,
        costRialsPerPart: 80,
        of: resellerId,
      });
      expect(await priceOf(resellerId)).toMatchObject({ rialsPerPart: 80, of: undefined });
      expect(await priceOf(other.userId)).toMatchObject({ rialsPerPart: 100, of: other.resellerId });
    });
  });

  describe('what a reseller earns and sees (BIL-210)', () => {
    /** A send of the user that captured so much of its hold and paid so much back. */
    async function charged(userId: string, captureRials: number, refundRials = 0): Promise<string> {
      const sendId = await holdOf(ledger, userId, captureRials + 50);
      await ledger.transactions.run((tx) =>
        ledger.holds.charge(tx, randomUUID(), { sendId, customerId: userId, captureRials, refundRials: 0 }),
      );
      if (refundRials > 0)
        await ledger.transactions.run((tx) =>
          ledger.holds.charge(tx, randomUUID(), { sendId, customerId: userId, captureRials: 0, refundRials }),
        );
      return sendId;
    }
    const close = (sendId: string, customerId: string, chargedRials: number): Promise<void> =>
      ledger.transactions.run((tx) => ledger.holds.close(tx, { sendId, customerId, chargedRials }));
    const earned = (
      sendId: string,
      { resellerId, userId }: { resellerId: string; userId: string },
      netRials: number,
      marginRials: number,
    ): Promise<void> =>
      ledger.transactions.run((tx) =>
        margins.pay(tx, { sendId, customerId: userId, resellerId, parts: 9, netRials, marginRials }),
      );

    it('the margin goes from the revenue of the send to the reseller, once, when the ledger has all of it', async () => {
      const of = await resellerWith(0);
      await credit(of.userId, 10_000);
      const sendId = await charged(of.userId, 1_000, 100);
      expect(await refusal(earned(sendId, of, 900, 180))).toBe('ChargesOutstandingError');
      await close(sendId, of.userId, 1_000);
      // A refund that is still on its way.
      expect(await refusal(earned(sendId, of, 800, 160))).toBe('ChargesOutstandingError');
      await Promise.all(Array.from({ length: 6 }, () => earned(sendId, of, 900, 180)));
      expect(await available(of.resellerId)).toBe(180);
      expect(await available(of.userId)).toBe(9_100);
      const { entries } = await ledger.wallets.statement(of.resellerId, {});
      expect(entries).toMatchObject([{ kind: 'margin', amountRials: 180 }]);
      expect(await refusal(earned(randomUUID(), of, 1, 1))).toBe('ChargesOutstandingError');
    });

    it('a receipt that comes even later is paid back; the margin stays', async () => {
      const of = await resellerWith(0);
      await credit(of.userId, 1_100);
      const sendId = await charged(of.userId, 1_000);
      await close(sendId, of.userId, 1_000);
      await earned(sendId, of, 1_000, 200);
      await ledger.transactions.run((tx) =>
        ledger.holds.charge(tx, randomUUID(), {
          sendId,
          customerId: of.userId,
          captureRials: 0,
          refundRials: 1_000,
        }),
      );
      expect([await available(of.userId), await available(of.resellerId)]).toEqual([1_100, 200]);
    });

    it('lists the own users with credit and use of a period, and nobody else’s', async () => {
      const of = await resellerWith(5_000);
      const second = account({ resellerId: of.resellerId, name: 'دوم' });
      await take(second);
      const other = await resellerWith(0);
      await transfer(of.resellerId, of.userId, 5_000);
      const sendId = await charged(of.userId, 1_000, 250);
      await holdOf(ledger, of.userId, 70);
      await close(sendId, of.userId, 1_000);
      await earned(sendId, of, 750, 75);

      const { users: all } = await users.list(of.resellerId, {});
      expect(all.map(({ customerId }) => customerId).sort()).toEqual([of.userId, second.accountId].sort());
      expect(all.find(({ customerId }) => customerId === of.userId)).toMatchObject({
        postedRials: 4_250,
        heldRials: 70,
        availableRials: 4_180,
        level: 'standard',
        use: { sends: 2, chargedRials: 1_000, refundedRials: 250, parts: 9, marginRials: 75 },
      });
      const unused = { sends: 0, chargedRials: 0, refundedRials: 0, parts: 0, marginRials: 0 };
      expect(all.find(({ customerId }) => customerId === second.accountId)).toMatchObject({
        name: 'دوم',
        availableRials: 0,
        use: unused,
      });
      // Another period; one user; page by page.
      const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
      const before = await users.list(of.resellerId, { customerId: of.userId, to: hourAgo });
      expect(before.users).toMatchObject([{ availableRials: 4_180, use: unused }]);
      const pages = [await users.list(of.resellerId, { limit: 1 })];
      pages.push(await users.list(of.resellerId, { limit: 1, cursor: pages[0]?.nextCursor }));
      expect(pages.flatMap((page) => page.users.map(({ customerId }) => customerId)).sort()).toEqual(
        all.map(({ customerId }) => customerId).sort(),
      );
      expect(pages[1]?.nextCursor).toBeUndefined();

      expect((await users.list(of.resellerId, { customerId: other.userId })).users).toEqual([]);
      expect((await users.list(undefined, { customerId: other.userId })).users).toHaveLength(1);
      for (const period of [
        { from: new Date().toISOString(), to: hourAgo },
        { from: new Date(Date.now() - 367 * dayMs).toISOString() },
      ])
        expect(await refusal(users.list(of.resellerId, period))).toBe('input.invalid');
      expect(await refusal(users.list(of.resellerId, { cursor: 'x' }))).toBe('input.invalid');
    });
  });
});
