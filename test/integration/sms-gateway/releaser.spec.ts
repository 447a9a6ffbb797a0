import { dispatchWork } from '@peyk/contracts/sms';
import type { Lane } from '@peyk/contracts';
import type { DispatchBatchDto } from '@peyk/contracts/sms';
import { tehranHour } from '@peyk/persian';
import { eventually } from '@peyk/testing';
import { stateCode } from '../../../apps/sms-gateway/src/messages/message.entity';
import { Core } from './fixture';
import type { Session } from './fixture';

describe('Releaser', () => {
  let core: Core;
  let customerId: string;

  beforeAll(async () => {
    core = await Core.start();
    customerId = core.fakes.customer();
  });
  afterAll(() => core.stop());
  beforeEach(async () => {
    await core.sql(`UPDATE worker_sessions SET state = 'closed'`);
    await core.sql(`UPDATE sends SET state = 'refused'`);
    core.broker.published.length = 0;
  });

  /** A session that holds all binds of the link, at this share. */
  async function holder(linkId: string, share: number): Promise<Session> {
    const session = await core.session();
    await core.sql(
      `INSERT INTO link_binds (link_id, bind_no, session_id, state) VALUES ($1, 0, $2, 'bound')
       ON CONFLICT (link_id, bind_no) DO UPDATE SET session_id = excluded.session_id`,
      [linkId, session.id],
    );
    await core.sql(
      'INSERT INTO link_shares (link_id, session_id, granted, applied) VALUES ($1, $2, $3, $3)',
      [linkId, session.id, share],
    );
    return session;
  }
  const batchesTo = (session: Session): DispatchBatchDto[] =>
    core.broker.work(dispatchWork.batch, session.queue);
  const send = async (
    linkId: string,
    count: number,
    lane: Lane = 'bulk',
    owner = customerId,
  ): Promise<string> => core.send(owner, await core.line(owner, linkId), count, { lane });
  async function fresh(releaser: ReturnType<Core['newReleaser']>): Promise<void> {
    // Lines are remembered for two seconds.
    Object.assign(core.lines, { cache: undefined });
    releaser.refresh();
    await releaser.step();
    await releaser.drain();
  }

  it('SMS-202 gives out only about half a second of the share, and more as answers come', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 200);
    const sendId = await send(linkId, 1_000);
    const releaser = core.newReleaser();
    for (let round = 0; round < 5; round++) await fresh(releaser);
    const out = batchesTo(session);
    expect(out.map((batch) => batch.seqs.length)).toEqual([50, 50]);
    expect(out[0]).toMatchObject({
      sendId,
      customerId,
      linkId,
      lane: 'bulk',
      text: 'سلام',
      parts: 1,
      fromIndex: 0,
      is66Char: false,
    });
    expect(out[0]?.source).toMatch(/^98\d+$/);
    expect(out.flatMap((batch) => batch.seqs)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(out[0]?.msisdns[49]).toBe(989_120_000_049);
    releaser.onAnswered(session.id, linkId, 40);
    await fresh(releaser);
    expect(batchesTo(session)).toHaveLength(3);
    expect((await core.read(sendId)).state).toBe('sending');
    await core.expectSound(sendId);
  });

  it('gives nothing to a session without a share, nor to one that leaves', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 0);
    await send(linkId, 10);
    const releaser = core.newReleaser();
    await fresh(releaser);
    expect(batchesTo(session)).toEqual([]);
    await core.sql('UPDATE link_shares SET granted = 200 WHERE session_id = $1', [session.id]);
    await core.sql('UPDATE worker_sessions SET leaving = true WHERE id = $1', [session.id]);
    await fresh(releaser);
    expect(batchesTo(session)).toEqual([]);
  });

  it('divides over the sessions of a link by their room', async () => {
    const linkId = await core.link({ parts_per_second: 400, binds: 2 });
    const [a, b] = [await holder(linkId, 200), await core.session()];
    await core.sql(
      `INSERT INTO link_binds (link_id, bind_no, session_id, state) VALUES ($1, 1, $2, 'bound')`,
      [linkId, b.id],
    );
    await core.sql(
      'INSERT INTO link_shares (link_id, session_id, granted, applied) VALUES ($1, $2, 200, 200)',
      [linkId, b.id],
    );
    const sendId = await send(linkId, 1_000);
    await fresh(core.newReleaser());
    expect(batchesTo(a).length).toBeGreaterThan(0);
    expect(Math.abs(batchesTo(a).length - batchesTo(b).length)).toBeLessThanOrEqual(1);
    const seqs = [...batchesTo(a), ...batchesTo(b)].flatMap((batch) => batch.seqs);
    expect(new Set(seqs).size).toBe(seqs.length);
    await core.expectSound(sendId);
  });

  it('one-time codes go before transactional before bulk, also when bulk has filled the room', async () => {
    const linkId = await core.link({ parts_per_second: 100 });
    const session = await holder(linkId, 100);
    await send(linkId, 500);
    const releaser = core.newReleaser();
    await fresh(releaser);
    await fresh(releaser);
    const before = batchesTo(session).length;
    const quick = await send(linkId, 3, 'transactional');
    const code = await send(linkId, 1, 'otp');
    await fresh(releaser);
    await releaser.step();
    await releaser.drain();
    expect(
      batchesTo(session)
        .slice(before)
        .map((batch) => batch.sendId),
    ).toEqual([code, quick]);
  });

  it("fairness: a customer's few messages do not wait behind another's many, at one batch at a time too", async () => {
    const linkId = await core.link({ parts_per_second: 100 });
    const session = await holder(linkId, 100);
    const [rich, poor] = [core.fakes.customer(), core.fakes.customer()];
    // Whichever id is the smaller.
    for (const [many, few] of [
      [rich, poor],
      [poor, rich],
    ] as const) {
      core.broker.published.length = 0;
      const big = await send(linkId, 1_000, 'bulk', many);
      const releaser = core.newReleaser();
      await fresh(releaser);
      const small = await send(linkId, 100, 'bulk', few);
      const start = batchesTo(session).length;
      for (let round = 0; round < 10; round++) {
        releaser.onAnswered(session.id, linkId, 25);
        await fresh(releaser);
      }
      const order = batchesTo(session)
        .slice(start)
        .map((batch) => batch.sendId);
      const mine = order.flatMap((id, index) => (id === small ? [index] : []));
      expect(mine).toHaveLength(4);
      // In turn: neither is served twice while the other waits.
      for (let at = 1; at <= (mine.at(-1) ?? 0); at++) expect(order[at]).not.toBe(order[at - 1]);
      expect(order.slice(0, 8).filter((id) => id === big)).toHaveLength(4);
      await core.sql(`UPDATE sends SET state = 'refused' WHERE id = ANY($1)`, [[big, small]]);
      await core.sql(`UPDATE batches SET state = 2 WHERE send_id = ANY($1)`, [[big, small]]);
    }
  });

  it('a paused or cancelled send gives out nothing more from that moment on', async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    const sendId = await send(linkId, 300);
    const releaser = core.newReleaser();
    releaser.refresh();
    await core.sendControl.pause(customerId, sendId);
    await fresh(releaser);
    expect(batchesTo(session)).toEqual([]);
    await core.sendControl.resume(customerId, sendId);
    await fresh(releaser);
    expect(batchesTo(session)).toHaveLength(3);
  });

  it('a pause that comes while batches are given out reaches every one of them', async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    for (let round = 0; round < 5; round++) {
      const sendId = await send(linkId, 2_000);
      const releaser = core.newReleaser();
      await Promise.all([fresh(releaser), core.sendControl.pause(customerId, sendId)]);
      const assigned = (await core.batches(sendId)).filter(({ state }) => state === 1).length;
      const withdrawn = core.broker
        .work(dispatchWork.withdraw, session.queue)
        .filter((work) => work.sendId === sendId).length;
      expect(withdrawn).toBe(assigned > 0 ? 1 : 0);
      await fresh(releaser);
      expect((await core.batches(sendId)).filter(({ state }) => state === 1)).toHaveLength(assigned);
    }
  });

  it('an advertising line waits for its sending hours and goes on by itself', async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    const hour = tehranHour(new Date());
    const lineId = await core.line(customerId, linkId, {
      line_class: 'advertising',
      hours_from: (hour + 2) % 24,
      hours_to: ((hour + 3) % 24) + 1,
    });
    const sendId = await core.send(customerId, lineId, 10);
    const releaser = core.newReleaser();
    await fresh(releaser);
    expect(batchesTo(session)).toEqual([]);
    expect((await core.sendReads.read(customerId, sendId)).waitsUntil).not.toBeNull();
    await core.sql('UPDATE lines SET hours_from = $2, hours_to = $3 WHERE id = $1', [
      lineId,
      hour,
      ((hour + 1) % 24) + 1,
    ]);
    await fresh(releaser);
    expect(batchesTo(session)).toHaveLength(1);
    expect((await core.sendReads.read(customerId, sendId)).waitsUntil).toBeNull();
  });

  /** So many more sends like this one, each with one message that waits. */
  const copies = (sendId: string, count: number): Promise<unknown> =>
    core.sql(
      `WITH copied AS (
         INSERT INTO sends (id, customer_id, line_id, link_id, request_hash, title, body, kind, lane, language, parts, is_66_char,
           list_id, first_position, recipients, prices, quoted_rials, refund_policy, state, cursor, queued)
         SELECT gen_random_uuid(), customer_id, line_id, link_id, request_hash, title, body, kind, lane, language, parts, is_66_char,
           list_id, first_position, 1, prices, quoted_rials, refund_policy, 'queued', 1, 1
         FROM sends, generate_series(1, $2) WHERE id = $1 RETURNING id, link_id)
       INSERT INTO batches (id, send_id, link_id, first_seq, count) SELECT gen_random_uuid(), id, link_id, 1, 1 FROM copied`,
      [sendId, count],
    );

  it('6,000 sends that wait for the morning, or for a link that is down, hide no one-time code of another line', async () => {
    const [down, up] = [await core.link(), await core.link()];
    const session = await holder(up, 0);
    const hour = tehranHour(new Date());
    const night = await core.line(customerId, up, {
      line_class: 'advertising',
      hours_from: (hour + 2) % 24,
      hours_to: ((hour + 3) % 24) + 1,
    });
    const off = await core.line(customerId, up);
    const asleep = await core.send(customerId, night, 1);
    const disabled = await core.send(customerId, off, 1);
    await core.sql('UPDATE lines SET active = false WHERE id = $1', [off]);
    await copies(asleep, 6_000);
    await copies(disabled, 6_000);
    await copies(await send(down, 1), 6_000);
    await copies(await send(down, 1, 'otp'), 6_000);
    const code = await send(up, 1, 'otp');
    const bulk = await send(up, 1);
    const releaser = core.newReleaser();
    await fresh(releaser);
    await releaser.step();
    await releaser.drain();
    expect(batchesTo(session).map((batch) => batch.sendId)).toEqual([code, bulk]);
  });

  it("fairness: 6,000 sends of one customer hide no other's in the same lane, on a line that they share", async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    const [rich, poor] = [core.fakes.customer(), core.fakes.customer()];
    const lineId = await core.line(rich, linkId);
    await copies(await core.send(rich, lineId, 1, { lane: 'bulk' }), 6_000);
    const few = await send(linkId, 1, 'bulk', poor);
    const shared = await core.send(rich, lineId, 1, { lane: 'bulk' });
    await core.sql('UPDATE sends SET customer_id = $2 WHERE id = $1', [shared, core.fakes.customer()]);
    await fresh(core.newReleaser());
    const out = batchesTo(session).map((batch) => batch.sendId);
    expect(out).toContain(few);
    expect(out).toContain(shared);
  });

  it('a line that is switched off sends nothing more; one that is new sends under its number', async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    const releaser = core.newReleaser();
    await fresh(releaser);
    const lineId = await core.line(customerId, linkId, { number: '98300055' });
    const sendId = await core.send(customerId, lineId, 5);
    await fresh(releaser);
    expect(batchesTo(session)).toMatchObject([{ sendId, source: '98300055' }]);
    const second = await core.send(customerId, lineId, 5);
    await core.sql('UPDATE lines SET active = false WHERE id = $1', [lineId]);
    await fresh(releaser);
    expect((await core.batches(second)).map(({ state }) => state)).toEqual([0]);
  });

  it('a batch that never arrived is published again, one that was heard of is not', async () => {
    const linkId = await core.link();
    const session = await holder(linkId, 0);
    await send(linkId, 200);
    const releaser = core.newReleaser();
    await fresh(releaser);
    const [lost, heard] = batchesTo(session);
    releaser.onHeld(session.id, new Set());
    await releaser.drain();
    expect(batchesTo(session)).toHaveLength(2);
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 4_000);
    try {
      releaser.onSeen(heard?.batchId ?? '');
      releaser.onHeld(session.id, new Set());
      await releaser.drain();
    } finally {
      later.mockRestore();
    }
    expect(batchesTo(session).slice(2)).toEqual([lost]);
  });

  it('a new program knows what the old one gave out: it neither gives it twice nor forgets it', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 200);
    const sendId = await send(linkId, 1_000);
    await fresh(core.newReleaser());
    const before = batchesTo(session).length;
    const next = core.newReleaser();
    await fresh(next);
    expect(batchesTo(session)).toHaveLength(before);
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 4_000);
    try {
      next.onHeld(session.id, new Set());
      await next.drain();
    } finally {
      later.mockRestore();
    }
    expect(batchesTo(session)).toHaveLength(2 * before);
    await core.expectSound(sendId);
  });

  it('answers that were recorded and never told here do not fill the room for ever', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 200);
    const sendId = await send(linkId, 1_000);
    const releaser = core.newReleaser();
    await fresh(releaser);
    expect(batchesTo(session)).toHaveLength(2);
    // As a recorder leaves it whose commit arrived while its connection broke.
    await core.sql('UPDATE messages SET state = $2 WHERE send_id = $1 AND seq <= 100', [
      sendId,
      stateCode('sent'),
    ]);
    await core.sql('UPDATE batches SET state = 2, next_index = count WHERE send_id = $1 AND state = 1', [
      sendId,
    ]);
    await eventually(async () => {
      await fresh(releaser);
      expect(batchesTo(session)).toHaveLength(4);
    });
    releaser.onAnswered(session.id, linkId, 100);
    await eventually(async () => {
      await fresh(releaser);
      expect(batchesTo(session)).toHaveLength(6);
    });
  });

  it('an assignment whose commit nobody heard of is known at the next step', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 200);
    await send(linkId, 1_000);
    const releaser = core.newReleaser();
    await fresh(releaser);
    releaser.onAnswered(session.id, linkId, 100);
    // Committed, and the connection broke before the answer.
    const run = core.transactions.run.bind(core.transactions);
    const spy = jest.spyOn(core.transactions, 'run').mockImplementationOnce(async (act, options) => {
      await run(act, options);
      throw new Error('connection lost');
    });
    await expect(fresh(releaser)).rejects.toThrow('connection lost');
    spy.mockRestore();
    const before = batchesTo(session).length;
    await fresh(releaser);
    // They fill the room, although nothing was published.
    expect(batchesTo(session)).toHaveLength(before);
    const later = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 4_000);
    try {
      releaser.onHeld(session.id, new Set(batchesTo(session).map((batch) => batch.batchId)));
      await releaser.drain();
    } finally {
      later.mockRestore();
    }
    expect(batchesTo(session).length).toBeGreaterThan(before);
  });

  it('a session whose queue is gone is suspected', async () => {
    const linkId = await core.link({ parts_per_second: 200 });
    const session = await holder(linkId, 200);
    core.broker.queues.delete(session.queue);
    await send(linkId, 10);
    await fresh(core.newReleaser());
    const [row] = await core.sql<{ granted: number; reserved: number; free_at: Date | null }>(
      'SELECT granted, reserved, free_at FROM link_shares WHERE session_id = $1',
      [session.id],
    );
    expect(row).toMatchObject({ granted: 0, reserved: 200 });
    expect(row?.free_at).not.toBeNull();
  });
});
