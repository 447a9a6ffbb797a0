import { randomUUID } from 'node:crypto';
import { query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { CorrectionsService } from '../../../apps/billing/src/corrections/corrections.service';
import { correctionMoves } from '../../../apps/billing/src/corrections/correction.entity';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { customerWith, holdOf, refusal, scratchLedger, type Ledger } from './fixture';

let ledger: Ledger;
let corrections: CorrectionsService;
beforeAll(async () => {
  ledger = await scratchLedger(10);
  corrections = new CorrectionsService(ledger.source, ledger.transactions, ledger.outbox, ledger.ledger);
});
afterAll(() => ledger.drop());
afterEach(async () => {
  expect((await auditLedger(ledger.source)).differences).toEqual([]);
});

const moved = (act: (tx: EntityManager) => Promise<unknown>): Promise<unknown> =>
  ledger.transactions.run(act);
const terms = (amountRials: number) => ({ transferId: randomUUID(), amountRials, reason: 'x' });
/** A moment after everything that was committed and before everything that comes. */
async function moment(): Promise<string> {
  const [row] = await query<{ at: string }>(
    ledger.source,
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`,
  );
  return row?.at ?? '';
}

describe('the statement of a period', () => {
  it('BIL-213 opens with what was there, closes with what is left, and sums each kind', async () => {
    const { wallets } = ledger;
    const customer = await customerWith(ledger, 10_000);
    const from = await moment();
    const hold = await holdOf(ledger, customer, 900);
    await moved((tx) =>
      ledger.holds.charge(tx, randomUUID(), {
        sendId: hold,
        customerId: customer,
        captureRials: 600,
        refundRials: 100,
      }),
    );
    await moved((tx) => ledger.ledger.credit(tx, { ...terms(5_000), kind: 'topup', customerId: customer }));
    await moved((tx) => ledger.ledger.credit(tx, { ...terms(263), kind: 'gift', customerId: customer }));
    await moved((tx) => ledger.ledger.debit(tx, { ...terms(50), kind: 'purchase', customerId: customer }));
    const to = await moment();
    await moved((tx) => ledger.ledger.debit(tx, { ...terms(7), kind: 'purchase', customerId: customer }));

    const summary = await wallets.summary(customer, { from, to });
    expect(summary).toEqual({
      from,
      to,
      openingRials: 10_000,
      closingRials: 14_713,
      kinds: [
        { kind: 'capture', entries: 1, amountRials: -600 },
        { kind: 'gift', entries: 1, amountRials: 263 },
        { kind: 'purchase', entries: 1, amountRials: -50 },
        { kind: 'refund', entries: 1, amountRials: 100 },
        { kind: 'topup', entries: 1, amountRials: 5_000 },
      ],
    });
    const { entries } = await wallets.statement(customer, { from, to });
    expect(entries.map(({ kind, balanceRials }) => [kind, balanceRials])).toEqual([
      ['purchase', 14_713],
      ['gift', 14_763],
      ['topup', 14_500],
      ['refund', 9_500],
      ['capture', 9_400],
    ]);
    const some = await wallets.statement(customer, { kinds: ['gift', 'purchase'], limit: 2 });
    expect(some.entries.map(({ amountRials }) => amountRials)).toEqual([-7, -50]);
    const rest = await wallets.statement(customer, {
      kinds: ['gift', 'purchase'],
      limit: 2,
      cursor: some.nextCursor,
    });
    expect([rest.entries.map(({ amountRials }) => amountRials), rest.nextCursor]).toEqual([[263], undefined]);

    // Before anything was there, and of one without a wallet.
    const early = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
    const nothing = { ...early, openingRials: 0, closingRials: 0, kinds: [] };
    expect(await wallets.summary(customer, early)).toEqual(nothing);
    expect(await wallets.summary(randomUUID(), early)).toEqual(nothing);
    for (const wrong of [
      { from: to, to: from },
      { from, to: from },
      { from: '2025-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' },
    ])
      expect(await refusal(wallets.summary(customer, wrong))).toBe('input.invalid');
  });

  it('looks only into the months of the period', async () => {
    const customer = await customerWith(ledger, 10_000);
    await query(ledger.source, `SELECT ledger_make_partitions('2026-01-01', 24)`);
    const [wallet] = await query<{ id: number }>(
      ledger.source,
      `SELECT id FROM accounts WHERE name = 'wallet:' || $1::uuid`,
      [customer],
    );
    const plan = await query<{ 'QUERY PLAN': string }>(
      ledger.source,
      `EXPLAIN SELECT FROM entries e JOIN transfers t ON t.id = e.transfer_id AND t.at = e.at
        WHERE e.account_id = $1 AND e.at >= $2 AND e.at < $3 ORDER BY e.entry_no DESC LIMIT 50`,
      [wallet?.id, '2026-03-05T00:00:00Z', '2026-05-05T00:00:00Z'],
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect([...new Set(text.match(/entries_\d{6}/g))].sort()).toEqual([
      'entries_202603',
      'entries_202604',
      'entries_202605',
    ]);
  });
});

describe('the statement by send', () => {
  const chargeOf = (sendId: string, customerId: string, captureRials: number, refundRials = 0) =>
    moved((tx) => ledger.holds.charge(tx, randomUUID(), { sendId, customerId, captureRials, refundRials }));

  it('BIL-213 has one row for a send of 160 charges, and two sends at once add up to the closing balance', async () => {
    const { wallets } = ledger;
    const customer = await customerWith(ledger, 100_000);
    const from = await moment();
    const first = await holdOf(ledger, customer, 40_000);
    const second = await holdOf(ledger, customer, 30_000);
    for (let at = 0; at < 80; at += 1) {
      await chargeOf(first, customer, 100);
      await chargeOf(second, customer, 70, at % 2 === 0 ? 30 : 0);
    }
    await moved((tx) => ledger.ledger.credit(tx, { ...terms(5_000), kind: 'topup', customerId: customer }));
    for (let at = 0; at < 80; at += 1) await chargeOf(first, customer, 100);
    const to = await moment();

    const { openingRials, closingRials } = await wallets.summary(customer, { from, to });
    const { entries, nextCursor } = await wallets.statement(customer, { from, to, bySend: true });
    expect(
      entries.map(({ kind, entries: count, amountRials, holdId }) => [kind, count, amountRials, holdId]),
    ).toEqual([
      ['capture', 160, -16_000, first],
      ['topup', 1, 5_000, null],
      ['capture', 120, -5_600 + 1_200, second],
    ]);
    expect(nextCursor).toBeUndefined();
    // Each balance is that of the row below and the own change; the last is the closing one, below the first the opening one.
    const below = [...entries.slice(1).map(({ balanceRials }) => balanceRials), openingRials];
    expect(entries[0]?.balanceRials).toBe(closingRials);
    for (const [at, row] of entries.entries()) expect(row.balanceRials - row.amountRials).toBe(below[at]);
    // The entries of one send, on demand.
    const ofFirst = await wallets.statement(customer, { from, to, holdId: first, limit: 200 });
    expect(ofFirst.entries).toHaveLength(160);
    expect(ofFirst.entries.every(({ entries: count }) => count === 1)).toBe(true);
    const captures = await wallets.statement(customer, { from, to, kinds: ['refund'], bySend: true });
    expect(captures.entries).toMatchObject([{ entries: 40, amountRials: 1_200, holdId: second }]);
  });

  it('shows no send twice and leaves none out, however its pages are cut and whatever comes meanwhile', async () => {
    const { wallets } = ledger;
    const customer = await customerWith(ledger, 100_000);
    const holds = [];
    for (let at = 0; at < 5; at += 1) holds.push(await holdOf(ledger, customer, 5_000));
    for (let round = 0; round < 4; round += 1)
      for (const hold of holds) await chargeOf(hold, customer, 10 + round);
    const whole = await wallets.statement(customer, { bySend: true });
    const rows: typeof whole.entries = [];
    let cursor: string | undefined;
    do {
      const page = await wallets.statement(customer, { bySend: true, limit: 2, cursor });
      rows.push(...page.entries);
      cursor = page.nextCursor;
      await chargeOf(holds[0] ?? '', customer, 1);
    } while (cursor);
    expect(rows).toEqual(whole.entries);
    expect(rows.map(({ holdId }) => holdId)).toEqual([...holds.reverse(), null]);
    expect(await refusal(wallets.statement(customer, { bySend: true, cursor: '7' }))).toBe('input.invalid');
  });
});

describe('a correction', () => {
  const [asker, decider] = [randomUUID(), randomUUID()];
  const ask = async (direction: 'credit' | 'debit', amountRials: number, customerId?: string) =>
    corrections.request(
      {
        correctionId: randomUUID(),
        customerId: customerId ?? (await customerWith(ledger, 1_000)),
        direction,
        amountRials,
        reason: 'دو بار برداشت شده بود',
      },
      asker,
    );
  const eventsOf = async (correctionId: string): Promise<unknown[]> =>
    query(
      ledger.source,
      `SELECT name, payload->>'state' AS state, payload->>'decidedBy' AS by FROM outbox WHERE aggregate = $1 ORDER BY seq`,
      [`correction:${correctionId}`],
    );

  it('BIL-201 is posted once by another administrator, with its reason, however often and by how many it is approved', async () => {
    const { correctionId, customerId } = await ask('credit', 250);
    expect(await refusal(corrections.approve(correctionId, asker, undefined))).toBe('correction.samePerson');
    expect(await refusal(corrections.refuse(correctionId, asker, 'نه'))).toBe('correction.samePerson');
    const deciders = Array.from({ length: 8 }, () => randomUUID());
    const outcomes = await Promise.all(
      deciders.map((admin) => refusal(corrections.approve(correctionId, admin, undefined))),
    );
    expect(outcomes.sort()).toEqual(['accepted', ...Array<string>(7).fill('correction.wrongState')]);
    const { decidedBy, state } = await corrections.read(correctionId);
    expect(state).toBe('posted');
    // A repeat by the same person changes nothing.
    await corrections.approve(correctionId, decidedBy ?? '', undefined);
    expect(await ledger.wallets.read(customerId)).toMatchObject({ postedRials: 1_250 });
    const { entries } = await ledger.wallets.statement(customerId, { kinds: ['correction'] });
    expect(entries).toMatchObject([{ amountRials: 250, reason: 'دو بار برداشت شده بود' }]);
    expect(await eventsOf(correctionId)).toEqual([
      { name: 'billing.correction.requested', state: 'awaiting', by: null },
      { name: 'billing.correction.decided', state: 'posted', by: decidedBy },
    ]);
  });

  it('takes no more than is there, and can be approved once there is enough', async () => {
    const { correctionId, customerId } = await ask('debit', 1_001);
    await expect(corrections.approve(correctionId, decider, undefined)).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
      details: { availableRials: 1_000, amountRials: 1_001 },
    });
    expect(await corrections.read(correctionId)).toMatchObject({ state: 'awaiting', decidedBy: null });
    await moved((tx) => ledger.ledger.credit(tx, { ...terms(1), kind: 'credit', customerId }));
    await corrections.approve(correctionId, decider, 'بررسی شد');
    expect(await ledger.wallets.read(customerId)).toMatchObject({ postedRials: 0 });
  });

  it('refused or expired stays so and moves nothing', async () => {
    const refused = await ask('credit', 10);
    await corrections.refuse(refused.correctionId, decider, 'مدرکی نیست');
    const late = await ask('credit', 10);
    await query(
      ledger.source,
      `UPDATE corrections SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [late.correctionId],
    );
    expect(await refusal(corrections.approve(late.correctionId, decider, undefined))).toBe(
      'correction.wrongState',
    );
    const stuck = await ask('credit', 10);
    await query(
      ledger.source,
      `UPDATE corrections SET expires_at = now() - interval '1 hour' WHERE id = $1`,
      [stuck.correctionId],
    );
    const failing = jest.spyOn(ledger.outbox, 'add').mockRejectedValueOnce(new Error('stuck'));
    const failed = new Set<string>();
    expect([await corrections.expireNext(failed), await corrections.expireNext(failed)]).toEqual([
      true,
      true,
    ]);
    expect([...failed]).toEqual([stuck.correctionId]);
    expect(await corrections.read(late.correctionId)).toMatchObject({ state: 'expired' });
    failing.mockRestore();
    expect(await Promise.all([corrections.expireNext(), corrections.expireNext()])).toContain(true);
    expect(await corrections.expireNext()).toBe(false);
    for (const [{ correctionId, customerId }, state] of [
      [refused, 'refused'],
      [late, 'expired'],
    ] as const) {
      expect(await corrections.read(correctionId)).toMatchObject({ state });
      expect(correctionMoves[state]).toEqual([]);
      expect(await refusal(corrections.approve(correctionId, randomUUID(), undefined))).toBe(
        'correction.wrongState',
      );
      expect(await refusal(corrections.refuse(correctionId, randomUUID(), 'نه'))).toBe(
        'correction.wrongState',
      );
      expect(await ledger.wallets.read(customerId)).toMatchObject({ postedRials: 1_000 });
      expect(await eventsOf(correctionId)).toHaveLength(2);
    }
    // What was decided in time is not called expired when the time is over.
    await query(
      ledger.source,
      `UPDATE corrections SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [refused.correctionId],
    );
    await expect(corrections.approve(refused.correctionId, randomUUID(), undefined)).rejects.toMatchObject({
      details: { state: 'refused' },
    });
    // Nor by hand.
    const byHand = `UPDATE corrections SET state = 'posted', decided_by = requested_by WHERE id = $1`;
    expect(await refusal(query(ledger.owner, byHand, [refused.correctionId]))).toBe('23514');
  });

  it('asked for again with the same terms is the same; lists go page by page', async () => {
    const customerId = await customerWith(ledger, 1_000);
    const made = [];
    for (let at = 1; at <= 5; at += 1) made.push(await ask('credit', at, customerId));
    const [first] = made;
    if (!first) throw new Error('none');
    const { correctionId, direction, amountRials, reason } = first;
    const same = { correctionId, customerId, direction, amountRials, reason };
    expect(await corrections.request(same, asker)).toEqual(first);
    expect(await refusal(corrections.request({ ...same, amountRials: 9 }, asker))).toBe(
      'correction.conflict',
    );
    expect(await refusal(corrections.request(same, decider))).toBe('correction.conflict');
    expect(await refusal(corrections.request({ ...same, customerId: randomUUID() }, asker))).toBe(
      'wallet.notFound',
    );
    expect(await refusal(corrections.read(randomUUID()))).toBe('correction.notFound');

    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await corrections.list({ customerId, state: 'awaiting', limit: 2, cursor });
      expect(page.corrections.length).toBeLessThanOrEqual(2);
      seen.push(...page.corrections.map((one) => one.amountRials));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    expect(await refusal(corrections.list({ cursor: 'x' }))).toBe('input.invalid');
  });
});
