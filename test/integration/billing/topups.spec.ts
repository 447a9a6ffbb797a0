import { randomUUID } from 'node:crypto';
import type { BankCode, TopupDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { BanksService } from '../../../apps/billing/src/banks/banks.service';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import type { LedgerService } from '../../../apps/billing/src/ledger/ledger.service';
import { Patience, TestBanks } from '../../support/bank';
import type { Callback, Outcome } from '../../support/bank';
import { refusal, scratchLedger } from './fixture';
import type { Ledger } from './fixture';
import { amountRials, giftRials, minute, MovedClock, patience, publicUrl, replicaOf } from './topups.fixture';
import type { Replica } from './topups.fixture';

describe('top-ups', () => {
  let ledger: Ledger;
  let banks: TestBanks;
  let one: Replica;
  let two: Replica;
  const clock = new MovedClock();

  beforeAll(async () => {
    ledger = await scratchLedger(20);
    banks = await TestBanks.start();
    one = replicaOf(ledger, banks, clock);
    two = replicaOf(ledger, banks, clock);
  });
  afterEach(async () => {
    await banks.clearFaults();
    for (const bank of ['mellat', 'zarinpal'] as const) await banks.line(bank, true);
  });
  afterAll(async () => {
    try {
      // Whatever was tried: every Rial is explained, and each credited payment is credited once, with its gift.
      expect((await auditLedger(ledger.owner)).differences).toEqual([]);
      const [sums] = await query<{ paid: number; credited: number; moved: number }>(
        ledger.owner,
        `SELECT (SELECT count(*) FROM topups WHERE state = 'credited') AS paid,
                (SELECT coalesce(sum(amount_rials + gift_rials), 0) FROM topups WHERE state = 'credited')::bigint AS credited,
                (SELECT coalesce(sum(amount_rials), 0) FROM transfers WHERE kind IN ('topup', 'gift'))::bigint AS moved`,
      );
      expect(sums?.credited).toBe(sums?.moved);
      expect(sums?.paid).toBeGreaterThan(10);
    } finally {
      await one.topups.onModuleDestroy();
      await two.topups.onModuleDestroy();
      await ledger.drop();
      await banks.stop();
    }
  });

  async function pass(ms: number): Promise<void> {
    clock.ahead += ms;
    await banks.advance(ms);
  }

  const begin = (bank: BankCode, customerId: string = randomUUID(), over: object = {}): Promise<TopupDto> =>
    one.topups.create(customerId, { amountRials, bank, idempotencyKey: randomUUID(), ...over });

  async function reference({ id }: TopupDto): Promise<string> {
    const [row] = await query<{ reference: string }>(
      ledger.source,
      'SELECT reference FROM topups WHERE id = $1',
      [id],
    );
    return row?.reference ?? '';
  }

  const fieldsOf = (callback: Callback): { name: string; value: string }[] =>
    Object.entries(callback.fields).map(([name, value]) => ({ name, value }));

  /** What the payer's browser brings. */
  async function pay(topup: TopupDto, outcome: Outcome = 'pay'): Promise<Callback> {
    const { callback } = await banks.pay(topup.bank, await reference(topup), { outcome });
    return callback ?? { method: 'GET', url: '', fields: {} };
  }

  const back = (topup: TopupDto, callback: Callback, at: Replica = one): Promise<TopupDto> =>
    at.topups.callback({ topupId: topup.id, fields: fieldsOf(callback) });

  const stateOf = async ({ id }: TopupDto): Promise<string> => (await one.topups.read(null, id)).state;

  /** Credit of the customer, Rial; 0 without a wallet. */
  async function creditOf({ customerId }: TopupDto): Promise<number> {
    const [row] = await query<{ posted: number }>(
      ledger.source,
      `SELECT posted_rials AS posted FROM accounts WHERE name = 'wallet:' || $1::uuid`,
      [customerId],
    );
    return row?.posted ?? 0;
  }

  const eventsOf = async ({ id }: TopupDto): Promise<string[]> =>
    (
      await query<{ name: string }>(
        ledger.source,
        `SELECT name FROM outbox WHERE payload->>'topupId' = $1 ORDER BY seq`,
        [id],
      )
    ).map(({ name }) => name);

  describe.each(['mellat', 'zarinpal'] as const)('through %s', (bank) => {
    it('BIL-001 BIL-010 BIL-012 BIL-214 goes from the amount to the credit with its gift and a receipt', async () => {
      const topup = await begin(bank);
      expect(topup).toMatchObject({
        state: 'sent',
        amountRials,
        giftRials,
        totalRials: amountRials + giftRials,
      });
      expect(topup.payUrl).toBe(`${publicUrl}/api/v1/payments/${topup.id}`);
      const start = await one.topups.start(topup.id);
      expect(start.url).toContain(bank === 'mellat' ? 'startpay.mellat' : '/pg/StartPay/A');
      const order = await banks.order(bank, await reference(topup));
      expect(order.callbackUrl).toBe(`${publicUrl}/api/v1/payments/${topup.id}/callback`);
      expect(await refusal(one.topups.receipt(topup.customerId, topup.id))).toBe('topup.notCredited');

      const credited = await back(topup, await pay(topup));
      expect(credited).toMatchObject({ state: 'credited', payUrl: null });
      expect(await creditOf(topup)).toBe(amountRials + giftRials);
      expect(await eventsOf(topup)).toEqual(['billing.topup.settled']);
      const after = await banks.order(bank, await reference(topup));
      expect(after.state).toBe(bank === 'mellat' ? 'settled' : 'verified');
      const receipt = await one.topups.receipt(topup.customerId, topup.id);
      expect(receipt).toMatchObject({ amountRials, giftRials, referenceNumber: after.saleReference });
      expect(receipt.card).toMatch(/^\d{6}\*+\d{4}$/);
      expect((await one.topups.start(topup.id)).url).toBeUndefined();
    });

    it('BIL-203 the same callback on 20 connections to two programs is one credit', async () => {
      const topup = await begin(bank);
      await banks.fault(bank, 'slow', { operation: 'verify', ms: 100 });
      const callback = await pay(topup);
      const states = await Promise.all(
        Array.from({ length: 20 }, (_, at) => back(topup, callback, at % 2 === 0 ? one : two)),
      );
      expect(states.filter(({ state }) => state === 'credited').length).toBeGreaterThanOrEqual(1);
      expect(await stateOf(topup)).toBe('credited');
      expect(await creditOf(topup)).toBe(amountRials + giftRials);
      expect(await eventsOf(topup)).toEqual(['billing.topup.settled']);
      expect((await banks.order(bank, await reference(topup))).calls['verify']).toBe(1);
      // And once more, a day later.
      expect((await back(topup, callback)).state).toBe('credited');
      expect(await creditOf(topup)).toBe(amountRials + giftRials);
    });

    it.each(['cut', 'drop', 'late', 'unavailable'] as const)(
      'BIL-203 the bank verifies and its answer is lost (%s): unknown, never failed, and credited once by the janitor',
      async (kind) => {
        const topup = await begin(bank);
        const callback = await pay(topup);
        await banks.fault(bank, kind, { operation: 'verify', count: 1, ms: 2 * Patience.short });
        const told = await (kind === 'late'
          ? patience.lose(() => back(topup, callback))
          : back(topup, callback));
        expect([told.state, told.message.includes('دوباره پرداخت نکنید')]).toEqual(['unknown', true]);
        expect(await creditOf(topup)).toBe(0);
        await pass(minute + 1_000);
        await Promise.all([one.janitor.run(), two.janitor.run(), one.janitor.run()]);
        expect(await stateOf(topup)).toBe('credited');
        expect(await creditOf(topup)).toBe(amountRials + giftRials);
      },
    );

    it('BIL-203 a program that dies between the verification and the credit is healed by the janitor, once', async () => {
      let dies = true;
      const dying = replicaOf(ledger, banks, clock, {
        credit: (...args: Parameters<LedgerService['credit']>) => {
          if (dies && args[1].kind === 'gift') throw new Error('killed');
          return ledger.ledger.credit(...args);
        },
      });
      const topup = await begin(bank);
      expect((await back(topup, await pay(topup), dying)).state).toBe('verified');
      // The amount was written before the death, and is not there: the gift belongs to the same transaction.
      expect(await creditOf(topup)).toBe(0);
      dies = false;
      await pass(3 * minute);
      await Promise.all([one.janitor.run(), two.janitor.run()]);
      expect(await stateOf(topup)).toBe('credited');
      expect(await creditOf(topup)).toBe(amountRials + giftRials);
      expect(await eventsOf(topup)).toEqual(['billing.topup.settled']);
    });

    it('BIL-203 a reference of another payment, or no callback at all, changes nothing', async () => {
      const topup = await begin(bank);
      const other = await begin(bank);
      const honest = await pay(topup);
      const theirs = await pay(other);
      const mixed = { ...honest, fields: { ...honest.fields, RefId: theirs.fields['RefId'] ?? '' } };
      for (const forged of [theirs, { ...honest, fields: {} }, ...(bank === 'mellat' ? [mixed] : [])]) {
        expect(await refusal(back(topup, forged))).toBe('topup.callbackForeign');
        expect([await stateOf(topup), await creditOf(topup)]).toEqual(['sent', 0]);
      }
      expect(await refusal(one.topups.callback({ topupId: randomUUID(), fields: [] }))).toBe(
        'topup.notFound',
      );
      expect((await back(topup, honest)).state).toBe('credited');
      expect((await back(other, theirs)).state).toBe('credited');
    });

    it('BIL-203 a callback that lies about a payment nobody made credits nothing', async () => {
      const topup = await begin(bank);
      const [row] = await query<{ orderId: string }>(
        ledger.source,
        'SELECT order_id::text AS "orderId" FROM topups WHERE id = $1',
        [topup.id],
      );
      const RefId = await reference(topup);
      const SaleOrderId = row?.orderId ?? '';
      const told = await back(topup, {
        method: 'POST',
        url: '',
        fields:
          bank === 'mellat'
            ? { RefId, SaleOrderId, ResCode: '0', SaleReferenceId: '127926981246', FinalAmount: '5000000' }
            : { Authority: RefId, Status: 'OK' },
      });
      expect([told.state, await creditOf(topup)]).toEqual(['failed', 0]);
      expect(await eventsOf(topup)).toEqual(['billing.topup.failed']);
    });

    it('a person who goes away is told so; one who paid after all is credited', async () => {
      const gone = await begin(bank);
      const told = await back(gone, await pay(gone, 'cancel'));
      expect([told.state, await creditOf(gone)]).toEqual(['cancelled', 0]);
      const declined = await begin(bank);
      const { state, message } = await back(declined, await pay(declined, 'insufficient'));
      expect(state).toBe(bank === 'mellat' ? 'failed' : 'cancelled');
      if (bank === 'mellat') expect(message).toContain('موجودی کارت کافی نیست');

      // Somebody forges a cancellation; the honest callback comes after it.
      const topup = await begin(bank);
      const honest = await pay(topup);
      const forged =
        bank === 'mellat' ? { ...honest.fields, ResCode: '17' } : { ...honest.fields, Status: 'NOK' };
      expect((await back(topup, { ...honest, fields: forged })).state).toBe('cancelled');
      expect((await back(topup, honest)).state).toBe('credited');
    });

    it('a bank that is down gives no payment, and no money moves', async () => {
      await banks.line(bank, false);
      const topup = await begin(bank);
      expect(topup).toMatchObject({ state: 'failed', bankCode: 'noAnswer', payUrl: null });
      expect(topup.message).toContain('بانک پاسخ نداد');
      await banks.line(bank, true);
      expect((await begin(bank, topup.customerId)).state).toBe('sent');
    });

    it('is begun once per key, on ten connections too', async () => {
      const customerId = randomUUID();
      const idempotencyKey = randomUUID();
      const before = { ...(await banks.calls(bank)) };
      const all = await Promise.all(
        Array.from({ length: 10 }, () => begin(bank, customerId, { idempotencyKey })),
      );
      expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      expect((await banks.calls(bank)).pay - before.pay).toBe(1);
      expect((await begin(bank, customerId, { idempotencyKey })).state).toBe('sent');
      expect(await refusal(begin(bank, customerId, { idempotencyKey, amountRials: 200_000 }))).toBe(
        'idempotency.keyReused',
      );
    });

    it('that nobody pays expires; one that is asked in vain for days is left to a person, who has it asked again', async () => {
      const unpaid = await begin(bank);
      await pass(31 * minute);
      await one.janitor.run();
      expect(await stateOf(unpaid)).toBe('expired');

      const topup = await begin(bank);
      const callback = await pay(topup);
      await banks.line(bank, false);
      // However often a browser brings it again, the schedule is not used up.
      for (let again = 0; again < 20; again += 1) expect((await back(topup, callback)).state).toBe('unknown');
      for (let ask = 0; ask < 9; ask += 1) {
        await pass(ask < 5 ? 16 * minute : 25 * 60 * minute);
        await one.janitor.run();
      }
      expect(await stateOf(topup)).toBe('unknown');
      await pass(25 * 60 * minute);
      await one.janitor.run();
      expect(await stateOf(topup)).toBe('unresolved');
      expect(await eventsOf(topup)).toEqual(['billing.topup.failed']);
      await banks.line(bank, true);
      const checked = await one.topups.check(topup.id);
      expect(checked.state).toBe(bank === 'mellat' ? 'reversed' : 'credited');
      for (const decided of [topup, ...(bank === 'mellat' ? [unpaid] : [])])
        expect(await refusal(one.topups.check(decided.id))).toBe('topup.decided');
    });
  });

  describe('through mellat', () => {
    it('BIL-203 a tampered FinalAmount is never verified, and the money goes back', async () => {
      await banks.fault('mellat', 'callbackAmount', { count: 1, amount: 50_000_000 });
      const topup = await begin('mellat');
      const forged = await pay(topup);
      expect((await back(topup, forged)).state).toBe('reversed');
      await one.topups.onModuleDestroy();
      const order = await banks.order('mellat', await reference(topup));
      expect([order.state, order.calls['verify'] ?? 0]).toEqual(['reversed', 0]);
      const honest = { ...forged, fields: { ...forged.fields, FinalAmount: String(amountRials) } };
      expect((await back(topup, honest)).state).toBe('reversed');
      expect(await creditOf(topup)).toBe(0);
    });

    it('BIL-203 a card that was charged with less is not credited with more', async () => {
      await banks.fault('mellat', 'paidAmount', { count: 1, amount: 1_000 });
      const topup = await begin('mellat');
      expect((await back(topup, await pay(topup))).state).toBe('reversed');
      expect(await creditOf(topup)).toBe(0);
    });

    it('a settlement without an answer is asked again: verified is not credited', async () => {
      const topup = await begin('mellat');
      const callback = await pay(topup);
      await banks.fault('mellat', 'cut', { operation: 'settle', count: 1 });
      expect((await back(topup, callback)).state).toBe('verified');
      expect(await creditOf(topup)).toBe(0);
      await pass(minute + 1_000);
      await one.janitor.run();
      expect([await stateOf(topup), await creditOf(topup)]).toEqual(['credited', amountRials + giftRials]);
    });

    it.each([
      ['verify', '43', 'credited'],
      ['settle', '45', 'credited'],
      ['verify', '48', 'reversed'],
      ['settle', '48', 'reversed'],
      ['verify', '42', 'failed'],
      ['verify', '34', 'unknown'],
      ['settle', '61', 'verified'],
    ] as const)('%s answered with %s ends as %s', async (operation, code, state) => {
      const topup = await begin('mellat');
      const callback = await pay(topup);
      await banks.fault('mellat', 'answer', { operation, count: 1, code, effect: state === 'credited' });
      expect((await back(topup, callback)).state).toBe(state);
      expect(await creditOf(topup)).toBe(state === 'credited' ? amountRials + giftRials : 0);
      await pass(10 * minute);
      await one.janitor.run();
      if (state === 'unknown' || state === 'verified') expect(await stateOf(topup)).toBe('credited');
    });

    it('a bank that is away over its own 20 minutes has given the money back', async () => {
      const topup = await begin('mellat');
      const callback = await pay(topup);
      await banks.line('mellat', false);
      expect((await back(topup, callback)).state).toBe('unknown');
      await pass(21 * minute);
      await banks.line('mellat', true);
      await one.janitor.run();
      expect([await stateOf(topup), await creditOf(topup)]).toEqual(['reversed', 0]);
    });

    it('a callback after the page had expired is still honoured', async () => {
      const topup = await begin('mellat');
      await pass(31 * minute);
      await one.janitor.run();
      expect(await stateOf(topup)).toBe('expired');
      expect((await back(topup, await pay(topup))).state).toBe('credited');
    });
  });

  describe('through zarinpal', () => {
    it('BIL-203 a card that was charged with less is refused by the bank itself', async () => {
      await banks.fault('zarinpal', 'paidAmount', { count: 1, amount: 1_000 });
      const topup = await begin('zarinpal');
      expect((await back(topup, await pay(topup))).state).toBe('reversed');
      expect(await creditOf(topup)).toBe(0);
    });

    it('a payment whose browser never came back is found in the list of the bank', async () => {
      const topup = await begin('zarinpal');
      await pay(topup);
      await pass(2 * minute);
      await Promise.all([one.janitor.run(), two.janitor.run()]);
      expect([await stateOf(topup), await creditOf(topup)]).toEqual(['credited', amountRials + giftRials]);
    });

    it('is asked about before it expires: paid, or not answered yet', async () => {
      const topup = await begin('zarinpal');
      await pay(topup);
      await banks.fault('zarinpal', 'unavailable', { operation: 'unverified' });
      await banks.fault('zarinpal', 'unavailable', { operation: 'inquiry', count: 1 });
      await pass(31 * minute);
      await one.janitor.run();
      expect(await stateOf(topup)).toBe('sent');
      await pass(11 * minute);
      await one.janitor.run();
      expect([await stateOf(topup), await creditOf(topup)]).toEqual(['credited', amountRials + giftRials]);
    });
  });

  it('sixty that are begun at once do not pass the bound of twenty', async () => {
    const customerId = randomUUID();
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, at) =>
        refusal(
          (at % 2 === 0 ? one : two).topups.create(customerId, {
            amountRials,
            bank: 'zarinpal',
            idempotencyKey: randomUUID(),
          }),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === 'topup.tooManyOpen')).toHaveLength(40);
  });

  it('BIL-203 one payment of a bank is credited to one top-up, whatever the bank says of another', async () => {
    const [first, second] = [await begin('mellat'), await begin('mellat')];
    expect((await back(first, await pay(first))).state).toBe('credited');
    await banks.fault('mellat', 'cut', { operation: 'settle', count: 1 });
    expect((await back(second, await pay(second))).state).toBe('verified');
    // As if the bank had named the second one's payment for the first one.
    await query(
      ledger.owner,
      `UPDATE topups SET sale_reference = (SELECT sale_reference FROM topups WHERE id = $2) WHERE id = $1 RETURNING id`,
      [first.id, second.id],
    );
    await pass(minute + 1_000);
    await one.janitor.run();
    expect([await stateOf(second), await creditOf(second)]).toEqual(['unresolved', 0]);
    expect((await one.topups.read(null, second.id)).message).toContain('پشتیبانی');
  });

  it('BIL-002 takes amounts from 10,000 Toman on, up to the maximum', async () => {
    for (const wrong of [99_999, 1_000_000_001])
      expect(await refusal(begin('mellat', randomUUID(), { amountRials: wrong }))).toBe(
        'topup.amountOutOfRange',
      );
    expect((await begin('mellat', randomUUID(), { amountRials: 100_000 })).state).toBe('sent');
  });

  it('BIL-003 lists the banks that can be used; one that is off takes no new payment, and finishes its own', async () => {
    const usable = async (): Promise<string[]> => (await one.banks.list(false)).map(({ code }) => code);
    expect(await usable()).toEqual(['mellat', 'zarinpal']);
    const topup = await begin('zarinpal');
    const admin = randomUUID();
    expect(await one.banks.switch({ bank: 'zarinpal', enabled: false }, admin)).toMatchObject({
      enabled: false,
      configured: true,
    });
    try {
      expect(await usable()).toEqual(['mellat']);
      expect(await one.banks.list(true)).toHaveLength(2);
      expect(await refusal(begin('zarinpal'))).toBe('bank.unavailable');
      expect((await back(topup, await pay(topup))).state).toBe('credited');
    } finally {
      await one.banks.switch({ bank: 'zarinpal', enabled: true }, admin);
    }
    // Without settings there is no bank, whatever the table says.
    const none = new BanksService(ledger.source, {});
    expect([await none.list(false), await refusal(none.usable('mellat'))]).toEqual([[], 'bank.unavailable']);
  });

  it('shows nobody the payments of others, and pages through the own ones', async () => {
    const mine = await begin('zarinpal');
    const second = await begin('mellat', mine.customerId);
    expect(await refusal(one.topups.read(randomUUID(), mine.id))).toBe('topup.notFound');
    expect(await refusal(one.topups.receipt(randomUUID(), mine.id))).toBe('topup.notFound');
    const first = await one.topups.list(mine.customerId, { limit: 1 });
    expect(first.topups.map(({ id }) => id)).toEqual([second.id]);
    const rest = await one.topups.list(mine.customerId, { limit: 1, cursor: first.nextCursor });
    expect([rest.topups.map(({ id }) => id), rest.nextCursor]).toEqual([[mine.id], undefined]);
    expect((await one.topups.list(mine.customerId, { state: 'credited' })).topups).toEqual([]);
    expect(await refusal(one.topups.list(null, { cursor: 'x' }))).toBe('input.invalid');
  });

  it('compares a day with the bank: counts, sums, what differs, what is not known', async () => {
    await pass(48 * 60 * minute);
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tehran' }).format(clock.now());
    const good = await begin('zarinpal');
    await back(good, await pay(good));
    const open = await begin('zarinpal');
    await pay(open);
    await banks.fault('zarinpal', 'unavailable', { operation: 'verify', count: 1 });
    await back(open, { method: 'GET', url: '', fields: { Authority: await reference(open), Status: 'OK' } });
    const report = await one.reports.run({ bank: 'zarinpal', day });
    const sums = Object.fromEntries(report.states.map((sum) => [sum.state, sum]));
    expect(sums).toMatchObject({
      credited: { count: 1, amountRials, giftRials },
      unknown: { count: 1, amountRials },
    });
    expect([report.compared, report.unanswered, report.differences]).toEqual([2, 0, []]);

    // Our books say that it was given up, the bank has the money; and the bank has one that we do not know.
    await ledger.owner.query(`UPDATE topups SET state = 'failed', next_look_at = NULL WHERE id = $1`, [
      open.id,
    ]);
    const stranger = await begin('zarinpal');
    const foreign = await reference(stranger);
    await pay(stranger);
    await ledger.owner.query('DELETE FROM topups WHERE id = $1', [stranger.id]);
    const again = await one.reports.run({ bank: 'zarinpal', day });
    expect(again.differences).toContainEqual({ id: open.id, ours: 'failed', theirs: 'paid', amountRials });
    expect(again.differences).toContainEqual({ id: foreign, ours: 'missing', theirs: 'paid', amountRials });

    await banks.line('zarinpal', false);
    expect(await one.reports.run({ bank: 'zarinpal', day })).toMatchObject({ compared: 0, unanswered: 2 });
    const listed = await one.reports.list({ bank: 'zarinpal', limit: 1 });
    expect(listed.reports).toMatchObject([{ day, bank: 'zarinpal', compared: 0 }]);
    const made = await query<{ count: number }>(
      ledger.source,
      `SELECT count(*)::int AS count FROM outbox WHERE name = 'billing.bankReport.made'`,
    );
    expect(made).toEqual([{ count: 3 }]);
    await pass(24 * 60 * minute);
    expect(await one.reports.makeMissing()).toBe(5);
    expect(await two.reports.makeMissing()).toBe(0);
    await query(ledger.owner, `UPDATE topups SET state = 'reversed' WHERE id = $1`, [open.id]);
  });
});
