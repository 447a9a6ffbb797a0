import { randomUUID } from 'node:crypto';
import { smsEvents } from '@peyk/contracts/sms';
import type { SendEarnedDto } from '@peyk/contracts/sms';
import { Earnings } from '../../../apps/sms-gateway/src/dispatch/earnings';
import { Core } from './fixture';
import type { BatchRow, Session } from './fixture';

/** What a reseller earns with sends of its users, as it is reported to billing. */
describe('earnings of resellers', () => {
  let core: Core;
  let earnings: Earnings;
  let linkId: string;
  let customerId: string;
  let session: Session;
  const resellerId = randomUUID();
  const price = 1_330;
  const margin = 130;
  let idCount = 0;
  const nextId = (): string => `earn-${++idCount}`;

  beforeAll(async () => {
    core = await Core.start();
    core.fakes.resale = { resellerId, lessRials: margin };
    earnings = new Earnings(core.source, core.transactions, core.outbox, core.runtime.logger);
    linkId = await core.link({ receipt_wait_seconds: 60 });
    customerId = core.fakes.customer();
    session = await core.session();
  });
  afterAll(() => core.stop());

  const report = () => core.report(session, linkId);
  async function given(
    count: number,
    refundPolicy: 'submitted' | 'delivered',
    of = customerId,
  ): Promise<{
    sendId: string;
    batch: BatchRow;
    place: (index: number) => { batchId: string; index: number };
  }> {
    const lineId = await core.line(of, linkId, { refund_policy: refundPolicy });
    const sendId = await core.send(of, lineId, count);
    const [batch] = await core.assign(sendId, session);
    if (!batch) throw new Error('no batch');
    return { sendId, batch, place: (index) => ({ batchId: batch.id, index }) };
  }
  /** As after billing's answer that the hold has ended. */
  async function settle(sendId: string): Promise<void> {
    await core.close();
    await core.sql('UPDATE sends SET settled = true WHERE id = $1', [sendId]);
  }
  async function told(sendId: string): Promise<SendEarnedDto[]> {
    await earnings.step();
    return core.events(sendId, smsEvents.sendEarned);
  }

  it('BIL-210 price less cost of each charged part, once, and not before the send is settled', async () => {
    const { sendId, place } = await given(3, 'submitted');
    expect(await core.read(sendId)).toMatchObject({ resellerId, marginRials: null });
    await core.recorder.recordReports([report().sent(place(0), nextId()).sent(place(1), nextId()).dto]);
    await core.close();
    expect(await told(sendId)).toEqual([]);
    await core.recorder.recordReports([report().failed(place(2), 0x45).dto]);
    await core.close();
    expect(await told(sendId)).toEqual([]);
    await settle(sendId);
    const once = [{ sendId, customerId, resellerId, parts: 2, netRials: 2 * price, marginRials: 2 * margin }];
    expect(await told(sendId)).toEqual(once);
    expect(await told(sendId)).toEqual(once);
  });

  it('on a line that pays back it waits for the last report, and leaves out what was paid back', async () => {
    const { sendId, place } = await given(3, 'delivered');
    const ids = [nextId(), nextId(), nextId()] as const;
    await core.recorder.recordReports([
      report().sent(place(0), ids[0]).sent(place(1), ids[1]).sent(place(2), ids[2]).dto,
    ]);
    await settle(sendId);
    expect(await told(sendId)).toEqual([]);
    await core.recorder.recordReports([
      report().receipt(ids[0], 'delivered').receipt(ids[1], 'undelivered').dto,
    ]);
    await core.close();
    expect(await told(sendId)).toEqual([]);
    await core.recorder.recordReports([report().receipt(ids[2], 'delivered').dto]);
    await core.close();
    expect(await told(sendId)).toMatchObject([{ parts: 2, netRials: 2 * price, marginRials: 2 * margin }]);
    expect(await core.read(sendId)).toMatchObject({ refundedRials: price, marginRials: 2 * margin });
  });

  it('tells nothing of what was never charged, and nothing of direct customers', async () => {
    const { sendId, place } = await given(1, 'submitted');
    await core.recorder.recordReports([report().failed(place(0), 0x45).dto]);
    await settle(sendId);
    expect(await told(sendId)).toEqual([]);
    expect((await core.read(sendId)).marginRials).toBe(0);

    core.fakes.resale = undefined;
    const direct = await given(1, 'submitted', core.fakes.customer());
    await core.recorder.recordReports([report().sent(direct.place(0), nextId()).dto]);
    await settle(direct.sendId);
    expect(await told(direct.sendId)).toEqual([]);
    expect(await core.read(direct.sendId)).toMatchObject({
      resellerId: null,
      costs: null,
      marginRials: null,
    });
  });
});
