import { BreakdownService } from '../../../apps/sms-gateway/src/reports/breakdown.service';
import { TimelineService } from '../../../apps/sms-gateway/src/reports/timeline.service';
import { Core, refusal } from './fixture';
import type { Session } from './fixture';

const threeParts = 'س'.repeat(200);
const price = 1_330;
const otherPrice = 1_463;

describe('Reports', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let lineId: string;
  let session: Session;
  let timelines: TimelineService;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link({ name: 'mci-1' });
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, linkId, { refund_policy: 'delivered' });
    session = await core.session();
    timelines = new TimelineService(core.source);
  });
  afterAll(() => core.stop());

  const report = () => core.report(session, linkId);

  /** Two of MCI, one of Irancell. */
  async function mixed(): Promise<{
    sendId: string;
    at: (seq: number) => { batchId: string; index: number };
  }> {
    const numbers = ['09121000001', '09121000002', '09351000003'];
    const { id: sendId } = await core.sends.create(
      customerId,
      core.request(lineId, { recipients: { numbers }, text: threeParts }),
    );
    await core.write();
    const [batch] = await core.assign(sendId, session);
    return { sendId, at: (seq) => ({ batchId: batch?.id ?? '', index: seq - 1 }) };
  }

  describe('breakdown', () => {
    it('SMS-015 counts by state and operator, and by hour of Asia/Tehran', async () => {
      const breakdowns = new BreakdownService(core.source);
      const { sendId, at } = await mixed();
      await core.recorder.recordReports([
        report()
          .sent(at(1), 'b1 b2 b3', { parts: 7 })
          .sent(at(3), 'b4 b5 b6', { parts: 7 })
          .failed(at(2), 0x45).dto,
        report().receipt('b1', 'delivered').receipt('b2', 'delivered').receipt('b3', 'undelivered').dto,
      ]);
      // 14:59:59 and 15:00 of Tehran.
      await core.sql(
        `UPDATE messages SET submitted_at = CASE seq WHEN 1 THEN timestamptz '2026-11-21T11:29:59Z' WHEN 3 THEN '2026-11-21T11:30:00Z' END,
           final_at = CASE seq WHEN 1 THEN timestamptz '2026-11-21T11:30:00Z' WHEN 2 THEN '2026-11-21T10:30:00Z' END WHERE send_id = $1`,
        [sendId],
      );
      const { rows, hours } = await breakdowns.of(await core.read(sendId));
      expect(rows).toEqual([
        { state: 'sent', operator: 'irancell', messages: 1, netRials: 3 * otherPrice },
        { state: 'undelivered', operator: 'mci', messages: 1, netRials: 0 },
        { state: 'failed', operator: 'mci', messages: 1, netRials: 0 },
      ]);
      expect(hours).toEqual([
        { startsAt: '2026-11-21T10:30:00.000Z', sent: 1, delivered: 0, undelivered: 0, failed: 1 },
        { startsAt: '2026-11-21T11:30:00.000Z', sent: 1, delivered: 0, undelivered: 1, failed: 0 },
      ]);
    });

    it('is counted once while the send stands still, and for all who ask at the same moment', async () => {
      const breakdowns = new BreakdownService(core.source);
      const { sendId, at } = await mixed();
      const send = await core.read(sendId);
      const [one, two] = await Promise.all([breakdowns.of(send), breakdowns.of(send)]);
      expect(two).toBe(one);
      const kept = breakdowns['kept'].get(sendId);
      await core.recorder.recordReports([report().sent(at(1), 'c1 c2 c3', { parts: 7 }).dto]);
      // Moved on, but not yet old.
      expect(await breakdowns.of(await core.read(sendId))).toBe(one);
      breakdowns['kept'].set(sendId, { ...(kept as NonNullable<typeof kept>), untilMs: 0 });
      expect(await breakdowns.of(send)).toBe(one);
      const moved = await breakdowns.of(await core.read(sendId));
      expect(moved.rows.map(({ state, messages }) => [state, messages])).toEqual([
        ['queued', 1],
        ['queued', 1],
        ['sent', 1],
      ]);
    });
  });

  it('SMS-015 of a send that is over the breakdown is never older than what its progress says', async () => {
    const breakdowns = new BreakdownService(core.source);
    const { sendId, at } = await mixed();
    const states = async (): Promise<unknown[]> =>
      (await breakdowns.of(await core.read(sendId))).rows.map(({ state, messages }) => [state, messages]);
    await core.recorder.recordReports([report().sent(at(1), 'o1 o2 o3', { parts: 7 }).dto]);
    expect(await states()).toContainEqual(['sent', 1]);
    await core.recorder.recordReports([
      report().failed(at(2), 0x45).failed(at(3), 0x45).dto,
      report().receipt('o1', 'delivered').receipt('o2', 'delivered').receipt('o3', 'delivered').dto,
    ]);
    await core.close();
    expect((await core.read(sendId)).state).toBe('finished');
    expect(await states()).toEqual([
      ['delivered', 1],
      ['failed', 1],
      ['failed', 1],
    ]);
  });

  describe('timeline', () => {
    const kindsOf = async (sendId: string, seq: number): Promise<string[]> =>
      (await timelines.read(await core.read(sendId), seq)).events.map(({ kind }) => kind);

    it('SMS-016 tells the parts, and what was charged and paid back when', async () => {
      const { sendId, at } = await mixed();
      await core.recorder.recordReports([report().sent(at(1), 'd1 d2 d3', { parts: 7 }).dto]);
      await core.recorder.recordReports([
        report().receipt('d1', 'delivered').receipt('d2', 'undelivered').receipt('d3', 'delivered').dto,
      ]);
      const { parts, events, message } = await timelines.read(await core.read(sendId), 1);
      expect(message).toMatchObject({ position: 1, state: 'undelivered' });
      const submittedAt = message.submittedAt;
      expect(parts).toEqual([
        { no: 1, operatorId: 'd1', submittedAt, receipt: 'delivered' },
        { no: 2, operatorId: 'd2', submittedAt, receipt: 'undelivered' },
        { no: 3, operatorId: 'd3', submittedAt, receipt: 'delivered' },
      ]);
      expect(events).toMatchObject([
        { kind: 'accepted' },
        { kind: 'given', link: 'mci-1' },
        { kind: 'submitted', at: submittedAt, parts: 3 },
        { kind: 'charged', at: submittedAt, rials: 3 * price },
        { kind: 'undelivered', at: message.finalAt },
        { kind: 'refunded', at: message.finalAt, rials: 3 * price },
      ]);
      expect(await kindsOf(sendId, 2)).toEqual(['accepted', 'given']);
    });

    it('SMS-016 tells a refusal of the operator and what it gives back', async () => {
      const { sendId, at } = await mixed();
      await core.recorder.recordReports([report().failed(at(1), 0x45, { parts: 1, ids: 'e1 - -' }).dto]);
      const { parts, events } = await timelines.read(await core.read(sendId), 1);
      expect(parts.map(({ operatorId }) => operatorId)).toEqual(['e1', null, null]);
      expect(events.slice(2)).toMatchObject([
        { kind: 'submitted', parts: 1 },
        { kind: 'refused', errorStatus: 0x45 },
        { kind: 'charged', rials: price },
        { kind: 'released', rials: 2 * price },
      ]);
    });

    it('tells a doubt, who settled it and how, also twice', async () => {
      const { sendId, at } = await mixed();
      await core.recorder.recordReports([report().inDoubt(at(1)).inDoubt(at(2)).inDoubt(at(3)).dto]);
      expect(await kindsOf(sendId, 1)).toEqual(['accepted', 'given', 'inDoubt']);
      const admin = core.fakes.customer();
      await core.doubts.resolveDoubt({ sendId, position: 1, as: 'resend' }, admin);
      expect(await kindsOf(sendId, 1)).toEqual(['accepted', 'given', 'inDoubt', 'settled']);
      const [again] = await core.assign(sendId, session);
      await core.recorder.recordReports([report().inDoubt({ batchId: again?.id ?? '', index: 0 }).dto]);
      await core.doubts.resolveDoubt({ sendId, as: 'sent' });
      const { events } = await timelines.read(await core.read(sendId), 1);
      expect(events).toMatchObject([
        { kind: 'accepted' },
        { kind: 'given' },
        { kind: 'inDoubt', at: null },
        { kind: 'settled', settledAs: 'resend', settledBy: 'person' },
        { kind: 'given' },
        { kind: 'inDoubt', at: null },
        { kind: 'settled', settledAs: 'sent', settledBy: 'policy' },
        { kind: 'submitted', parts: 3 },
        { kind: 'charged', rials: 3 * price },
      ]);
      // The administrator's name is for the table, not for the customer.
      expect(JSON.stringify(events)).not.toContain(admin);
      const kept = await core.sql(
        'SELECT settled_by, seqs FROM doubt_settlements WHERE send_id = $1 ORDER BY id',
        [sendId],
      );
      expect(kept).toEqual([
        { settled_by: admin, seqs: [1] },
        { settled_by: null, seqs: expect.arrayContaining([1, 2, 3]) as number[] },
      ]);
      await core.expectSound(sendId);
    });

    it('knows no message that is not there', async () => {
      const { sendId } = await mixed();
      expect(await refusal(timelines.read(await core.read(sendId), 4))).toBe('message.notFound');
    });
  });

  describe('list of sends', () => {
    it('SMS-012 SMS-013 SMS-017 is filtered by line and time, sorted and counted', async () => {
      const owner = core.fakes.customer();
      const [first, second] = [await core.line(owner, linkId), await core.line(owner, linkId)];
      const ids: string[] = [];
      for (const line of [first, second, first, second])
        ids.push(await core.send(owner, line, 1 + ids.length));
      const list = async (filter: object) => core.sendReads.list(owner, filter);
      const order = async (filter: object): Promise<number[]> =>
        (await list(filter)).sends.map(({ id }) => ids.indexOf(id));
      expect(await order({})).toEqual([3, 2, 1, 0]);
      expect(await order({ sort: 'oldest' })).toEqual([0, 1, 2, 3]);
      expect(await order({ lineId: first })).toEqual([2, 0]);
      expect(await order({ kind: 'single' })).toEqual([0]);
      const middle = await core.read(ids[2] ?? '');
      expect(await order({ from: middle.createdAt.toISOString() })).toEqual([3, 2]);
      expect(await order({ to: middle.createdAt.toISOString() })).toEqual([1, 0]);
      expect(await order({ from: '9999-01-01T00:00:00Z' })).toEqual([]);
      expect(await order({ from: '0001-01-01T00:00:00Z', to: '1960-01-01T00:00:00Z' })).toEqual([]);
      const pages = await list({ sort: 'oldest', limit: 3 });
      expect(pages.total).toBe(4);
      const rest = await list({ sort: 'oldest', limit: 3, cursor: pages.nextCursor });
      expect([rest.sends.map(({ id }) => ids.indexOf(id)), rest.total, rest.nextCursor]).toEqual([
        [3],
        undefined,
        undefined,
      ]);
      expect((await list({ lineId: second, limit: 1 })).total).toBe(2);
      expect((await list({ search: 'سلام' })).total).toBeUndefined();
      expect((await core.sendReads.list(customerId, { lineId: first })).sends).toEqual([]);
    });
  });
});
