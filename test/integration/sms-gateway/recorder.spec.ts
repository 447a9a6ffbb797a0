import { reportedPastMs } from '../../../apps/sms-gateway/src/messages/message-partitions';
import { Core } from './fixture';
import type { BatchRow, Session } from './fixture';
import type { Place } from './report';

describe('Recorder', () => {
  let core: Core;
  let linkId: string;
  let customerId: string;
  let lineId: string;
  let refundingLineId: string;
  let session: Session;

  beforeAll(async () => {
    core = await Core.start();
    linkId = await core.link();
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, linkId);
    refundingLineId = await core.line(customerId, linkId, { refund_policy: 'delivered' });
    session = await core.session();
  });
  afterAll(() => core.stop());

  const threeParts = 'س'.repeat(200);
  const price = 1_330;
  const first = 989_120_000_000;
  let idCount = 0;
  const nextId = (): string => `id-${++idCount}`;

  async function given(
    count: number,
    options: { text?: string; line?: string } = {},
  ): Promise<{ sendId: string; batches: BatchRow[]; place: (seq: number) => Place }> {
    const sendId = await core.send(customerId, options.line ?? lineId, count, {
      ...(options.text === undefined ? {} : { text: options.text }),
    });
    const batches = await core.assign(sendId, session);
    const place = (seq: number): Place => {
      const batch = batches.find((one) => seq >= one.first_seq && seq < one.first_seq + one.count);
      return { batchId: batch?.id ?? '', index: seq - (batch?.first_seq ?? 0) };
    };
    return { sendId, batches, place };
  }
  const report = () => core.report(session, linkId);

  it('SMS-203 records the answer and the receipt that come together', async () => {
    const { sendId, place } = await given(1);
    const id = nextId();
    await core.recorder.recordReports([
      report().started(place(1).batchId, 1).dto,
      report()
        .sent(place(1), id)
        .receipt(id, 'delivered', { place: place(1) }).dto,
    ]);
    expect(await core.message(sendId, 1)).toMatchObject({
      stateName: 'delivered',
      submittedMask: 1,
      deliveredMask: 1,
      chargedRials: price,
      refundedRials: 0,
      operatorIds: id,
    });
    expect((await core.batches(sendId))[0]?.state).toBe(2);
    await core.expectSound(sendId);
  });

  it('BIL-205 a running send is charged, and paid back, at the price that it was quoted', async () => {
    const { sendId, place } = await given(2, { line: refundingLineId });
    const quoted = await core.read(sendId);
    const prices = { ...core.fakes.prices };
    core.fakes.prices = { mci: 4 * price };
    try {
      const ids = [nextId(), nextId()] as const;
      await core.recorder.recordReports([report().sent(place(1), ids[0]).sent(place(2), ids[1]).dto]);
      await core.recorder.recordReports([
        report().receipt(ids[0], 'undelivered').receipt(ids[1], 'delivered').dto,
      ]);
      expect(await core.message(sendId, 1)).toMatchObject({ chargedRials: price, refundedRials: price });
      expect(await core.message(sendId, 2)).toMatchObject({ chargedRials: price, refundedRials: 0 });
      expect((await core.read(sendId)).prices).toEqual(quoted.prices);
      await core.expectSound(sendId);
      // Who has not been quoted before pays the new one.
      const other = core.fakes.customer();
      const next = await core.send(other, await core.line(other, linkId), 1);
      expect((await core.read(next)).prices[0]).toBe(4 * price);
    } finally {
      core.fakes.prices = prices;
    }
  });

  it('SMS-203 records receipts that come later, on any bind, by id alone', async () => {
    const { sendId, place } = await given(3);
    const ids = [nextId(), nextId(), nextId()];
    await core.recorder.recordReports([
      report()
        .sent(place(1), ids[0] ?? '')
        .sent(place(2), ids[1] ?? '')
        .sent(place(3), ids[2] ?? '').dto,
    ]);
    expect(await core.states(sendId)).toEqual(['sent', 'sent', 'sent']);
    const other = await core.session();
    await core.newRecorder().recordReports([
      core
        .report(other, linkId)
        .receipt(ids[0] ?? '', 'delivered', { msisdn: first })
        .receipt(ids[1] ?? '', 'expired', { msisdn: first + 1 })
        .receipt(ids[2] ?? '', 'accepted', { msisdn: first + 2 }).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['delivered', 'undelivered', 'sent']);
    expect((await core.message(sendId, 1)).finalAt).not.toBeNull();
    await core.expectSound(sendId);
  });

  it('SMS-203 matches decimal and hex ids, zeros before them and either case', async () => {
    const { sendId, place } = await given(4);
    await core.recorder.recordReports([
      report()
        .sent(place(1), '7F000001')
        .sent(place(2), '2130706434')
        .sent(place(3), '0000BEEF')
        .sent(place(4), 'Mixed-Case').dto,
    ]);
    await core.recorder.recordReports([
      report()
        .receipt('2130706433', 'delivered')
        .receipt('7f000002', 'delivered')
        .receipt('beef', 'delivered')
        .receipt('MIXED-CASE', 'delivered').dto,
    ]);
    expect(await core.states(sendId)).toEqual(Array(4).fill('delivered'));
  });

  it('tells two messages with one id apart by the number, and the two links of an id', async () => {
    const { sendId, place } = await given(2);
    const otherLink = await core.link();
    const { sendId: otherSend, batches } = await (async () => {
      const send = await core.send(customerId, await core.line(customerId, otherLink), 1);
      return { sendId: send, batches: await core.assign(send, session) };
    })();
    await core.recorder.recordReports([report().sent(place(1), 'same').sent(place(2), 'same').dto]);
    await core.recorder.recordReports([
      core.report(session, otherLink).sent({ batchId: batches[0]?.id ?? '', index: 0 }, 'same').dto,
    ]);
    await core.recorder.recordReports([report().receipt('same', 'delivered', { msisdn: first + 1 }).dto]);
    expect(await core.states(sendId)).toEqual(['sent', 'delivered']);
    expect(await core.states(otherSend)).toEqual(['sent']);
  });

  it('SMS-203 keeps a receipt that overtook its answer, in the same flush or an earlier one', async () => {
    const { sendId, place } = await given(3);
    await core.recorder.recordReports([
      report().receipt('0x1'.slice(2) + 'a1f', 'delivered', { msisdn: first }).dto,
      report().receipt('early-2', 'rejected', { msisdn: first + 1 }).dto,
    ]);
    await core.recorder.recordReports([
      report().sent(place(1), '6687').sent(place(2), 'early-2').dto,
      report().receipt('early-3', 'delivered', { msisdn: first + 2 }).dto,
      report().sent(place(3), 'early-3').dto,
    ]);
    expect(await core.states(sendId)).toEqual(['delivered', 'undelivered', 'delivered']);
    expect(
      await core.sql(`SELECT 1 FROM orphan_receipts WHERE operator_id = ANY($1)`, [
        ['1a1f', 'early-2', 'early-3'],
      ]),
    ).toEqual([]);
    await core.expectSound(sendId);
  });

  it('a receipt that comes twice, or says otherwise after the end, changes nothing', async () => {
    const { sendId, place } = await given(1, { line: refundingLineId });
    const id = nextId();
    await core.recorder.recordReports([report().sent(place(1), id).dto]);
    await core.recorder.recordReports([report().receipt(id, 'undelivered').dto]);
    const before = await core.message(sendId, 1);
    await core.recorder.recordReports([
      report().receipt(id, 'undelivered').receipt(id, 'delivered').dto,
      report().receipt(id, 'delivered', { place: place(1) }).dto,
    ]);
    expect(await core.message(sendId, 1)).toEqual(before);
    await core.expectSound(sendId);
  });

  it('a message is delivered when all its parts are, and undelivered when one is not', async () => {
    const { sendId, place } = await given(2, { text: threeParts });
    await core.recorder.recordReports([
      report().sent(place(1), 'p1 p2 p3', { parts: 7 }).sent(place(2), 'q1 q2 q3', { parts: 7 }).dto,
    ]);
    await core.recorder.recordReports([report().receipt('p1', 'delivered').receipt('q1', 'delivered').dto]);
    await core.recorder.recordReports([report().receipt('p3', 'delivered').receipt('q2', 'undelivered').dto]);
    expect(await core.states(sendId)).toEqual(['sent', 'sent']);
    await core.recorder.recordReports([report().receipt('p2', 'delivered').receipt('q3', 'delivered').dto]);
    expect(await core.states(sendId)).toEqual(['delivered', 'undelivered']);
    expect(await core.message(sendId, 2)).toMatchObject({ deliveredMask: 0b101, undeliveredMask: 0b010 });
    expect((await core.read(sendId)).chargedRials).toBe(2 * 3 * price);
    await core.expectSound(sendId);
  });

  it('charges a message that was refused in part for the parts that the operator took', async () => {
    const { sendId, place } = await given(2, { text: threeParts });
    await core.recorder.recordReports([
      report().failed(place(1), 0x45, { parts: 0b011, ids: 'a b -' }).failed(place(2), 0x0b).dto,
    ]);
    expect(await core.message(sendId, 1)).toMatchObject({
      stateName: 'failed',
      chargedRials: 2 * price,
      errorStatus: 0x45,
    });
    expect(await core.message(sendId, 2)).toMatchObject({ stateName: 'failed', chargedRials: 0 });
    // Receipts of what was taken change nothing any more.
    await core.recorder.recordReports([report().receipt('a', 'delivered').receipt('b', 'undelivered').dto]);
    expect(await core.states(sendId)).toEqual(['failed', 'failed']);
    await core.expectSound(sendId);
  });

  it('pays back what was not delivered where the line says so, and only there', async () => {
    for (const [line, refund] of [
      [refundingLineId, 3 * price],
      [lineId, 0],
    ] as const) {
      const { sendId, place } = await given(2, { text: threeParts, line });
      const [a, b] = [nextId(), nextId()];
      await core.recorder.recordReports([
        report()
          .sent(place(1), `${a}-1 ${a}-2 ${a}-3`, { parts: 7 })
          .sent(place(2), `${b}-1 ${b}-2 ${b}-3`, { parts: 7 })
          .receipt(`${b}-1`, 'expired', { place: place(2), part: 0 })
          .receipt(`${b}-2`, 'delivered', { place: place(2), part: 1 })
          .receipt(`${b}-3`, 'delivered', { place: place(2), part: 2 }).dto,
      ]);
      expect(await core.message(sendId, 2)).toMatchObject({
        stateName: 'undelivered',
        chargedRials: 3 * price,
        refundedRials: refund,
      });
      await core.recorder.recordReports([
        report()
          .receipt(`${a}-1`, 'delivered')
          .receipt(`${a}-2`, 'delivered')
          .receipt(`${a}-3`, 'undelivered').dto,
      ]);
      await core.close();
      expect(await core.told(sendId)).toEqual({
        captured: 6 * price,
        refunded: 2 * refund,
        closed: [6 * price],
      });
      await core.expectSound(sendId);
    }
  });

  it('a report that comes again changes nothing, also to a program that knows nothing', async () => {
    const { sendId, batches, place } = await given(3);
    const [a, b] = [nextId(), nextId()];
    const batchId = batches[0]?.id ?? '';
    const said = [
      report().started(batchId, 3).dto,
      report().sent(place(1), a).sent(place(2), b).failed(place(3), 0x45).dto,
      report().receipt(a, 'delivered', { place: place(1) }).dto,
    ];
    await core.recorder.recordReports(said);
    const before = [
      await core.read(sendId),
      await core.sql('SELECT * FROM messages WHERE send_id = $1 ORDER BY seq', [sendId]),
    ];
    await core.recorder.recordReports(said);
    await core.newRecorder().recordReports(said);
    await core.newRecorder().recordReports([...said].reverse());
    expect([
      await core.read(sendId),
      await core.sql('SELECT * FROM messages WHERE send_id = $1 ORDER BY seq', [sendId]),
    ]).toEqual(before);
    expect(await core.sql('SELECT 1 FROM submissions WHERE send_id = $1', [sendId])).toHaveLength(1);
    await core.expectSound(sendId);
  });

  it('guarantee 1: a placed receipt whose report overtook that of the answer waits for it', async () => {
    const { sendId, batches, place } = await given(2);
    const [a, b] = [nextId(), nextId()];
    await core.recorder.recordReports([report().started(batches[0]?.id ?? '', 2).dto]);
    await core.recorder.recordReports([report().receipt(a, 'delivered', { place: place(1) }).dto]);
    expect(await core.read(sendId)).toMatchObject({ queued: 2, delivered: 0 });
    await core.recorder.recordReports([report().sent(place(1), a).sent(place(2), b).dto]);
    expect(await core.read(sendId)).toMatchObject({ queued: 0, sent: 1, delivered: 1 });
    // A repetition of what is through is kept by nobody.
    await core.recorder.recordReports([report().receipt(a, 'delivered', { place: place(1) }).dto]);
    expect(await core.sql('SELECT 1 FROM orphan_receipts')).toEqual([]);
    await core.expectSound(sendId);
  });

  it('takes the new receipt that comes with the repetition of an old report', async () => {
    const { sendId, place } = await given(1);
    const id = nextId();
    const old = report().sent(place(1), id).dto;
    await core.recorder.recordReports([old]);
    await core.newRecorder().recordReports([old, report().receipt(id, 'delivered', { place: place(1) }).dto]);
    expect(await core.states(sendId)).toEqual(['delivered']);
    await core.expectSound(sendId);
  });

  it('batches given back wait again, whatever had been started of them', async () => {
    const { sendId, batches, place } = await given(100);
    const batchId = batches[0]?.id ?? '';
    await core.recorder.recordReports([
      report().started(batchId, 60).sent(place(1), nextId()).dto,
      report().returned(batchId, 40).dto,
    ]);
    expect(
      (await core.batches(sendId)).map(({ first_seq, count, state }) => [first_seq, count, state]),
    ).toEqual([
      [1, 40, 1],
      [41, 60, 0],
    ]);
    await core.expectSound(sendId);
    // The session ends: rows 2 to 40 were started, those given back were not.
    await core.recorder.closeSession(session.id);
    expect((await core.read(sendId)).inDoubt).toBe(39);
    expect((await core.states(sendId)).slice(40)).toEqual(Array(60).fill('queued'));
    await core.expectSound(sendId);
    session = await core.session();
  });

  it('a batch may be given back whole, and only by the session that has it', async () => {
    const { sendId, batches } = await given(10);
    const stranger = await core.session();
    const batchId = batches[0]?.id ?? '';
    await core.recorder.recordReports([core.report(stranger, linkId).returned(batchId, 0).dto]);
    expect(await core.batches(sendId)).toHaveLength(1);
    await core.recorder.recordReports([report().returned(batchId, 0).dto]);
    await core.recorder.recordReports([report().returned(batchId, 0).dto]);
    expect((await core.batches(sendId)).map(({ count, state }) => [count, state]).sort()).toEqual([
      [0, 2],
      [10, 0],
    ]);
    await core.expectSound(sendId);
  });

  it('guarantee 2: of a session that ends exactly what was started and not answered is in doubt', async () => {
    const own = await core.session();
    const sendId = await core.send(customerId, lineId, 250);
    const batches = await core.assign(sendId, own);
    expect(batches.map(({ count }) => count)).toEqual([100, 100, 50]);
    const [a, b] = batches.map(({ id }) => id);
    const said = core
      .report(own, linkId)
      .started(a ?? '', 100)
      .started(b ?? '', 30);
    for (let index = 0; index < 90; index++) said.sent({ batchId: a ?? '', index }, nextId());
    said.failed({ batchId: b ?? '', index: 3 }, 0x0b);
    await core.recorder.recordReports([said.dto]);
    await core.recorder.closeSession(own.id);
    const states = await core.states(sendId);
    expect(states.flatMap((state, index) => (state === 'in_doubt' ? [index + 1] : []))).toEqual([
      ...Array.from({ length: 10 }, (_, index) => 91 + index),
      ...Array.from({ length: 30 }, (_, index) => 101 + index).filter((seq) => seq !== 104),
    ]);
    expect(states.slice(130)).toEqual(Array(120).fill('queued'));
    expect(
      (await core.batches(sendId))
        .filter(({ state }) => state === 0)
        .map(({ first_seq, count }) => [first_seq, count]),
    ).toEqual([
      [131, 70],
      [201, 50],
    ]);
    expect((await core.read(sendId)).chargedRials).toBe(90 * price);
    await core.expectSound(sendId);
    // Said again by the queue, it changes nothing.
    await core.recorder.closeSession(own.id);
    expect(await core.states(sendId)).toEqual(states);

    // Its late answers settle the doubt; what it would start now is not started.
    const late = core.report(own, linkId).started(b ?? '', 100);
    for (let index = 90; index < 100; index++) late.sent({ batchId: a ?? '', index }, nextId());
    late.failed({ batchId: b ?? '', index: 0 }, 0x0b);
    await core.newRecorder().recordReports([late.dto]);
    const after = await core.states(sendId);
    expect(after.slice(90, 100)).toEqual(Array(10).fill('sent'));
    expect(after[100]).toBe('failed');
    expect(after.filter((state) => state === 'in_doubt')).toHaveLength(28);
    expect((await core.read(sendId)).chargedRials).toBe(100 * price);
    await core.expectSound(sendId);
  });

  it('guarantee 2: an answer is never unsettled by a doubt, and settles one in the same flush', async () => {
    const { sendId, place } = await given(3);
    await core.recorder.recordReports([
      report().inDoubt(place(1)).sent(place(2), nextId()).inDoubt(place(3)).dto,
      report().sent(place(1), nextId()).inDoubt(place(2)).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['sent', 'sent', 'in_doubt']);
    expect((await core.read(sendId)).chargedRials).toBe(2 * price);
    await core.expectSound(sendId);
  });

  it('guarantee 2: a receipt settles the doubt of its part, and says nothing of the other parts', async () => {
    const { sendId, place } = await given(2, { text: 'س'.repeat(100) });
    // The first part was answered, the second is in doubt.
    await core.recorder.recordReports([
      report().inDoubt(place(1), { parts: 0b01, ids: 'd1 -' }).inDoubt(place(2), { parts: 0b01, ids: 'e1 -' })
        .dto,
    ]);
    await core.recorder.recordReports([report().receipt('d1', 'delivered').receipt('e1', 'delivered').dto]);
    expect(await core.states(sendId)).toEqual(['in_doubt', 'in_doubt']);
    expect((await core.read(sendId)).chargedRials).toBe(0);
    // A receipt for the part in doubt; the late answer for the other message.
    await core.recorder.recordReports([
      report()
        .receipt('d2', 'delivered', { place: place(1), part: 1 })
        .sent(place(2), 'e1 e2', { parts: 0b11 }).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['delivered', 'sent']);
    await core.recorder.recordReports([report().receipt('e2', 'delivered').dto]);
    expect(await core.states(sendId)).toEqual(['delivered', 'delivered']);
    expect((await core.read(sendId)).chargedRials).toBe(4 * price);
    await core.expectSound(sendId);
  });

  it('believes no clock that cannot be right', async () => {
    const { sendId, place } = await given(3);
    const now = Date.now();
    await core.recorder.recordReports([
      report()
        .sent(place(1), nextId(), { at: 0 })
        .sent(place(2), nextId(), { at: now + 400 * 86_400_000 })
        .sent(place(3), nextId(), { at: now - reportedPastMs + 60_000 }).dto,
    ]);
    const [a, b, c] = await Promise.all([1, 2, 3].map((seq) => core.message(sendId, seq)));
    for (const message of [a, b])
      expect(Math.abs((message?.submittedAt?.getTime() ?? 0) - now)).toBeLessThan(60_000);
    expect(c?.submittedAt?.getTime()).toBe(now - reportedPastMs + 60_000);
  });

  it('knows nothing of a batch that never was, and goes on', async () => {
    const { sendId, place } = await given(1);
    const nowhere = { batchId: '0198f000-0000-7000-8000-00000000dead', index: 0 };
    await core.recorder.recordReports([
      report()
        .started(nowhere.batchId, 5)
        .sent(nowhere, 'zz')
        .returned(nowhere.batchId, 0)
        .sent(place(1), nextId()).dto,
    ]);
    expect(await core.states(sendId)).toEqual(['sent']);
  });

  it('guarantee 4: the charge of a send is the sum of its messages and what billing was told, whatever came', async () => {
    const { sendId, place } = await given(200, { line: refundingLineId, text: threeParts });
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    const open = new Map<number, string>();
    const said: ReturnType<typeof report>[] = [];
    for (let seq = 1; seq <= 200; seq++) {
      const id = nextId();
      const one = report();
      const kind = random(10);
      const ids = `${id}-1 ${id}-2 ${id}-3`;
      if (kind < 6) one.sent(place(seq), ids, { parts: 7 });
      else if (kind < 8) one.failed(place(seq), 0x45, { parts: random(7), ids });
      else one.inDoubt(place(seq), { parts: random(7), ids });
      if (kind < 6) open.set(seq, id);
      said.push(one);
    }
    for (const one of said)
      await core.recorder.recordReports([one.dto, (said[random(said.length)] ?? one).dto]);
    await core.expectSound(sendId);
    await core.close();
    for (const [seq, id] of open) {
      const one = report();
      for (let part = 0; part < 3; part++)
        one.receipt(`${id}-${part + 1}`, random(3) === 0 ? 'undelivered' : 'delivered', {
          ...(random(2) === 0 ? { place: place(seq), part } : {}),
        });
      await core.recorder.recordReports([one.dto]);
      if (random(4) === 0) await core.recorder.recordReports([one.dto]);
    }
    await core.doubts.resolveDoubt({ sendId, as: 'failed' });
    await core.close();
    const send = await core.read(sendId);
    expect(send.state).toBe('finished');
    expect(send.refundedRials).toBeGreaterThan(0);
    expect(await core.told(sendId)).toEqual({
      captured: send.chargedRials,
      refunded: send.refundedRials,
      closed: [send.chargedRials],
    });
    await core.expectSound(sendId);
  });
});
