import { ActivityFiguresDto } from '@peyk/contracts/sms';
import type { ActivityDayDto } from '@peyk/contracts/sms';
import { addTehranDays, startOfTehranDay } from '@peyk/persian';
import { ActivityService } from '../../../apps/sms-gateway/src/activity/activity.service';
import { Core } from './fixture';
import type { Session } from './fixture';
import type { Place, Report } from './report';

const threeParts = 'س'.repeat(200);

/** Whole numbers below `n`, always the same ones. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Of yesterday and today: midnight may come in between. */
function sumOf(days: readonly ActivityDayDto[]): ActivityFiguresDto {
  const sum = new ActivityFiguresDto();
  for (const { startsAt: _startsAt, ...figures } of days)
    for (const [name, value] of Object.entries(figures) as [keyof ActivityFiguresDto, number][])
      sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

describe('Activity', () => {
  let core: Core;
  let activity: ActivityService;
  let session: Session;
  beforeAll(async () => {
    core = await Core.start();
    activity = new ActivityService(core.source);
    session = await core.session();
  });
  afterAll(() => core.stop());

  /** What the tables themselves say of a customer, of all times. */
  async function counted(customerId: string): Promise<object> {
    const [row] = await core.sql<object>(
      `SELECT (SELECT count(*)::int FROM sends WHERE customer_id = $1 AND state NOT IN ('refused', 'placing', 'scheduled')) AS sends,
         (SELECT coalesce(sum(recipients), 0)::int FROM sends WHERE customer_id = $1 AND state NOT IN ('refused', 'placing', 'scheduled')) AS messages,
         (SELECT count(*)::int FROM inbox_messages WHERE customer_id = $1) AS received,
         count(*) FILTER (WHERE m.state IN (1, 2, 3, 8))::int AS sent,
         coalesce(sum(bit_count(m.submitted_mask::bit(32))) FILTER (WHERE m.state IN (1, 2, 3, 4, 8)), 0)::int AS parts,
         count(*) FILTER (WHERE m.state = 2)::int AS delivered, count(*) FILTER (WHERE m.state = 3)::int AS undelivered,
         count(*) FILTER (WHERE m.state = 4)::int AS failed,
         coalesce(sum(m.charged_rials), 0)::int AS "chargedRials", coalesce(sum(m.refunded_rials), 0)::int AS "refundedRials"
       FROM sends s JOIN messages m ON m.send_id = s.id WHERE s.customer_id = $1`,
      [customerId],
    );
    return row ?? {};
  }

  it.each([1, 2, 3])('WEB-024 has the sums of the messages after any story (%i)', async (seed) => {
    const roll = dice(seed);
    const linkId = await core.link({ receipt_wait_seconds: 0 });
    const customers = await Promise.all(
      [0, 1, 2].map(async () => {
        const id = core.fakes.customer();
        const number = `98${roll(1e9) + 1e9}`;
        const over = {
          refund_policy: roll(2) ? 'delivered' : 'submitted',
          number,
          line_class: 'advertising',
        };
        return { id, number, lineId: await core.line(id, linkId, over) };
      }),
    );
    const sends: { id: string; count: number; places: Place[] }[] = [];
    const ids = new Map<string, string[]>();
    let last: Report | undefined;
    for (let step = 0; step < 40; step++) {
      const customer = customers[roll(3)] as (typeof customers)[number];
      const send = sends[roll(Math.max(1, sends.length))];
      const act = roll(9);
      if (act < 2 || !send) {
        const count = 1 + roll(8);
        const text = roll(2) ? { text: threeParts } : {};
        const id = await core.send(customer.id, customer.lineId, count, text);
        if (roll(4) === 0) await core.sendControl.cancel(customer.id, id);
        const batches = await core.assign(id, session);
        const places = batches.flatMap((batch) =>
          Array.from({ length: batch.count }, (_, index) => ({ batchId: batch.id, index })),
        );
        if (places.length > 0) sends.push({ id, count, places });
        continue;
      }
      const report = core.report(session, linkId);
      const [{ parts } = { parts: 1 }] = await core.sql<{ parts: number }>(
        'SELECT parts FROM sends WHERE id = $1',
        [send.id],
      );
      if (act < 5) {
        for (const place of send.places.slice(roll(send.count))) {
          const own = Array.from({ length: parts }, (_, part) => `s${seed}-${step}-${place.index}-${part}`);
          const kind = roll(4);
          if (kind === 0) report.failed(place, 0x45, { parts: roll(1 << parts), ids: own.join(' ') });
          else if (kind === 1) report.inDoubt(place, { parts: parts > 1 ? 1 : 0, ids: own[0] });
          else report.sent(place, own.join(' '), { parts: (1 << parts) - 1 });
          ids.set(send.id, [...(ids.get(send.id) ?? []), ...own]);
        }
        last = report;
      } else if (act < 7) {
        for (const id of ids.get(send.id) ?? [])
          if (roll(3) > 0) report.receipt(id, roll(3) > 0 ? 'delivered' : 'undelivered');
        const text = roll(3) ? 'سلام' : 'لغو 11';
        report.inbound({
          key: `${seed}-${step}`,
          from: `98912${1_000_000 + roll(5)}`,
          to: customer.number,
          text,
          total: 1,
          part: 1,
          at: Date.now(),
        });
      } else if (act === 7) {
        const as = (['sent', 'failed', 'resend'] as const)[roll(3)] ?? 'sent';
        await core.doubts.resolveDoubt({ sendId: send.id, as });
        if (as === 'resend') {
          const again = await core.assign(send.id, session);
          send.places.push(
            ...again.flatMap((batch) =>
              Array.from({ length: batch.count }, (_, index) => ({ batchId: batch.id, index })),
            ),
          );
        }
      } else {
        await core.close();
        await core.sql(
          `UPDATE sends SET finished_at = now() - interval '1 hour' WHERE finished_at IS NOT NULL`,
        );
        await core.duty('receipts given up').run();
      }
      // A report that comes twice counts once.
      const reports = roll(3) === 0 && last ? [last.dto, report.dto] : [report.dto];
      await core.recorder.recordReports(reports);
    }
    for (const send of sends) await core.expectSound(send.id);
    const sums = await Promise.all(customers.map(async ({ id }) => sumOf((await activity.read(id, 2)).days)));
    for (const [index, { id }] of customers.entries()) expect(sums[index]).toMatchObject(await counted(id));
    // Something of everything happened, or this proves nothing.
    for (const name of ['sends', 'sent', 'delivered', 'failed', 'received', 'chargedRials'] as const)
      expect([name, sums.reduce((sum, row) => sum + row[name], 0)]).not.toEqual([name, 0]);
  });

  it('has days and hours of Asia/Tehran, with those of which nothing is known', async () => {
    const [customerId, other] = [core.fakes.customer(), core.fakes.customer()];
    const now = new Date('2026-03-21T10:40:00Z');
    const today = startOfTehranDay(now);
    const put = (id: string, at: Date, sends: number): Promise<object[]> =>
      core.sql('INSERT INTO activity (customer_id, hour, sends) VALUES ($1, $2, $3)', [id, at, sends]);
    // 23:00 of yesterday, 00:00 and 14:00 of today, the first day and the one before it.
    await put(customerId, new Date(today.getTime() - 3_600_000), 1);
    await put(customerId, today, 2);
    await put(customerId, new Date('2026-03-21T10:30:00Z'), 4);
    await put(customerId, addTehranDays(today, -6), 8);
    await put(customerId, new Date(addTehranDays(today, -6).getTime() - 3_600_000), 16);
    await put(other, today, 32);
    const { days, today: figures, hours } = await activity.read(customerId, 7, now);
    expect(days.map(({ sends }) => sends)).toEqual([8, 0, 0, 0, 0, 1, 6]);
    expect(days[6]).toEqual(figures);
    expect(figures.startsAt).toBe('2026-03-20T20:30:00.000Z');
    expect(hours.flatMap(({ hour, sends }) => (sends > 0 ? [[hour, sends]] : []))).toEqual([
      [0, 2],
      [14, 4],
    ]);
    expect(hours).toHaveLength(24);
    const everybody = await activity.read(null, 7, now);
    expect(everybody.today.sends).toBe(38);
  });

  it('one refused, or made twice with one key, counts as it should', async () => {
    const customerId = core.fakes.customer(1_400);
    const lineId = await core.line(customerId, await core.link());
    const request = core.request(lineId);
    await Promise.allSettled([
      core.sends.create(customerId, request),
      core.sends.create(customerId, request),
    ]);
    await expect(core.sends.create(customerId, core.request(lineId))).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
    });
    expect((await activity.read(customerId)).today).toMatchObject({ sends: 1, messages: 1 });
  });
});
