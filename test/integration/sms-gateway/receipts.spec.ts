import { Core } from './fixture';
import type { Session } from './fixture';

const text = 'متن بلند فارسی برای سه بخش. '.repeat(7);
const first = 989_120_000_000;

/** Which message a receipt moves, which of several words counts, and the money that follows. */
describe('receipts', () => {
  let core: Core;
  let customerId: string;
  let session: Session;

  beforeAll(async () => {
    core = await Core.start();
    customerId = core.fakes.customer();
    session = await core.session();
  });
  afterAll(() => core.stop());

  /** A link by these rules, and a send over it that is all with the worker. */
  async function given(
    rules: Record<string, number | string>,
    count: number,
    more: { long?: boolean } = {},
  ): Promise<{ linkId: string; sendId: string; at: (index: number) => { batchId: string; index: number } }> {
    const linkId = await core.link(rules);
    core.rules['rulesUntilMs'] = 0;
    const lineId = await core.line(customerId, linkId, { refund_policy: 'delivered' });
    const sendId = await core.send(customerId, lineId, count, more.long ? { text } : {});
    const [batch] = await core.assign(sendId, session);
    return { linkId, sendId, at: (index) => ({ batchId: batch?.id ?? '', index }) };
  }
  const report = (linkId: string) => core.report(session, linkId);

  it('an id that the operator gave twice: id and recipient together say whose the receipt is', async () => {
    const { linkId, sendId, at } = await given({}, 2);
    await core.recorder.recordReports([report(linkId).sent(at(0), '77').sent(at(1), '77').dto]);
    await core.recorder.recordReports([
      report(linkId).receipt('77', 'undelivered', { msisdn: first + 1 }).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['sent', 'undelivered']);
    await core.recorder.recordReports([report(linkId).receipt('77', 'delivered', { msisdn: first }).dto]);
    expect(await core.states(sendId)).toEqual(['delivered', 'undelivered']);
    await core.expectSound(sendId);
  });

  it('one that overtook its answer waits for its own recipient', async () => {
    const { linkId, sendId, at } = await given({}, 2);
    await core.recorder.recordReports([report(linkId).receipt('88', 'delivered', { msisdn: first + 1 }).dto]);
    await core.recorder.recordReports([report(linkId).sent(at(0), '88').dto]);
    expect(await core.states(sendId)).toEqual(['sent', 'queued']);
    await core.recorder.recordReports([report(linkId).sent(at(1), '88').dto]);
    expect(await core.states(sendId)).toEqual(['sent', 'delivered']);
    await core.expectSound(sendId);
  });

  it('addresses not turned round, and an id of the TLV or of the text that nobody knows', async () => {
    const { linkId, sendId, at } = await given({}, 3);
    const answers = report(linkId).sent(at(0), 'a1').sent(at(1), 'a2').sent(at(2), 'a3');
    await core.recorder.recordReports([answers.dto]);
    await core.recorder.recordReports([
      report(linkId)
        .receipt('a1', 'delivered', { msisdn: 989_350_000_000, otherMsisdn: first })
        .receipt('unknown-1', 'delivered', { msisdn: first + 1, otherId: 'a2' })
        .receipt('a3', 'delivered', { msisdn: first + 2, otherId: 'unknown-2' }).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('without a recipient only an id that is one message counts', async () => {
    const { linkId, sendId, at } = await given({}, 3);
    await core.recorder.recordReports([
      report(linkId).sent(at(0), '91').sent(at(1), '91').sent(at(2), '92').dto,
    ]);
    await core.recorder.recordReports([
      report(linkId).receipt('91', 'delivered').receipt('92', 'delivered').dto,
    ]);
    expect(await core.states(sendId)).toEqual(['sent', 'sent', 'delivered']);
  });

  it('one id for all parts: each receipt is of all of them', async () => {
    const { linkId, sendId, at } = await given({}, 1, { long: true });
    await core.recorder.recordReports([report(linkId).sent(at(0), '5 5 5', { parts: 7 }).dto]);
    await core.recorder.recordReports([report(linkId).receipt('5', 'delivered', { msisdn: first }).dto]);
    expect(await core.states(sendId)).toEqual(['delivered']);
    await core.expectSound(sendId);
  });

  it('what matches nothing is kept and counted for its link', async () => {
    const { linkId } = await given({}, 1);
    await core.recorder.recordReports([
      report(linkId).receipt('nobody', 'delivered', { msisdn: first }).receipt('', 'unknown').dto,
    ]);
    expect((await core.links.read(linkId)).unmatchedReceipts).toBe(0); // Their answers may be on the way.
    await core.sql(`UPDATE orphan_receipts SET received_at = now() - interval '1 minute'`);
    expect((await core.links.read(linkId)).unmatchedReceipts).toBe(2);
    await core.orphans.countKept();
  });

  describe('rules of the link', () => {
    it('one for all: the operator reports one part of a long message, and it is delivered', async () => {
      const plain = await given({}, 1, { long: true });
      const one = await given({ receipt_rule: 'one_for_all' }, 2, { long: true });
      await core.recorder.recordReports([
        report(plain.linkId).sent(plain.at(0), 'p1 p2 p3', { parts: 7 }).dto,
      ]);
      await core.recorder.recordReports([
        report(one.linkId).sent(one.at(0), 'q1 q2 q3', { parts: 7 }).sent(one.at(1), 'r1 r2 r3', { parts: 7 })
          .dto,
      ]);
      await core.recorder.recordReports([
        report(plain.linkId).receipt('p1', 'delivered', { msisdn: first }).dto,
      ]);
      await core.recorder.recordReports([
        report(one.linkId)
          .receipt('q1', 'delivered', { msisdn: first })
          .receipt('r1', 'undelivered', { msisdn: first + 1 }).dto,
      ]);
      expect(await core.states(plain.sendId)).toEqual(['sent']);
      expect(await core.states(one.sendId)).toEqual(['delivered', 'undelivered']);
      // The money of all its parts.
      const undelivered = await core.message(one.sendId, 2);
      expect(undelivered.refundedRials).toBe(undelivered.chargedRials);
      await core.expectSound(one.sendId);
    });

    it('UNDELIV then DELIVRD: within the wait delivered wins, and nothing was paid back meanwhile', async () => {
      const { linkId, sendId, at } = await given({ receipt_final_wait_seconds: 600 }, 3);
      await core.recorder.recordReports([
        report(linkId).sent(at(0), 'a').sent(at(1), 'b').sent(at(2), 'c').dto,
      ]);
      await core.recorder.recordReports([
        report(linkId)
          .receipt('a', 'undelivered', { place: at(0), msisdn: first })
          .receipt('b', 'undelivered', { msisdn: first + 1 })
          .receipt('c', 'delivered', { msisdn: first + 2 }).dto,
      ]);
      expect(await core.states(sendId)).toEqual(['sent', 'sent', 'delivered']);
      expect((await core.read(sendId)).refundedRials).toBe(0);
      await core.recorder.recordReports([report(linkId).receipt('a', 'delivered', { msisdn: first }).dto]);
      expect(await core.waits.finishWaits()).toBe(0);
      await core.sql(`UPDATE receipt_waits SET due_at = now() - interval '1 second'`);
      await core.waits.finishWaits();
      expect(await core.states(sendId)).toEqual(['delivered', 'undelivered', 'delivered']);
      const { refundedRials, chargedRials } = await core.message(sendId, 2);
      expect(refundedRials).toBe(chargedRials);
      // Final is final: the money does not move twice.
      await core.recorder.recordReports([
        report(linkId).receipt('b', 'delivered', { msisdn: first + 1 }).dto,
      ]);
      expect(await core.waits.finishWaits()).toBe(0);
      expect((await core.message(sendId, 2)).stateName).toBe('undelivered');
      await core.expectSound(sendId);
    });

    it('in one report too, and given up as unreported meanwhile', async () => {
      const { linkId, sendId, at } = await given({ receipt_final_wait_seconds: 600 }, 1);
      const place = at(0);
      await core.recorder.recordReports([
        report(linkId).sent(place, 'x').receipt('x', 'undelivered', { place, msisdn: first }).dto,
      ]);
      expect(await core.states(sendId)).toEqual(['sent']);
      await core.sql('UPDATE messages SET state = 8 WHERE send_id = $1', [sendId]);
      await core.sql('UPDATE sends SET sent = 0, unreported = 1 WHERE id = $1', [sendId]);
      await core.sql(`UPDATE receipt_waits SET due_at = now() - interval '1 second'`);
      expect(await core.waits.finishWaits()).toBe(1);
      expect(await core.states(sendId)).toEqual(['undelivered']);
      await core.expectSound(sendId);
    });

    it('the last word wins: DELIVRD then UNDELIV', async () => {
      const { linkId, sendId, at } = await given(
        { receipt_final_wait_seconds: 600, receipt_wins: 'last' },
        2,
      );
      await core.recorder.recordReports([report(linkId).sent(at(0), 'a').sent(at(1), 'b').dto]);
      await core.recorder.recordReports([
        report(linkId)
          .receipt('a', 'delivered', { msisdn: first })
          .receipt('b', 'undelivered', { msisdn: first + 1 }).dto,
      ]);
      await core.recorder.recordReports([
        report(linkId)
          .receipt('a', 'undelivered', { msisdn: first })
          .receipt('b', 'delivered', { msisdn: first + 1 }).dto,
      ]);
      expect(await core.states(sendId)).toEqual(['sent', 'sent']);
      await core.sql(`UPDATE receipt_waits SET due_at = now() - interval '1 second'`);
      expect(await core.waits.finishWaits()).toBe(2);
      expect(await core.states(sendId)).toEqual(['undelivered', 'delivered']);
      await core.expectSound(sendId);
    });
  });
});
