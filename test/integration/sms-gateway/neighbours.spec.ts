import { DomainError } from '@peyk/contracts';
import { billingHoldsRpc } from '@peyk/contracts/billing';
import { uuidv7, uuidv7LowerBound } from '@peyk/database';
import { eventually } from '@peyk/testing';
import { Closer } from '../../../apps/sms-gateway/src/dispatch/closer';
import { stateCode } from '../../../apps/sms-gateway/src/messages/message.entity';
import { Core } from './fixture';

/** One thing that fails, or a neighbour that is slow or away, hurts nothing else. */
describe('what fails beside a dispatch loop', () => {
  let core: Core;
  let customerId: string;
  let lineId: string;

  beforeEach(async () => {
    core = await Core.start();
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, await core.link());
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await core.stop();
  });

  /** Scheduled sends whose time has come, the first one first. */
  async function dueSends(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let no = 0; no < count; no++) {
      const { id } = await core.sends.create(
        customerId,
        core.request(lineId, { sendAt: new Date(Date.now() + 3_600_000).toISOString() }),
      );
      ids.push(id);
    }
    await core.sql(
      `UPDATE sends SET send_at = now() - (100 - array_position($1::uuid[], id)) * interval '1 second' WHERE id = ANY($1)`,
      [ids],
    );
    return ids;
  }
  const holdsAsked = (): number =>
    core.fakes.calls.filter((name) => name === billingHoldsRpc.place.name).length;
  const states = async (ids: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const id of ids) found.push((await core.read(id)).state);
    return found;
  };

  it('SMS-207 billing away: 30 due sends do not wait for it one after the other', async () => {
    const ids = await dueSends(30);
    core.fakes.faults.set(billingHoldsRpc.place.name, {
      error: new DomainError('service.unavailable'),
      times: Infinity,
    });
    await core.sendSchedule.fireDue();
    expect(holdsAsked()).toBe(4);
    // Those that nobody came to are as they were.
    expect((await states(ids)).filter((state) => state === 'scheduled')).toHaveLength(26);
    // The next round begins with others: it may be one of these alone that billing does not answer.
    await core.sendSchedule.fireDue();
    expect(holdsAsked()).toBe(8);
    core.fakes.faults.clear();
    await core.sendSchedule.fireDue();
    expect((await states(ids)).filter((state) => state === 'queued').length).toBeGreaterThanOrEqual(22);
    await core.sql(`UPDATE sends SET send_at = now() - interval '1 minute' WHERE state = 'placing'`);
    await eventually(async () => {
      await core.sendSchedule.fireDue();
      expect(new Set(await states(ids))).toEqual(new Set(['queued']));
    });
  });

  it('SMS-207 a due send that always fails keeps none behind it from going', async () => {
    const [bad = '', ...good] = await dueSends(6);
    const fire = core.sendSchedule['fire'].bind(core.sendSchedule);
    Object.assign(core.sendSchedule, {
      fire: (id: string) => (id === bad ? Promise.reject(new Error('a row like no other')) : fire(id)),
    });
    await core.sendSchedule.fireDue();
    expect(await states(good)).toEqual(good.map(() => 'queued'));
    expect(await states([bad])).toEqual(['scheduled']);
  });

  it('SMS-020 a received message whose answer always fails keeps none behind it from theirs', async () => {
    await core.lines.setSecretary(customerId, { lineId, text: 'پیام شما رسید.' });
    const [line] = await core.sql<{ number: string; link_id: string }>(
      'SELECT number, link_id FROM lines WHERE id = $1',
      [lineId],
    );
    const session = await core.session();
    const report = core.report(session, line?.link_id ?? '');
    for (let no = 0; no < 6; no++)
      report.inbound({
        key: uuidv7(),
        from: `98912000000${no}`,
        to: line?.number ?? '',
        text: 'سلام',
        total: 1,
        part: 1,
        at: Date.now(),
      });
    await core.recorder.recordReports([report.dto]);
    const create = core.sends.create.bind(core.sends);
    jest
      .spyOn(core.sends, 'create')
      .mockImplementation((customer, request) =>
        request.recipients.numbers?.[0] === '989120000000'
          ? Promise.reject(new Error('a row like no other'))
          : create(customer, request),
      );
    await core.secretary.sendDueAnswers();
    const due = await core.sql<{ msisdn: number }>('SELECT msisdn FROM secretary_answers WHERE due');
    expect(due).toEqual([{ msisdn: 989_120_000_000 }]);
    expect((await core.sendReads.list(customerId, {})).sends).toHaveLength(5);
  });

  it('guarantee 4: a send that always fails to settle keeps none behind it from being charged and closed', async () => {
    const session = await core.session();
    const linkId =
      (await core.sql<{ link_id: string }>('SELECT link_id FROM lines WHERE id = $1', [lineId]))[0]
        ?.link_id ?? '';
    const ids: string[] = [];
    for (let no = 0; no < 6; no++) {
      const sendId = await core.send(customerId, lineId, 1);
      const [batch] = await core.assign(sendId, session);
      await core.recorder.recordReports([
        core.report(session, linkId).failed({ batchId: batch?.id ?? '', index: 0 }, 0x45).dto,
      ]);
      ids.push(sendId);
    }
    const [bad = '', ...good] = ids;
    const add = core.outbox.add.bind(core.outbox);
    const spy = jest
      .spyOn(core.outbox, 'add')
      .mockImplementation((tx, contract, aggregate, payload) =>
        aggregate === `send:${bad}`
          ? Promise.reject(new Error('a row like no other'))
          : add(tx, contract, aggregate, payload),
      );
    expect((await core.closer.step()).sort()).toEqual(good.sort());
    expect(await states(good)).toEqual(good.map(() => 'finished'));
    expect(await states([bad])).toEqual(['sending']);
    spy.mockRestore();
    await eventually(async () => {
      await core.closer.step();
      expect(await states([bad])).toEqual(['finished']);
    });
  });

  it("a leader that starts finds what billing was not told and what may end, by whoever's hand", async () => {
    const session = await core.session();
    const linkId =
      (await core.sql<{ link_id: string }>('SELECT link_id FROM lines WHERE id = $1', [lineId]))[0]
        ?.link_id ?? '';
    const sendId = await core.send(customerId, lineId, 2);
    const [batch] = await core.assign(sendId, session);
    await core.recorder.recordReports([
      core.report(session, linkId).sent({ batchId: batch?.id ?? '', index: 0 }, 'n-1').dto,
    ]);
    const next = new Closer(core.source, core.transactions, core.outbox, core.runtime.logger);
    expect(await next.step()).toEqual([sendId]);
    expect(await core.told(sendId)).toMatchObject({ captured: 1_330, closed: [] });
    expect(await next.step()).toEqual([]);
  });

  it('old batches go in pages, those of sends that are not over stay', async () => {
    const [old, open] = [await core.send(customerId, lineId, 1), await core.send(customerId, lineId, 1)];
    const ancient = uuidv7LowerBound(new Date(Date.now() - 20 * 86_400_000)).slice(0, 18);
    await core.sql(
      `INSERT INTO batches (id, send_id, link_id, first_seq, count, state)
       SELECT ($1 || '-8000-' || lpad(to_hex(no), 12, '0'))::uuid, CASE WHEN no % 2 = 0 THEN $2::uuid ELSE $3::uuid END,
         $2, no, 1, 2 FROM generate_series(1, 12000) AS no`,
      [ancient, old, open],
    );
    await core.sql(
      `UPDATE sends SET state = 'finished', finished_at = now() - interval '4 days' WHERE id = $1`,
      [old],
    );
    const duty = core.duty('old batches');
    const count = async (): Promise<number> =>
      (await core.sql<{ count: number }>('SELECT count(*)::int AS count FROM batches WHERE state = 2'))[0]
        ?.count ?? 0;
    const left: number[] = [];
    for (let more = true; more;) {
      more = await duty.run();
      left.push(await count());
    }
    expect(left).toEqual([9_500, 7_000, 6_000]);
    // The next day it begins at the oldest again.
    await core.sql(
      `UPDATE sends SET state = 'finished', finished_at = now() - interval '4 days' WHERE id = $1`,
      [open],
    );
    while (await duty.run());
    expect(await count()).toBe(0);
  });

  it('receipts of a large send are given up a stretch at a time, and then it is asked for no more', async () => {
    const sendId = await core.send(customerId, lineId, 1);
    await core.sql(
      `INSERT INTO messages (send_id, seq, msisdn, operator, state, parts)
       SELECT $1, no, 989120000000 + no, 0, CASE WHEN no % 10 = 0 THEN $2::smallint ELSE $3::smallint END, 1 FROM generate_series(2, 45000) AS no`,
      [sendId, stateCode('sent'), stateCode('delivered')],
    );
    await core.sql(
      `UPDATE sends SET state = 'finished', finished_at = now() - interval '3 days', recipients = 45000, cursor = 45000,
         queued = 0, sent = 4500, delivered = 40499, failed = 1 WHERE id = $1`,
      [sendId],
    );
    const duty = core.duty('receipts given up');
    const given: number[] = [];
    for (let more = true; more;) {
      more = await duty.run();
      given.push((await core.read(sendId)).unreported);
    }
    expect(given).toEqual([2_000, 4_000, 4_500, 4_500]);
    expect(await core.sql('SELECT 1 FROM sends WHERE awaits_receipts')).toEqual([]);
  });

  it('a send whose counts say what its messages do not is rested, not scanned for ever', async () => {
    const sendId = await core.send(customerId, lineId, 1);
    await core.sql(
      `UPDATE sends SET state = 'finished', finished_at = now() - interval '3 days', sent = 1, queued = 0 WHERE id = $1`,
      [sendId],
    );
    const duty = core.duty('receipts given up');
    const read = jest.spyOn(core.transactions, 'run');
    expect(await duty.run()).toBe(true);
    expect(await duty.run()).toBe(false);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it("an operator's second report is found among many batches, a stretch at a time, and settles nothing", async () => {
    const linkId =
      (await core.sql<{ link_id: string }>('SELECT link_id FROM lines WHERE id = $1', [lineId]))[0]
        ?.link_id ?? '';
    const session = await core.session();
    const delivered = await core.send(customerId, lineId, 1);
    const [batch] = await core.assign(delivered, session);
    const place = { batchId: batch?.id ?? '', index: 0 };
    await core.recorder.recordReports([
      core.report(session, linkId).sent(place, '00AB12').receipt('00AB12', 'delivered', { place }).dto,
    ]);
    const gone = await core.session();
    const doubtful = await core.send(customerId, lineId, 2);
    const [second] = await core.assign(doubtful, gone);
    await core.recorder.recordReports([core.report(gone, linkId).started(second?.id ?? '', 2).dto]);
    await core.recorder.closeSession(gone.id);
    // The batch of the delivered one is far behind many others.
    await core.sql(
      `INSERT INTO batches (id, send_id, link_id, first_seq, count, state)
       SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(no), 12, '0'))::uuid, $1, $2, 1, 1, 2 FROM generate_series(1, 700) AS no`,
      [doubtful, linkId],
    );
    await core.recorder.recordReports([
      core
        .report(session, linkId)
        .receipt('ab12', 'delivered', { msisdn: 989_120_000_000 })
        .receipt('cd34', 'delivered', { msisdn: 989_120_000_001 }).dto,
    ]);
    await core.sql(`UPDATE orphan_receipts SET received_at = now() - interval '6 seconds'`);
    const duty = core.duty('receipts of doubts');
    let steps = 1;
    while (await duty.run()) steps++;
    // Three for the stretches of 702 batches, and one that finds nothing left.
    expect(steps).toBe(4);
    expect(await core.states(doubtful)).toEqual(['in_doubt', 'delivered']);
    expect(await core.sql('SELECT 1 FROM orphan_receipts')).toEqual([]);
  });
});
