import { randomUUID } from 'node:crypto';
import { parseDto } from '@peyk/contracts';
import { CreditLowDto } from '@peyk/contracts/billing';
import { createDataSource, query, runMigrations } from '@peyk/database';
import { Inbox, type Received } from '@peyk/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { HoldExpiryJob } from '../../../apps/billing/src/holds/hold-expiry.job';
import { auditLedger, ledgerDifferences } from '../../../apps/billing/src/ledger/ledger.audit';
import { asAdmin, scratchUrl } from '../database/scratch';
import { databaseOptions } from '../../../apps/billing/src/data-source';
import { EntryPartitions } from '../../../apps/billing/src/ledger/entry.partitions';
import { applyRights, ledgerTables, serviceRole } from '../../../apps/billing/src/ledger/ledger.rights';
import { anHourAgo, customerWith, holdOf, inAnHour, refusal, scratchLedger, type Ledger } from './fixture';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await scratchLedger(20);
});
afterAll(() => ledger.drop());
// Whatever a test did, the books balance after it.
afterEach(async () => {
  expect((await auditLedger(ledger.source)).differences).toEqual([]);
});

const moved = (act: (tx: EntityManager) => Promise<boolean>): Promise<boolean> =>
  ledger.transactions.run(act);
const charge = (
  sendId: string,
  customerId: string,
  captureRials: number,
  refundRials = 0,
  eventId = randomUUID(),
): Promise<void> =>
  ledger.transactions.run((tx) =>
    ledger.holds.charge(tx, eventId, { sendId, customerId, captureRials, refundRials }),
  );
const close = (sendId: string, customerId: string, chargedRials: number): Promise<void> =>
  ledger.transactions.run((tx) => ledger.holds.close(tx, { sendId, customerId, chargedRials }));
const endedEvents = (holdId: string): Promise<{ payload: object }[]> =>
  query(ledger.source, 'SELECT payload FROM outbox WHERE aggregate = $1', [`hold:${holdId}`]);
const place = (holdId: string, customerId: string, amountRials: number) =>
  ledger.holds.place({ holdId, customerId, amountRials, purpose: 'send', expiresAt: inAnHour() });

describe('a hold', () => {
  it('BIL-202 reserves, is captured in parts, pays back, and gives the rest back at its end', async () => {
    const customer = await customerWith(ledger, 10_000);
    const hold = await holdOf(ledger, customer, 6_000);
    expect(await ledger.wallets.read(customer)).toEqual({
      customerId: customer,
      postedRials: 10_000,
      heldRials: 6_000,
      availableRials: 4_000,
      alertRials: null,
    });
    await charge(hold, customer, 1_500);
    await charge(hold, customer, 2_500, 300);
    expect(await ledger.wallets.read(customer)).toMatchObject({
      postedRials: 6_300,
      heldRials: 2_000,
      availableRials: 4_300,
    });
    await close(hold, customer, 4_000);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 6_300, heldRials: 0 });
    expect(await ledger.holds.read([hold, randomUUID()])).toEqual({
      holds: [
        {
          holdId: hold,
          customerId: customer,
          state: 'closed',
          amountRials: 6_000,
          capturedRials: 4_000,
          releasedRials: 2_000,
          refundedRials: 300,
          marginRials: 0,
        },
      ],
    });
    expect(await endedEvents(hold)).toEqual([
      {
        payload: {
          holdId: hold,
          customerId: customer,
          state: 'closed',
          capturedRials: 4_000,
          releasedRials: 2_000,
        },
      },
    ]);
    // A receipt that comes later still pays back; nothing more is taken.
    await charge(hold, customer, 0, 200);
    expect(await refusal(charge(hold, customer, 1))).toBe('hold.ended');
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 6_500, availableRials: 6_500 });
  });

  it('SMS-209 is refused when the available credit is less by one Rial, and leaves nothing', async () => {
    const customer = await customerWith(ledger, 1_000);
    await holdOf(ledger, customer, 600);
    const late = randomUUID();
    await expect(place(late, customer, 401)).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
      details: { availableRials: 400, amountRials: 401 },
    });
    expect((await ledger.holds.read([late])).holds).toEqual([]);
    await place(late, customer, 400);
    expect(await refusal(place(randomUUID(), randomUUID(), 1))).toBe('wallet.insufficientCredit');
  });

  it('SMS-209 too little credit is an answer of the database, not an error in its log with the row of the customer', async () => {
    const customer = await customerWith(ledger, 100);
    const held = await query<{ id: string | null }>(
      ledger.source,
      `SELECT id FROM ledger_place_hold($1, $2, 101, 'send', now() + interval '1 day')`,
      [randomUUID(), customer],
    );
    expect(held).toEqual([{ id: null }]);
    const paid = await query<{ made: boolean | null }>(
      ledger.source,
      `SELECT ledger_debit($1, 'purchase', $2, 101, 'plan') AS made`,
      [randomUUID(), customer],
    );
    expect(paid).toEqual([{ made: null }]);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 100, heldRials: 0 });
  });

  it('SMS-209 fifty at once on one wallet never overdraw it', async () => {
    const customer = await customerWith(ledger, 10_000);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => refusal(place(randomUUID(), customer, 700))),
    );
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(14);
    expect(outcomes.filter((outcome) => outcome === 'wallet.insufficientCredit')).toHaveLength(36);
    expect(await ledger.wallets.read(customer)).toMatchObject({ heldRials: 9_800, availableRials: 200 });
  });

  it('placed twenty times at once with one id is one hold; other terms are hold.conflict', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = randomUUID();
    await Promise.all(Array.from({ length: 20 }, () => place(hold, customer, 1_000)));
    expect(await ledger.wallets.read(customer)).toMatchObject({ heldRials: 1_000, availableRials: 0 });
    expect(await refusal(place(hold, customer, 999))).toBe('hold.conflict');
    expect(await refusal(place(hold, await customerWith(ledger, 5_000), 1_000))).toBe('hold.conflict');
  });

  it('with the id of a transfer that was something else is hold.conflict', async () => {
    const customer = randomUUID();
    const transferId = randomUUID();
    await ledger.wallets.credit({ transferId, customerId: customer, amountRials: 500, reason: 'شارژ' });
    expect(await refusal(place(transferId, customer, 100))).toBe('hold.conflict');
    expect(await ledger.wallets.read(customer)).toMatchObject({ heldRials: 0 });
  });

  it('released is given back once, and cannot be placed again', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = await holdOf(ledger, customer, 800);
    await charge(hold, customer, 300);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ledger.holds.release(hold)));
    for (const answer of answers)
      expect(answer).toMatchObject({ state: 'released', capturedRials: 300, releasedRials: 500 });
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 700, heldRials: 0 });
    expect(await endedEvents(hold)).toHaveLength(1);
    expect(await refusal(place(hold, customer, 800))).toBe('hold.ended');
  });

  it('released before it was placed can never be placed', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = randomUUID();
    expect(await refusal(ledger.holds.release(hold))).toBe('hold.notFound');
    expect(await refusal(ledger.holds.release(hold))).toBe('hold.notFound');
    expect(await refusal(place(hold, customer, 100))).toBe('hold.ended');
    expect((await ledger.holds.read([hold])).holds).toEqual([]);
    expect(await endedEvents(hold)).toEqual([]);
  });

  it('released while it is being placed is either placed and released, or never placed', async () => {
    const customer = await customerWith(ledger, 1_000);
    for (let round = 0; round < 20; round += 1) {
      const hold = randomUUID();
      const [placed, released] = await Promise.all([
        refusal(place(hold, customer, 1_000)),
        refusal(ledger.holds.release(hold)),
      ]);
      expect([
        ['accepted', 'accepted'],
        ['hold.ended', 'hold.notFound'],
      ]).toContainEqual([placed, released]);
      expect(await ledger.wallets.read(customer)).toMatchObject({ heldRials: 0, availableRials: 1_000 });
    }
  });

  it('gives up no more than it holds, and pays back no more than it took', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = await holdOf(ledger, customer, 500);
    await charge(hold, customer, 400);
    expect(await refusal(charge(hold, customer, 101))).toBe('hold.exceeded');
    expect(await refusal(charge(hold, customer, 0, 401))).toBe('RefundBeforeCaptureError');
    // Nothing of an event whose second half is refused stays.
    expect(await refusal(charge(hold, customer, 100, 501))).toBe('RefundBeforeCaptureError');
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 600, heldRials: 100 });
    expect(await refusal(charge(hold, await customerWith(ledger, 1_000), 1))).toBe('hold.notFound');
    expect(await refusal(charge(randomUUID(), customer, 1))).toBe('hold.notFound');
  });

  it('captured by forty events at once loses none and deadlocks none', async () => {
    const customer = await customerWith(ledger, 10_000);
    const holds = [await holdOf(ledger, customer, 2_000), await holdOf(ledger, customer, 2_000)];
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        refusal(charge(holds[at % 2] ?? '', customer, 100, at % 4 === 0 ? 0 : 7)),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
    expect(await ledger.wallets.read(customer)).toMatchObject({
      postedRials: 10_000 - 4_000 + 30 * 7,
      heldRials: 0,
    });
  });

  it('is closed only when the send was charged what was captured', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = await holdOf(ledger, customer, 1_000);
    await charge(hold, customer, 600);
    // A charge may be behind its closing: the event comes again.
    expect(await refusal(close(hold, customer, 601))).toBe('ChargesOutstandingError');
    // More than the send asked for can never fit: a person looks at it.
    expect(await refusal(close(hold, customer, 599))).toBe('PoisonError');
    expect((await ledger.holds.read([hold])).holds).toMatchObject([{ state: 'open', capturedRials: 600 }]);
    expect(await refusal(close(hold, randomUUID(), 600))).toBe('hold.notFound');
    await close(hold, customer, 600);
    await close(hold, customer, 600);
    expect(await endedEvents(hold)).toHaveLength(1);
  });

  it('that runs out is ended once by two replicas, and its wallet can spend the rest', async () => {
    const customer = await customerWith(ledger, 5_000);
    const due = await Promise.all(
      Array.from({ length: 25 }, () => holdOf(ledger, customer, 100, anHourAgo())),
    );
    const alive = await holdOf(ledger, customer, 100);
    await charge(due[0] ?? '', customer, 40);
    const replicas = [new HoldExpiryJob(ledger.holds), new HoldExpiryJob(ledger.holds)];
    const counts = await Promise.all(replicas.map((replica) => replica.run()));
    // One that both saw at once is left to the next run by the one that came second.
    counts.push(...(await Promise.all(replicas.map((replica) => replica.run()))));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(25);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 4_960, heldRials: 100 });
    for (const hold of due) expect(await endedEvents(hold)).toHaveLength(1);
    expect((await ledger.holds.read([alive])).holds).toMatchObject([{ state: 'open' }]);
    expect(await refusal(charge(due[1] ?? '', customer, 1))).toBe('hold.ended');
    expect(await refusal(close(due[0] ?? '', customer, 41))).toBe('PoisonError');
  });

  it('that cannot be ended keeps no other from its end', async () => {
    const customer = await customerWith(ledger, 1_000);
    const stuck = await holdOf(ledger, customer, 100, anHourAgo());
    const others = [
      await holdOf(ledger, customer, 100, anHourAgo()),
      await holdOf(ledger, customer, 100, anHourAgo()),
    ];
    const add = ledger.outbox.add.bind(ledger.outbox);
    const failing = jest
      .spyOn(ledger.outbox, 'add')
      .mockImplementation((tx, contract, aggregate, payload) =>
        aggregate === `hold:${stuck}`
          ? Promise.reject(new Error('stuck'))
          : add(tx, contract, aggregate, payload),
      );
    const job = new HoldExpiryJob(ledger.holds);
    expect(await job.run()).toBe(2);
    expect((await ledger.holds.read(others)).holds).toMatchObject([
      { state: 'expired' },
      { state: 'expired' },
    ]);
    failing.mockRestore();
    expect(await job.run()).toBe(1);
  });

  it('of nothing is placed and closed without a movement', async () => {
    const customer = await customerWith(ledger, 0);
    const hold = await holdOf(ledger, customer, 0);
    await close(hold, customer, 0);
    expect((await ledger.holds.read([hold])).holds).toMatchObject([{ state: 'closed', releasedRials: 0 }]);
  });
});

describe('an event that comes again', () => {
  const received = (id: string): Received => ({
    id,
    name: 'sms.send.charged',
    queue: 'billing.charges',
    attempt: 1,
  });

  it('BIL-201 changes nothing, by the inbox and by the id of its transfer', async () => {
    const inbox = new Inbox(ledger.source);
    const customer = await customerWith(ledger, 1_000);
    const hold = await holdOf(ledger, customer, 900);
    const event = { sendId: hold, customerId: customer, captureRials: 200, refundRials: 0 };
    const id = randomUUID();
    const deliver = (): Promise<boolean> =>
      inbox.once(received(id), (tx) => ledger.holds.charge(tx, id, event));
    const ran = await Promise.all(Array.from({ length: 10 }, deliver));
    expect(ran.filter(Boolean)).toHaveLength(1);
    // The inbox forgets after two weeks; the ledger does not. Nor after the hold's end.
    await ledger.source.query('DELETE FROM inbox WHERE message_id = $1', [id]);
    expect(await deliver()).toBe(true);
    await close(hold, customer, 200);
    await charge(hold, customer, 200, 0, id);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 800, heldRials: 0 });
    // The same id for other money is no repeat.
    expect(await refusal(charge(hold, customer, 201, 0, id))).toBe('transfer.conflict');
  });

  it('leaves nothing when the program dies before the commit, and is applied when it comes back', async () => {
    const customer = await customerWith(ledger, 1_000);
    const hold = await holdOf(ledger, customer, 900);
    const inbox = new Inbox(ledger.source);
    const id = randomUUID();
    const event = { sendId: hold, customerId: customer, captureRials: 200, refundRials: 0 };
    const dying = inbox.once(received(id), async (tx) => {
      await ledger.holds.charge(tx, id, event);
      // As kill -9 does: the connection is gone with the transaction open.
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    expect(await refusal(dying)).not.toBe('accepted');
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 1_000, heldRials: 900 });
    expect(await inbox.once(received(id), (tx) => ledger.holds.charge(tx, id, event))).toBe(true);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 800, heldRials: 700 });
  });
});

describe('a credit', () => {
  it('BIL-204 is whole Rial, applied once per id, also when thirty ask at once', async () => {
    const credit = {
      transferId: randomUUID(),
      customerId: randomUUID(),
      amountRials: 12_345,
      reason: 'شارژ',
    };
    await Promise.all(Array.from({ length: 30 }, () => ledger.wallets.credit(credit)));
    expect(await ledger.wallets.read(credit.customerId)).toMatchObject({ postedRials: 12_345 });
    for (const other of [{ amountRials: 12_346 }, { reason: 'دیگر' }, { customerId: randomUUID() }])
      expect(await refusal(ledger.wallets.credit({ ...credit, ...other }))).toBe('transfer.conflict');
    expect(
      await refusal(ledger.wallets.credit({ ...credit, transferId: randomUUID(), amountRials: 0.5 })),
    ).not.toBe('accepted');
  });

  it('is refused where the balance would leave the exact integers', async () => {
    const customerId = await customerWith(ledger, 8_000_000_000_000_000);
    const more = { transferId: randomUUID(), customerId, amountRials: 1_000_000_000_000_001, reason: 'شارژ' };
    expect(await refusal(ledger.wallets.credit(more))).toBe('input.invalid');
    await ledger.wallets.credit({ ...more, amountRials: 1 });
    // Takes the eight quadrillions off the shared counter account, so that other tests may go on.
    await moved((tx) =>
      ledger.ledger.debit(tx, {
        transferId: randomUUID(),
        kind: 'correction',
        customerId,
        amountRials: 8_000_000_000_000_001,
        reason: 'back',
      }),
    );
  });
});

describe('the statement', () => {
  it('BIL-013 BIL-014 shows each change with the balance after it, page by page, of one send too', async () => {
    const { wallets } = ledger;
    const customer = await customerWith(ledger, 10_000);
    const first = await holdOf(ledger, customer, 3_000);
    const second = await holdOf(ledger, customer, 1_000);
    for (let at = 0; at < 3; at += 1) await charge(first, customer, 700);
    await charge(second, customer, 1_000, 250);
    await ledger.holds.release(first);

    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const page = await wallets.statement(customer, { limit: 2, cursor });
      pages.push(page.entries.map(({ balanceRials }) => balanceRials));
      cursor = page.nextCursor;
      // What comes in between shifts no page.
      await wallets.credit({ transferId: randomUUID(), customerId: customer, amountRials: 1, reason: 'x' });
    } while (cursor);
    expect(pages).toEqual([
      [7_150, 6_900],
      [7_900, 8_600],
      [9_300, 10_000],
    ]);

    const ofSecond = await wallets.statement(customer, { holdId: second });
    expect(ofSecond.entries).toMatchObject([
      { kind: 'refund', amountRials: 250, balanceRials: 7_150, holdId: second, reason: 'send' },
      { kind: 'capture', amountRials: -1_000, balanceRials: 6_900, holdId: second },
    ]);
    expect(ofSecond.nextCursor).toBeUndefined();
    // Of another's send nothing is to be seen, nor of one without wallet.
    const other = await customerWith(ledger, 50);
    expect((await wallets.statement(other, { holdId: second })).entries).toEqual([]);
    expect((await wallets.statement(randomUUID(), {})).entries).toEqual([]);
    expect(await refusal(wallets.statement(customer, { cursor: '1; DROP' }))).toBe('input.invalid');
  });
});

describe('money that moves', () => {
  const terms = (amountRials: number) => ({ transferId: randomUUID(), amountRials, reason: 'x' });
  const balanceOf = async (customer: string): Promise<number> =>
    (await ledger.wallets.read(customer)).availableRials;

  it('BIL-208 BIL-209 is spent, moved and corrected once, never below zero, with what is available told', async () => {
    const [a, b] = [await customerWith(ledger, 1_000), randomUUID()];
    await holdOf(ledger, a, 300);
    const purchase = { ...terms(200), kind: 'purchase', customerId: a } as const;
    expect(await moved((tx) => ledger.ledger.debit(tx, purchase))).toBe(true);
    expect(await moved((tx) => ledger.ledger.debit(tx, purchase))).toBe(false);
    const transfer = { ...terms(500), kind: 'transfer', fromId: a, toId: b } as const;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => moved((tx) => ledger.ledger.move(tx, transfer))),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect([await balanceOf(a), await balanceOf(b)]).toEqual([0, 500]);
    // The same id with other terms, and a repeat when the credit is gone.
    expect(await refusal(moved((tx) => ledger.ledger.move(tx, { ...transfer, toId: randomUUID() })))).toBe(
      'transfer.conflict',
    );
    expect(await moved((tx) => ledger.ledger.debit(tx, purchase))).toBe(false);
    await expect(
      moved((tx) => ledger.ledger.move(tx, { ...transfer, transferId: randomUUID() })),
    ).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
      details: { availableRials: 0, amountRials: 500 },
    });
    for (const nobody of [randomUUID(), b])
      await expect(
        moved((tx) => ledger.ledger.debit(tx, { ...terms(501), kind: 'correction', customerId: nobody })),
      ).rejects.toMatchObject({
        code: 'wallet.insufficientCredit',
        details: { availableRials: nobody === b ? 500 : 0, amountRials: 501 },
      });
    expect(await refusal(moved((tx) => ledger.ledger.move(tx, { ...transfer, toId: a })))).toBe(
      'input.invalid',
    );
    expect(await refusal(moved((tx) => ledger.ledger.debit(tx, { ...purchase, ...terms(0) })))).not.toBe(
      'accepted',
    );
  });

  it('BIL-210 pays a reseller its margin out of what the send earned, no more, and refunds that come later still go back', async () => {
    const [customer, reseller] = [await customerWith(ledger, 1_000), randomUUID()];
    const hold = await holdOf(ledger, customer, 1_000);
    await charge(hold, customer, 600);
    const margin = { ...terms(150), customerId: customer, resellerId: reseller };
    for (const made of [true, false])
      expect(await moved((tx) => ledger.ledger.margin(tx, margin))).toBe(made);
    expect(await balanceOf(reseller)).toBe(150);
    expect(await refusal(moved((tx) => ledger.ledger.margin(tx, { ...margin, ...terms(451) })))).toBe(
      'wallet.insufficientCredit',
    );
    await charge(hold, customer, 0, 600);
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 1_000 });
  });

  it('does not deadlock when sends end while their reseller and its users pay each other', async () => {
    const people = [
      await customerWith(ledger, 5_000),
      await customerWith(ledger, 5_000),
      await customerWith(ledger, 5_000),
    ];
    const [first = '', reseller = '', second = ''] = people;
    // One user's wallet is older than the reseller's, the other's younger: both orders of the locks.
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const user = at % 2 === 0 ? first : second;
        if (at % 3 === 0)
          return refusal(
            moved((tx) =>
              ledger.ledger.move(tx, {
                ...terms(1),
                kind: 'transfer',
                ...(at % 4 === 0 ? { fromId: user, toId: reseller } : { fromId: reseller, toId: user }),
              }),
            ),
          );
        const hold = await holdOf(ledger, user, 100);
        await charge(hold, user, 60);
        await close(hold, user, 60);
        return refusal(
          moved((tx) => ledger.ledger.margin(tx, { ...terms(10), customerId: user, resellerId: reseller })),
        );
      }),
    );
    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
  });

  it('NTF-202 warns of low credit once per crossing, whatever spends, and leaves the others alone', async () => {
    const customer = await customerWith(ledger, 1_000);
    const warnings = async (): Promise<object[]> =>
      (
        await query<{ payload: object }>(
          ledger.source,
          `SELECT payload FROM outbox WHERE aggregate = $1 AND name = 'billing.credit.low' ORDER BY seq`,
          [`wallet:${customer}`],
        )
      ).map(({ payload }) => payload);
    await query(ledger.source, 'SELECT ledger_set_alert($1, $2)', [customer, 500]);
    const hold = await holdOf(ledger, customer, 500);
    expect(await warnings()).toEqual([]);
    await charge(hold, customer, 400);
    await moved((tx) => ledger.ledger.debit(tx, { ...terms(1), kind: 'purchase', customerId: customer }));
    await moved((tx) => ledger.ledger.debit(tx, { ...terms(1), kind: 'purchase', customerId: customer }));
    const low = { customerId: customer, alertRials: 500 };
    expect(await warnings()).toEqual([{ ...low, availableRials: 499 }]);
    // Above again by what the hold gives back; then twenty at once cross it once.
    await ledger.holds.release(hold);
    await Promise.all(Array.from({ length: 20 }, () => holdOf(ledger, customer, 10)));
    expect(await warnings()).toEqual([
      { ...low, availableRials: 499 },
      { ...low, availableRials: 498 },
    ]);
    for (const payload of await warnings())
      expect(parseDto(CreditLowDto, payload, { unknownFields: 'refuse' })).toEqual(payload);
  });
});

describe('the role of the service', () => {
  it('BIL-201 may write nothing of the ledger but through its functions, in each partition too', async () => {
    const customer = await customerWith(ledger, 100);
    await holdOf(ledger, customer, 10);
    const [who] = await query(ledger.source, 'SELECT current_user::text AS name');
    expect(who).toEqual({ name: serviceRole });
    const partitions = await query<{ name: string }>(
      ledger.source,
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'entries'::regclass`,
    );
    expect(partitions.length).toBeGreaterThan(3);
    const statements = [...ledgerTables, ...partitions.map(({ name }) => name)].flatMap((table) => [
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM ${table} LIMIT 0`,
      `UPDATE ${table} SET ${table === 'accounts' ? 'posted_rials = 1' : table === 'holds' ? 'captured_rials = 0' : 'at = at'} WHERE false`,
      `DELETE FROM ${table} WHERE false`,
      `TRUNCATE ${table} CASCADE`,
      `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      `DROP TABLE ${table} CASCADE`,
      `SELECT FROM ${table} FOR UPDATE`,
    ]);
    const inner = [
      `SELECT ledger_post(gen_random_uuid(), 'gift', NULL, 1, 'x', ARRAY[1, 2], ARRAY[-1, 1], ARRAY[0, 0])`,
      `SELECT ledger_pay(gen_random_uuid(), 'gift', 1, 2, 1, 'x')`,
      `CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
      'SET session_replication_role = replica',
      `DELETE FROM migrations`,
      'CREATE TABLE mine (id int)',
    ];
    for (const statement of [...statements, ...inner])
      expect([statement, await refusal(ledger.source.query(statement))]).toEqual([statement, '42501']);
    // A transfer of a kind that a function does not make is none of its ways out either.
    for (const call of [`ledger_credit($1, 'capture', $2, 5, 'x')`, `ledger_debit($1, 'gift', $2, 5, 'x')`])
      expect(await refusal(ledger.source.query(`SELECT ${call}`, [randomUUID(), customer]))).toBe('BL000');
    // And what it may: everything else.
    await ledger.source.query(`INSERT INTO plans (code, title, description, price_rials, trial_rials)
      VALUES ('own', 'x', 'x', 0, 0)`);
  });

  it('is nobody else: without it a user of the database may not even call the functions', async () => {
    const name = `peyk_spec_${randomUUID().slice(0, 8)}`;
    await ledger.owner.query(`CREATE ROLE ${name} NOLOGIN`);
    try {
      const as = await createDataSource({
        ...databaseOptions({ databaseUrl: ledger.url, databasePoolMax: 1 }),
        role: name,
      }).initialize();
      try {
        expect(
          await refusal(
            as.query(`SELECT ledger_credit($1, 'gift', $2, 5, 'x')`, [randomUUID(), randomUUID()]),
          ),
        ).toBe('42501');
        expect(await refusal(as.query('SELECT FROM accounts'))).toBe('42501');
      } finally {
        await as.destroy();
      }
    } finally {
      await ledger.owner.query(`DROP ROLE ${name}`);
    }
  });

  it('is of use to an owner that is no administrator, once one has given it the role', async () => {
    const name = `peyk_spec_${randomUUID().slice(0, 8)}`;
    const url = new URL(scratchUrl());
    const database = url.pathname.slice(1);
    await asAdmin(async (admin) => {
      await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD 'spec'`);
      await admin.query(`CREATE DATABASE ${database} OWNER ${name} TEMPLATE template0`);
    });
    url.username = name;
    url.password = 'spec';
    const options = databaseOptions({ databaseUrl: url.href, databasePoolMax: 1 });
    const own = createDataSource(options);
    const asService = () => createDataSource({ ...options, role: serviceRole }).initialize();
    const current = (on: DataSource) => query(on, 'SELECT current_user::text AS name');
    try {
      await runMigrations(own);
      await new EntryPartitions(own).ensure();
      // It may not make roles: the service works with its user's rights, and says so.
      expect(await applyRights(own)).toBe(false);
      const before = await asService();
      expect(await current(before)).toEqual([{ name }]);
      await before.destroy();
      await asAdmin((admin) => admin.query(`GRANT ${serviceRole} TO ${name} WITH SET TRUE, INHERIT FALSE`));
      expect(await applyRights(own)).toBe(true);
      const after = await asService();
      expect(await current(after)).toEqual([{ name: serviceRole }]);
      await query(after, `SELECT ledger_credit($1, 'gift', $2, 5, 'x')`, [randomUUID(), randomUUID()]);
      expect(await refusal(query(after, 'DELETE FROM entries'))).toBe('42501');
      await after.destroy();
    } finally {
      await own.destroy();
      await asAdmin(async (admin) => {
        await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
        await admin.query(`DROP ROLE ${name}`);
      });
    }
  });

  it('is left out where it does not exist', async () => {
    const as = await createDataSource({
      ...databaseOptions({ databaseUrl: ledger.url, databasePoolMax: 1 }),
      role: 'peyk_nobody',
    }).initialize();
    const [user] = await query<{ same: boolean }>(as, 'SELECT current_user = session_user AS same');
    await as.destroy();
    expect(user).toEqual({ same: true });
  });
});

describe('the database itself', () => {
  const accountsOf = async (customer: string): Promise<number[]> =>
    (
      await query<{ id: number }>(
        ledger.owner,
        'SELECT id FROM accounts WHERE customer_id = $1 ORDER BY id',
        [customer],
      )
    ).map(({ id }) => id);

  it('BIL-201 refuses a transfer whose entries do not add up to zero, at the commit', async () => {
    const customer = await customerWith(ledger, 100);
    const [wallet, revenue] = await accountsOf(customer);
    const post = (posted: readonly number[]): Promise<unknown> =>
      ledger.owner.query(`SELECT ledger_post($1, 'capture', NULL, 10, 'x', $2, $3, ARRAY[0, 0])`, [
        randomUUID(),
        [wallet, revenue],
        posted,
      ]);
    expect(await refusal(post([-10, 9]))).toBe('BL000');
    expect(await refusal(post([10, 10]))).toBe('BL000');
    // An entry that is added by hand to a transfer that was whole, at its moment or at another one.
    for (const at of ['t.at', 'clock_timestamp()'])
      expect(
        await refusal(
          ledger.owner.query(
            `INSERT INTO entries SELECT $1, 99, ${at}, t.id, 5, 0, 5, 0, ''
               FROM transfers t JOIN entries e ON e.transfer_id = t.id WHERE e.account_id = $1 LIMIT 1`,
            [wallet],
          ),
        ),
      ).toBe('BL000');
    expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 100 });
  });

  it('does not deadlock when two wallets pay each other at once, and its times never go back', async () => {
    const pair = [await customerWith(ledger, 1_000), await customerWith(ledger, 1_000)];
    const [a = '', b = ''] = pair;
    const pay = (fromId: string, toId: string): Promise<string> =>
      refusal(
        moved((tx) =>
          ledger.ledger.move(tx, {
            transferId: randomUUID(),
            kind: 'transfer',
            fromId,
            toId,
            amountRials: 1,
            reason: 'x',
          }),
        ),
      );
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? pay(a, b) : pay(b, a))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['accepted']));
    for (const customer of pair)
      expect(await ledger.wallets.read(customer)).toMatchObject({ postedRials: 1_000 });
    const goesBack = await query(
      ledger.owner,
      `SELECT FROM (SELECT at, lag(at) OVER (PARTITION BY account_id ORDER BY entry_no) AS before FROM entries) e
        WHERE at < before`,
    );
    expect(goesBack).toEqual([]);
  });

  it('BIL-201 refuses to change or delete what was posted, in each partition too', async () => {
    const customer = await customerWith(ledger, 100);
    const hold = await holdOf(ledger, customer, 10);
    await charge(hold, customer, 10);
    const [partition] = await query<{ name: string }>(
      ledger.owner,
      'SELECT tableoid::regclass::text AS name FROM entries LIMIT 1',
    );
    for (const table of ['entries', 'transfers', partition?.name ?? '']) {
      expect(await refusal(ledger.owner.query(`DELETE FROM ${table}`))).toBe('BL000');
      expect(await refusal(ledger.owner.query(`UPDATE ${table} SET at = at`))).toBe('BL000');
    }
    expect(await refusal(ledger.owner.query('TRUNCATE entries, transfers'))).toBe('BL000');
    expect(await refusal(ledger.owner.query('DELETE FROM holds'))).toBe('BL000');
  });

  it('refuses an overdraft, a reopened hold and a changed one, whoever writes it', async () => {
    const customer = await customerWith(ledger, 100);
    const hold = await holdOf(ledger, customer, 60);
    await ledger.holds.release(hold);
    const set = (what: string): Promise<string> =>
      refusal(ledger.owner.query(`UPDATE holds SET ${what} WHERE id = $1`, [hold]));
    expect(await set(`state = 'open', ended_at = NULL, released_rials = 0`)).toBe('BL000');
    expect(await set('amount_rials = 61')).toBe('BL000');
    expect(await set('captured_rials = 1, released_rials = 59')).toBe('BL000');
    const overdraw = `UPDATE accounts SET posted_rials = -1 WHERE name = 'wallet:${customer}'`;
    expect(await refusal(ledger.owner.query(overdraw))).toBe('23514');
  });

  it('cannot be cheated without the audit seeing it', async () => {
    const customer = await customerWith(ledger, 100);
    const hold = await holdOf(ledger, customer, 60);
    await charge(hold, customer, 50);
    // Someone with the owner's right switches the guards off. Each forgery is rolled back after the look.
    const forgeries: Readonly<Record<string, string>> = {
      account: `UPDATE accounts SET posted_rials = posted_rials + 1 WHERE name = 'wallet:${customer}'`,
      transfer: `UPDATE transfers SET amount_rials = 49 WHERE hold_id = '${hold}' AND kind = 'capture'`,
      entry: `UPDATE transfers SET body_hash = '' WHERE hold_id = '${hold}' AND kind = 'capture'`,
      hold: `UPDATE holds SET captured_rials = 51 WHERE id = '${hold}'`,
      path: `UPDATE transfers SET kind = 'gift' WHERE hold_id = '${hold}' AND kind = 'capture'`,
      revenue: `UPDATE accounts SET posted_rials = -1 WHERE name = 'revenue:${customer}'`,
      strayTransfer: `UPDATE transfers SET hold_id = gen_random_uuid() WHERE hold_id = '${hold}' AND kind = 'hold'`,
    };
    for (const [kind, sql] of Object.entries(forgeries)) {
      const runner = ledger.owner.createQueryRunner();
      await runner.query('SET session_replication_role = replica');
      await runner.startTransaction();
      try {
        await runner.query(sql);
        const differences = await ledgerDifferences(runner.manager);
        expect(differences.map((difference) => difference.kind)).toContain(kind);
      } finally {
        await runner.rollbackTransaction();
        await runner.query('RESET session_replication_role');
        await runner.release();
      }
    }
  });
});
