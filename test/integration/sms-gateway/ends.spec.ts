import { dispatchWork, smsEvents } from '@peyk/contracts/sms';
import { Core, refusal } from './fixture';
import type { BatchRow, Session } from './fixture';

/** How a send comes to its end: reported to billing, closed, reported, doubts settled. */
describe('the end of a send', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let lineId: string;
  let session: Session;
  const price = 1_330;
  const first = 989_120_000_000;
  let idCount = 0;
  const nextId = (): string => `end-${++idCount}`;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link({ receipt_wait_seconds: 60 });
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, linkId);
    session = await core.session();
  });
  afterAll(() => core.stop());

  const report = () => core.report(session, linkId);
  async function given(
    count: number,
    line = lineId,
    text = 'سلام',
  ): Promise<{ sendId: string; batch: BatchRow }> {
    const sendId = await core.send(customerId, line, count, { text });
    const [batch] = await core.assign(sendId, session);
    if (!batch) throw new Error('no batch');
    return { sendId, batch };
  }
  /** All its messages started, and the session gone before any was answered. */
  async function inDoubt(count: number, line = lineId, text?: string, link = linkId): Promise<string> {
    const own = await core.session();
    const sendId = await core.send(customerId, line, count, text === undefined ? {} : { text });
    const batches = await core.assign(sendId, own);
    const said = core.report(own, link);
    for (const batch of batches) said.started(batch.id, batch.count);
    await core.recorder.recordReports([said.dto]);
    await core.recorder.closeSession(own.id);
    expect((await core.read(sendId)).inDoubt).toBe(count);
    return sendId;
  }
  const clean = (): Promise<void> => core.clean();

  it('guarantee 4: charges are told before the close, which comes once', async () => {
    const { sendId, batch } = await given(3);
    const place = (index: number) => ({ batchId: batch.id, index });
    await core.recorder.recordReports([report().sent(place(0), nextId()).dto]);
    await core.close();
    await core.recorder.recordReports([report().sent(place(1), nextId()).failed(place(2), 0x45).dto]);
    await core.close();
    await core.close();
    const events = await core.events(sendId);
    expect(events.slice(1)).toEqual([
      { sendId, customerId, captureRials: price, refundRials: 0 },
      { sendId, customerId, captureRials: price, refundRials: 0 },
      { sendId, customerId, chargedRials: 2 * price },
      { sendId, customerId, state: 'finished' },
    ]);
    expect(await core.read(sendId)).toMatchObject({ state: 'finished', settled: false });
  });

  it('a closer that was started anew tells nothing twice', async () => {
    const { sendId, batch } = await given(1);
    await core.recorder.recordReports([report().sent({ batchId: batch.id, index: 0 }, nextId()).dto]);
    await core.close();
    await core.closer.load();
    core.closer.mark([sendId]);
    await core.closer.step();
    expect(await core.told(sendId)).toEqual({ captured: price, refunded: 0, closed: [price] });
  });

  it('a send is not over while a message waits or is in doubt', async () => {
    const sendId = await inDoubt(2);
    await core.close();
    expect((await core.read(sendId)).state).toBe('sending');
    expect((await core.told(sendId)).closed).toEqual([]);
  });

  it('ends also what nobody marked', async () => {
    const sendId = await inDoubt(1);
    await core.close();
    // As another replica would settle it.
    await core.doubts.resolveDoubt({ sendId, as: 'failed' });
    Object.assign(core.closer, { sweptAtMs: 0 });
    await core.closer.step();
    expect((await core.read(sendId)).state).toBe('finished');
  });

  it('paused to its end it finishes too', async () => {
    const { sendId, batch } = await given(1);
    await core.sendControl.pause(customerId, sendId);
    await core.recorder.recordReports([report().sent({ batchId: batch.id, index: 0 }, nextId()).dto]);
    await core.close();
    expect((await core.read(sendId)).state).toBe('finished');
    expect(await refusal(core.sendControl.resume(customerId, sendId))).toBe('send.wrongState');
    expect(await refusal(core.sendControl.cancel(customerId, sendId))).toBe('send.wrongState');
  });

  it('cancelled on its way: what left is charged, what came back is cancelled, everybody is in the report', async () => {
    const { sendId, batch } = await given(100);
    const said = report().started(batch.id, 60);
    for (let index = 0; index < 50; index++) said.sent({ batchId: batch.id, index }, nextId());
    await core.recorder.recordReports([said.dto]);
    await core.sendControl.cancel(customerId, sendId);
    expect(core.broker.work(dispatchWork.withdraw, session.queue)).toContainEqual({
      sendId,
    });
    await core.recorder.recordReports([report().returned(batch.id, 60).dto]);
    await core.close();
    expect(await core.sendReads.read(customerId, sendId)).toMatchObject({
      state: 'cancelling',
      counts: { cancelled: 40, queued: 10, sent: 50 },
    });
    const rest = report();
    for (let index = 50; index < 60; index++) rest.sent({ batchId: batch.id, index }, nextId());
    await core.recorder.recordReports([rest.dto]);
    await core.close();
    expect(await core.sendReads.read(customerId, sendId)).toMatchObject({
      state: 'cancelled',
      counts: { cancelled: 40, queued: 0, sent: 60 },
    });
    expect(await core.told(sendId)).toEqual({
      captured: 60 * price,
      refunded: 0,
      closed: [60 * price],
    });
    expect(await core.states(sendId)).toHaveLength(100);
    await core.expectSound(sendId);
    const { csv } = await core.messages.reportPage(sendId, 0);
    expect(csv.split('\r\n')).toHaveLength(101);
    await core.sendControl.cancel(customerId, sendId);
  });

  it('SMS-203 without a receipt in time a message is unreported, charged, and a late receipt still counts', async () => {
    const { sendId, batch } = await given(2);
    const ids = [nextId(), nextId()] as const;
    await core.recorder.recordReports([
      report().sent({ batchId: batch.id, index: 0 }, ids[0]).sent({ batchId: batch.id, index: 1 }, ids[1])
        .dto,
    ]);
    await core.close();
    await clean();
    expect(await core.states(sendId)).toEqual(['sent', 'sent']);
    await core.sql(`UPDATE sends SET finished_at = now() - interval '61 seconds' WHERE id = $1`, [sendId]);
    await clean();
    expect(await core.states(sendId)).toEqual(['unreported', 'unreported']);
    await core.recorder.recordReports([
      report().receipt(ids[0], 'delivered').receipt(ids[1], 'undelivered').dto,
    ]);
    expect(await core.states(sendId)).toEqual(['delivered', 'undelivered']);
    expect((await core.read(sendId)).chargedRials).toBe(2 * price);
    await core.expectSound(sendId);
  });

  it('what waits of cancelled sends is looked for at once when one is cancelled, else once a second', async () => {
    await core.close();
    const asked = jest.spyOn(core.transactions, 'run');
    core.closer.refresh();
    expect(await core.closer.cancelWaiting()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await core.closer.cancelWaiting()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(1);
    core.closer.refresh();
    expect(await core.closer.cancelWaiting()).toBe(false);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });

  describe('guarantee 2: doubts', () => {
    it('are settled as sent: charged in full, and reported as sent', async () => {
      const sendId = await inDoubt(2, lineId, 'س'.repeat(100));
      expect(await core.doubts.resolveDoubt({ sendId, as: 'sent' })).toEqual({ messages: 2 });
      expect(await core.states(sendId)).toEqual(['sent', 'sent']);
      await core.close();
      expect(await core.told(sendId)).toEqual({ captured: 4 * price, refunded: 0, closed: [4 * price] });
      await core.expectSound(sendId);
      expect(await core.doubts.resolveDoubt({ sendId, as: 'failed' })).toEqual({ messages: 0 });
    });

    it('are settled as failed: only parts known to be taken are charged', async () => {
      const { sendId, batch } = await given(2, lineId, 'س'.repeat(100));
      await core.recorder.recordReports([
        report()
          .inDoubt({ batchId: batch.id, index: 0 }, { parts: 0b10, ids: '- x' })
          .inDoubt({ batchId: batch.id, index: 1 }).dto,
      ]);
      await core.doubts.resolveDoubt({ sendId, as: 'failed' });
      await core.close();
      expect(await core.states(sendId)).toEqual(['failed', 'failed']);
      expect((await core.told(sendId)).captured).toBe(price);
      await core.expectSound(sendId);
    });

    it('are sent again only when a person says so, and only once', async () => {
      const sendId = await inDoubt(3);
      await core.doubts.resolveDoubt({ sendId, position: 2, as: 'resend' });
      expect(await core.states(sendId)).toEqual(['in_doubt', 'queued', 'in_doubt']);
      await core.expectSound(sendId);
      const [batch] = await core.assign(sendId, session);
      expect([batch?.first_seq, batch?.count]).toEqual([2, 1]);
      await core.recorder.recordReports([
        report().sent({ batchId: batch?.id ?? '', index: 0 }, nextId()).dto,
      ]);
      expect(await core.states(sendId)).toEqual(['in_doubt', 'sent', 'in_doubt']);
      expect(await refusal(core.doubts.resolveDoubt({ sendId, position: 2, as: 'resend' }))).toBe(
        'message.wrongState',
      );
      await core.expectSound(sendId);
    });

    it('of a send that is being cancelled are not sent again but cancelled', async () => {
      const sendId = await inDoubt(2);
      await core.sendControl.cancel(customerId, sendId);
      await core.doubts.resolveDoubt({ sendId, as: 'resend' });
      await core.close();
      expect(await core.states(sendId)).toEqual(['cancelled', 'cancelled']);
      expect((await core.read(sendId)).state).toBe('cancelled');
      await core.expectSound(sendId);
    });

    it('are settled by the policy of the link, when its time is over and everything else has left', async () => {
      const policed = await core.link({ doubt_wait_seconds: 30, doubt_settles_as: 'sent' });
      const strict = await core.link({ doubt_wait_seconds: 30, doubt_settles_as: 'failed' });
      const open = await core.link();
      const [a, b, c] = await Promise.all(
        [policed, strict, open].map(async (link) =>
          inDoubt(2, await core.line(customerId, link), undefined, link),
        ),
      );
      await clean();
      expect(await core.states(a ?? '')).toEqual(['in_doubt', 'in_doubt']);
      await core.sql(
        `UPDATE batches SET assigned_at = now() - interval '31 seconds' WHERE send_id = ANY($1)`,
        [[a, b, c]],
      );
      await clean();
      expect(await core.states(a ?? '')).toEqual(['sent', 'sent']);
      expect(await core.states(b ?? '')).toEqual(['failed', 'failed']);
      expect(await core.states(c ?? '')).toEqual(['in_doubt', 'in_doubt']);
    });

    it('are settled by a receipt for the number, if it can be nothing else', async () => {
      const own = await core.link();
      const line = await core.line(customerId, own);
      const sendId = await inDoubt(3, line, undefined, own);
      await core.recorder.recordReports([
        core
          .report(session, own)
          .receipt('unknown-1', 'delivered', { msisdn: first })
          .receipt('unknown-2', 'undelivered', { msisdn: first + 1 }).dto,
      ]);
      await clean();
      // The answer that names the id may still come.
      expect((await core.read(sendId)).inDoubt).toBe(3);
      await core.sql(`UPDATE orphan_receipts SET received_at = now() - interval '6 seconds'`);
      await clean();
      expect(await core.states(sendId)).toEqual(['delivered', 'undelivered', 'in_doubt']);
      expect((await core.read(sendId)).chargedRials).toBe(2 * price);
      await core.expectSound(sendId);
    });

    it('are not settled by a receipt that may be of one of two messages', async () => {
      const own = await core.link();
      const line = await core.line(customerId, own);
      const [a, b] = [await inDoubt(1, line, undefined, own), await inDoubt(1, line, undefined, own)];
      await core.recorder.recordReports([
        core.report(session, own).receipt('whose', 'delivered', { msisdn: first }).dto,
      ]);
      await core.sql(`UPDATE orphan_receipts SET received_at = now() - interval '6 seconds'`);
      await clean();
      expect([await core.states(a), await core.states(b)]).toEqual([['in_doubt'], ['in_doubt']]);
    });

    it('are not settled by the second receipt of another message', async () => {
      const own = await core.link();
      const line = await core.line(customerId, own);
      const delivered = await core.send(customerId, line, 1);
      const [batch] = await core.assign(delivered, session);
      const place = { batchId: batch?.id ?? '', index: 0 };
      await core.recorder.recordReports([
        core.report(session, own).sent(place, '00AB12').receipt('00AB12', 'delivered', { place }).dto,
      ]);
      const doubtful = await inDoubt(1, line, undefined, own);
      await core.recorder.recordReports([
        core.report(session, own).receipt('ab12', 'delivered', { msisdn: first }).dto,
      ]);
      await core.sql(`UPDATE orphan_receipts SET received_at = now() - interval '6 seconds'`);
      await clean();
      expect(await core.states(doubtful)).toEqual(['in_doubt']);
    });
  });

  describe('report', () => {
    it('SMS-015 SMS-016 SMS-017 lists messages by state, number and page', async () => {
      const { sendId, batch } = await given(5);
      await core.recorder.recordReports([
        report().sent({ batchId: batch.id, index: 0 }, 'r-1').failed({ batchId: batch.id, index: 1 }, 0x45)
          .dto,
      ]);
      const positions = async (filter: object): Promise<number[]> =>
        (await core.messages.list(await core.read(sendId), { sendId, ...filter })).messages.map(
          (message) => message.position,
        );
      expect(await positions({ state: 'queued' })).toEqual([3, 4, 5]);
      expect(await positions({ operator: 'mci' })).toEqual([1, 2, 3, 4, 5]);
      expect(await positions({ operator: 'irancell' })).toEqual([]);
      const totals = async (filter: object): Promise<number | undefined> =>
        (await core.messages.list(await core.read(sendId), { sendId, limit: 1, ...filter })).total;
      expect(await totals({})).toBe(5);
      expect(await totals({ state: 'queued' })).toBe(3);
      expect(await totals({ operator: 'mci' })).toBeUndefined();
      expect(await positions({ msisdn: '۰۹۱۲ ۰۰۰ ۰۰۰۱' })).toEqual([2]);
      const page = await core.messages.list(await core.read(sendId), { sendId, limit: 2 });
      expect(page.messages[0]).toMatchObject({
        position: 1,
        msisdn: '989120000000',
        operator: 'mci',
        state: 'sent',
        parts: 1,
        submittedParts: 1,
        chargedRials: price,
        operatorIds: 'r-1',
      });
      expect(page.messages[1]).toMatchObject({ state: 'failed', errorStatus: 0x45 });
      expect(await positions({ limit: 2, cursor: page.nextCursor })).toEqual([3, 4]);
      expect(await refusal(core.messages.list(await core.read(sendId), { sendId, msisdn: 'x' }))).toBe(
        'input.invalid',
      );
      expect(await refusal(core.messages.list(await core.read(sendId), { sendId, cursor: 'eA' }))).toBe(
        'input.invalid',
      );
    });

    it("SMS-214 pages the CSV, and an operator's id begins no formula and ends no cell", async () => {
      const { sendId, batch } = await given(3);
      await core.recorder.recordReports([
        report()
          .sent({ batchId: batch.id, index: 0 }, '=cmd|x')
          .sent({ batchId: batch.id, index: 1 }, 'a,"b"\n=1')
          .failed({ batchId: batch.id, index: 2 }, 0x45, { parts: 0, ids: '-' }).dto,
      ]);
      const { csv, lastPosition } = await core.messages.reportPage(sendId, 0);
      const lines = csv.split('\r\n');
      expect(lastPosition).toBeUndefined();
      expect(lines).toHaveLength(4);
      // A spreadsheet takes no zero of a mobile and no digit of an id.
      expect(lines[0]).toMatch(
        /^1,"=""09120000000""",mci,تحویل مخابرات,1,1,1330,0,,14\d\d\/\d\d\/\d\d \d\d:\d\d,,"'=cmd\|x"$/,
      );
      expect(lines[1]).toMatch(/,"a,""b""\n=1"$/);
      expect(lines[2]).toMatch(/,69,,14[^,]*,'-$/);
      const big = await core.send(customerId, lineId, 2_100);
      const page = await core.messages.reportPage(big, 0);
      expect(page.lastPosition).toBe(2_000);
      expect(page.csv.split('\r\n')).toHaveLength(2_001);
      const rest = await core.messages.reportPage(big, 2_000);
      expect(rest.csv.split('\r\n')).toHaveLength(101);
      expect(rest.lastPosition).toBeUndefined();
    });
  });

  it('the progress and the charges of a send in the ledger agree: reconcile recomputes them', async () => {
    const { sendId, batch } = await given(2);
    await core.recorder.recordReports([report().sent({ batchId: batch.id, index: 0 }, nextId()).dto]);
    const rows = [];
    let after: string | undefined;
    for (;;) {
      const page = await core.messages.reconcile(after === undefined ? {} : { afterSendId: after });
      if (page.rows.length === 0) break;
      rows.push(...page.rows);
      after = page.rows.at(-1)?.sendId;
    }
    expect(rows.find((row) => row.sendId === sendId)).toMatchObject({
      state: 'sending',
      quotedRials: 2 * price,
      chargedRials: price,
      refundedRials: 0,
      messages: 2,
      recipients: 2,
      settled: false,
    });
    expect(new Set(rows.map((row) => row.sendId)).size).toBe(rows.length);
    expect(await core.events(sendId, smsEvents.sendCharged)).toEqual([]);
  });
});
