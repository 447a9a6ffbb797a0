import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@peyk/contracts';
import {
  dispatchWork,
  sessionQueueOf,
  smsEvents,
  smsLinesRpc,
  smsLinksRpc,
  smsMessagesRpc,
  smsSendsRpc,
  smsTemplateGroupsRpc,
  smsTemplatesRpc,
  smsWorkersRpc,
} from '@peyk/contracts/sms';
import { outcomesQueue } from '@peyk/messaging';
import { eventually, testMessaging } from '@peyk/testing';
import { reconcile } from '../../../apps/sms-gateway/src/reconciliation';
import { Live } from './live';
import type { LiveWorker } from './live';
import { Report } from './report';

const price = 1_330;

describe('sms-gateway over RabbitMQ', () => {
  let live: Live;

  beforeAll(async () => {
    live = await Live.start();
  });
  afterAll(() => live.stop());
  afterEach(async () => {
    for (const worker of live.workers.splice(0)) await worker.stop();
    // The next spec need not wait until they have been silent for long enough.
    await live.sql(`UPDATE worker_sessions SET state = 'ended', ended_at = now() WHERE state = 'live'`);
    live.fakes.faults.clear();
  });

  const refusal = async (promise: Promise<unknown>): Promise<string> => {
    try {
      await promise;
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error);
    }
    return 'accepted';
  };
  /** Messages of a send as the workers wrote them: how often each. */
  const times = (sendId: string, workers: readonly LiveWorker[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const { key } of workers.flatMap((worker) => worker.written))
      if (key.startsWith(sendId)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };
  /** Rial that billing was asked to capture. An event that was published twice has the same id: billing takes it once. */
  const charged = (sendId: string): number => {
    const events = live.collector.events.filter(
      ({ name, payload }) =>
        name === smsEvents.sendCharged.name && (payload as { sendId: string }).sendId === sendId,
    );
    const once = new Map(events.map((event) => [event.id, event.payload as { captureRials: number }]));
    return [...once.values()].reduce((sum, { captureRials }) => sum + captureRials, 0);
  };

  it('SMS-202 SMS-203 guarantee 4: a send goes out, comes back, is charged to the Rial, closed and settled', async () => {
    const customer = await live.customer();
    const worker = await live.worker();
    const { id } = await live.send(customer, 1_234);
    const done = await live.until(customer.customerId, id, (send) => send.state === 'finished');
    expect(done.counts.delivered).toBe(1_234);
    expect(done.money).toMatchObject({ chargedRials: 1_234 * price, settled: false });
    expect([...times(id, [worker]).values()].every((count) => count === 1)).toBe(true);
    expect(times(id, [worker]).size).toBe(1_234);
    expect(await live.collector.next(smsEvents.sendClosed, (event) => event.sendId === id)).toMatchObject({
      chargedRials: 1_234 * price,
    });
    await live.collector.next(smsEvents.sendFinished, (event) => event.sendId === id);
    // Reported through the broker.
    await eventually(() => expect(charged(id)).toBe(1_234 * price));
    expect(live.collector.of(smsEvents.sendClosed).filter((event) => event.sendId === id)).toHaveLength(1);

    const messageId = randomUUID();
    await live.endHold(id, customer.customerId, messageId);
    await live.endHold(id, customer.customerId, messageId);
    const settled = await live.until(customer.customerId, id, (send) => send.money.settled);
    expect(settled.money.releasedRials).toBe(0);
    expect(await live.sql('SELECT 1 FROM inbox WHERE message_id = $1', [messageId])).toHaveLength(1);

    const last = await live.progress.next(
      smsEvents.sendProgressed,
      (event) => event.sendId === id && event.state === 'finished',
    );
    expect(last).toMatchObject({
      customerId: customer.customerId,
      recipients: 1_234,
      chargedRials: 1_234 * price,
    });
    expect(last.counts.delivered).toBe(1_234);
  });

  it('guarantee 7: every request is checked here, whoever let it through', async () => {
    const customer = await live.customer();
    const stranger = live.fakes.customer();
    const { id: sendId } = await live.send(customer, 3);
    const own = live.as(customer.customerId);
    const reads = [
      [smsSendsRpc.read, { sendId }],
      [smsSendsRpc.pause, { sendId }],
      [smsSendsRpc.resume, { sendId }],
      [smsSendsRpc.cancel, { sendId }],
      [smsMessagesRpc.list, { sendId }],
      [smsMessagesRpc.report, { sendId, afterPosition: 0 }],
    ] as const;
    for (const [contract, input] of reads) {
      const ask = (as: Parameters<Live['call']>[2]) =>
        refusal(live.call(contract as never, input as never, as));
      expect([contract.name, await ask(live.as(stranger))]).toEqual([contract.name, 'send.notFound']);
      expect([contract.name, await ask(live.as(customer.customerId, 'student'))]).toEqual([
        contract.name,
        'access.denied',
      ]);
      expect(await ask('nobody')).toBe('access.tokenMissing');
      expect(await ask({ token: 'forged' })).toBe('access.tokenInvalid');
      expect(await ask('service')).toBe('access.denied');
    }
    expect((await live.read(customer.customerId, sendId)).state).toBe('queued');
    expect(await refusal(live.call(smsMessagesRpc.settleDoubt, { sendId, as: 'failed' }, own))).toBe(
      'access.denied',
    );
    expect(await refusal(live.call(smsLinksRpc.list, {}, own))).toBe('access.denied');
    expect(await refusal(live.call(smsSendsRpc.reconcile, {}, own))).toBe('access.denied');
    expect(
      await refusal(
        live.call(
          smsWorkersRpc.heartbeat,
          {
            sessionId: randomUUID(),
            worker: 'x',
            queue: sessionQueueOf(randomUUID()),
            leaving: false,
            binds: [],
            links: [],
          },
          own,
        ),
      ),
    ).toBe('access.denied');
    const admin = live.as(live.fakes.customer(), 'admin');
    expect((await live.call(smsLinksRpc.list, {}, admin)).links.length).toBeGreaterThan(0);
    expect(await live.call(smsMessagesRpc.settleDoubt, { sendId, as: 'failed' }, admin)).toEqual({
      messages: 0,
    });
    expect((await live.call(smsLinesRpc.list, {}, live.as(stranger))).lines).toEqual([]);
    await live.call(smsSendsRpc.cancel, { sendId }, own);
  });

  it('SMS-010 SMS-022 SMS-023 SMS-024 guarantee 7: templates are asked for by their owner alone', async () => {
    const as = live.as(live.fakes.customer());
    const stranger = live.as(live.fakes.customer());
    const { id: groupId } = await live.call(smsTemplateGroupsRpc.create, { name: 'نوبت' }, as);
    const draft = { title: 'فردا', text: 'نوبت شما فرداست', groupId };
    const template = await live.call(smsTemplatesRpc.create, draft, as);
    const { id: templateId } = template;
    expect((await live.call(smsTemplatesRpc.list, { groupId, search: 'نوبت' }, as)).templates).toEqual([
      template,
    ]);
    const asks = [
      [smsTemplatesRpc.read, { templateId }, 'template.notFound'],
      [smsTemplatesRpc.update, { templateId, ...draft }, 'templateGroup.notFound'],
      [smsTemplatesRpc.delete, { templateId }, 'template.notFound'],
      [smsTemplatesRpc.list, { groupId }, 'templateGroup.notFound'],
      [smsTemplatesRpc.create, draft, 'templateGroup.notFound'],
      [smsTemplateGroupsRpc.rename, { groupId, name: 'دیگر' }, 'templateGroup.notFound'],
      [smsTemplateGroupsRpc.delete, { groupId }, 'templateGroup.notFound'],
      [smsTemplateGroupsRpc.create, { name: 'نوبت' }, 'accepted'],
      [smsTemplateGroupsRpc.list, {}, 'accepted'],
    ] as const;
    for (const [contract, input, code] of asks) {
      const ask = (who: Parameters<Live['call']>[2]) =>
        refusal(live.call(contract as never, input as never, who));
      expect([contract.name, await ask(stranger)]).toEqual([contract.name, code]);
      const student = live.as(live.fakes.customer(), 'student');
      expect([contract.name, await ask(student)]).toEqual([contract.name, 'access.denied']);
      expect([contract.name, await ask('nobody')]).toEqual([contract.name, 'access.tokenMissing']);
    }
    for (const wrong of [
      { title: '' },
      { title: 'ت'.repeat(101) },
      { text: '' },
      { text: 'a'.repeat(5_001) },
    ])
      expect([wrong, await refusal(live.call(smsTemplatesRpc.create, { ...draft, ...wrong }, as))]).toEqual([
        wrong,
        'input.invalid',
      ]);
    expect(await refusal(live.call(smsTemplateGroupsRpc.create, { name: 'گ'.repeat(101) }, as))).toBe(
      'input.invalid',
    );
    expect(await refusal(live.call(smsTemplatesRpc.list, { search: 'a\0' }, as))).toBe('input.invalid');
    const change = { templateId, title: 'ت'.repeat(100), text: 'نو', groupId: null };
    expect(await live.call(smsTemplatesRpc.update, change, as)).toMatchObject({ text: 'نو', groupId: null });
    await live.call(smsTemplateGroupsRpc.rename, { groupId, name: 'گ'.repeat(100) }, as);
    await live.call(smsTemplateGroupsRpc.delete, { groupId }, as);
    await live.call(smsTemplatesRpc.delete, { templateId }, as);
    expect(await live.call(smsTemplateGroupsRpc.list, {}, as)).toEqual({ groups: [] });
    expect(await refusal(live.call(smsTemplatesRpc.read, { templateId }, as))).toBe('template.notFound');
  });

  it('TGT-001 TGT-002 TGT-003 TGT-025 guarantee 8: 400 typed numbers, a file for more, and no bad input', async () => {
    const customer = await live.customer();
    const own = live.as(customer.customerId);
    const before = await live.sql('SELECT id FROM sends ORDER BY id');
    const numbers = Array.from({ length: 401 }, (_, index) => `0912${String(index).padStart(7, '0')}`);
    const ask = (over: object): Promise<string> =>
      refusal(
        live.call(
          smsSendsRpc.create,
          {
            idempotencyKey: randomUUID(),
            lineId: customer.lineId,
            text: 'سلام',
            recipients: { numbers: ['09120000001'] },
            ...over,
          },
          own,
        ),
      );
    const wrong = [
      { recipients: { numbers: Array<string>(1_001).fill('09120000001') } },
      { text: 'a'.repeat(1_000_000) },
      { text: 5 },
      { lineId: 'line' },
      { idempotencyKey: 'short' },
      { idempotencyKey: "k'; DROP TABLE sends --" },
      { sendAt: '2026-13-45' },
      { lane: 'express' },
      { repeat: { every: 'hourly', times: 2 } },
      { repeat: { every: 'daily', times: 367 } },
      { recipients: { listId: randomUUID(), row: 0 } },
      { recipients: { listId: randomUUID(), numbers: ['09120000001'] } },
    ];
    for (const over of wrong)
      expect([JSON.stringify(over).slice(0, 60), await ask(over)]).toEqual([
        expect.any(String),
        'input.invalid',
      ]);
    // Too many to send, but few enough to learn why.
    expect(await ask({ recipients: { numbers } })).toBe('list.tooManyNumbers');
    expect(await live.sql('SELECT id FROM sends ORDER BY id')).toEqual(before);
    expect(await ask({ recipients: { numbers: numbers.slice(0, 400) } })).toBe('accepted');
    const { recipients } = await live.send(customer, 401);
    expect(recipients).toBe(401);
  });

  it('pause acts while most is still to be written, resume goes on where it stopped, nobody is left out or reached twice', async () => {
    const customer = await live.customer({ parts_per_second: 400 });
    const worker = await live.worker({ everyMs: 5 });
    const { id } = await live.send(customer, 1_000);
    await eventually(() => expect(worker.written.length).toBeGreaterThan(40));
    const own = live.as(customer.customerId);
    const paused = await live.call(smsSendsRpc.pause, { sendId: id }, own);
    expect(paused.state).toBe('paused');
    expect((await live.call(smsSendsRpc.pause, { sendId: id }, own)).state).toBe('paused');
    const stopped = await eventually(async () => {
      const before = worker.written.length;
      await sleep(300);
      expect(worker.written).toHaveLength(before);
      return before;
    });
    expect(stopped).toBeLessThan(1_000);
    await eventually(async () => {
      const state = await live.read(customer.customerId, id);
      expect(state.counts).toMatchObject({ delivered: stopped, queued: 1_000 - stopped });
    });
    expect(worker.written).toHaveLength(stopped);
    await live.call(smsSendsRpc.resume, { sendId: id }, own);
    await live.call(smsSendsRpc.resume, { sendId: id }, own);
    await live.until(customer.customerId, id, (send) => send.state === 'finished');
    const counts = times(id, [worker]);
    expect(counts.size).toBe(1_000);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    // Reported through the broker.
    await eventually(() => expect(charged(id)).toBe(1_000 * price));
  });

  it('cancel acts while most is still to be written; the report has everybody, and only what left is charged', async () => {
    const customer = await live.customer({ parts_per_second: 400 });
    const worker = await live.worker({ everyMs: 5 });
    const { id } = await live.send(customer, 3_000);
    await eventually(() => expect(worker.written.length).toBeGreaterThan(40));
    await live.call(smsSendsRpc.cancel, { sendId: id }, live.as(customer.customerId));
    const done = await live.until(customer.customerId, id, (send) => send.state === 'cancelled');
    const written = worker.written.length;
    expect(written).toBeLessThan(3_000);
    expect(done.counts).toMatchObject({ delivered: written, cancelled: 3_000 - written, queued: 0 });
    await live.collector.next(smsEvents.sendClosed, (event) => event.sendId === id);
    // Reported through the broker.
    await eventually(() => expect(charged(id)).toBe(written * price));
    const page = await live.call(
      smsMessagesRpc.report,
      { sendId: id, afterPosition: 2_000 },
      live.as(customer.customerId),
    );
    expect(page.csv.split('\r\n')).toHaveLength(1_001);
    expect(await refusal(live.call(smsSendsRpc.resume, { sendId: id }, live.as(customer.customerId)))).toBe(
      'send.wrongState',
    );
  });

  it('guarantee 1 and 2: a worker dies; what it started is in doubt, the rest goes out over another', async () => {
    const customer = await live.customer({ doubt_wait_seconds: null });
    const first = await live.worker({ does: 'start' });
    const { id } = await live.send(customer, 250);
    await eventually(() => expect(first.written.length).toBeGreaterThanOrEqual(100));
    await first.stop();
    const second = await live.worker();
    const done = await live.until(
      customer.customerId,
      id,
      ({ counts }) => counts.queued === 0 && counts.inDoubt > 0,
    );
    const started = first.written.length;
    expect(done.counts).toMatchObject({ inDoubt: started, delivered: 250 - started });
    const counts = times(id, [first, second]);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect(counts.size).toBe(250);
    expect(done.state).toBe('sending');
    // A person settles what nobody knows.
    const admin = live.as(live.fakes.customer(), 'admin');
    expect(await live.call(smsMessagesRpc.settleDoubt, { sendId: id, as: 'failed' }, admin)).toEqual({
      messages: started,
    });
    await live.until(customer.customerId, id, (send) => send.state === 'finished');
    await live.collector.next(smsEvents.sendClosed, (event) => event.sendId === id);
    // Reported through the broker.
    await eventually(() => expect(charged(id)).toBe((250 - started) * price));
  });

  it('guarantee 1: a batch that the worker never got is given to it again', async () => {
    const customer = await live.customer();
    const worker = await live.worker({ loses: 2 });
    const { id } = await live.send(customer, 250);
    await live.until(customer.customerId, id, (send) => send.state === 'finished');
    const counts = times(id, [worker]);
    expect(counts.size).toBe(250);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect(worker.arrived.length).toBeGreaterThanOrEqual(5);
  });

  it('a poison message goes to the dead letters with its reason and holds up nobody', async () => {
    const customer = await live.customer();
    const worker = await live.worker({ does: 'hold' });
    const { id } = await live.send(customer, 3);
    const [batch] = await eventually(async () => {
      const rows = await live.sql<{ id: string }>('SELECT id FROM batches WHERE send_id = $1 AND state = 1', [
        id,
      ]);
      expect(rows).toHaveLength(1);
      return rows;
    });
    const batchId = batch?.id ?? '';
    const said = (): Report => new Report(worker.session.id, customer.linkId);
    const uneven = said().sent({ batchId, index: 0 }, 'a');
    uneven.dto.outcomeAt.pop();
    const unstorable = said().sent({ batchId, index: 0 }, 'nul\0');
    const poison = [
      await live.put(outcomesQueue, dispatchWork.outcomes.name, Buffer.from('{"sessionId":')),
      await live.put(outcomesQueue, dispatchWork.outcomes.name, Buffer.from(JSON.stringify(uneven.dto))),
      await live.put(outcomesQueue, dispatchWork.outcomes.name, Buffer.from(JSON.stringify(unstorable.dto))),
      await live.put(outcomesQueue, 'sms.dispatch.outcomes.v9', Buffer.from('{}')),
    ];
    await worker.publish(said().sent({ batchId, index: 0 }, 'p-1').sent({ batchId, index: 1 }, 'p-2'));
    await worker.publish(said().sent({ batchId, index: 2 }, 'p-3'));
    const done = await live.until(customer.customerId, id, (send) => send.state === 'finished');
    expect(done.counts.sent).toBe(3);
    const dead = await eventually(async () => {
      letters.push(...(await live.dead(outcomesQueue)));
      expect(letters).toHaveLength(4);
      return letters;
    });
    expect(dead.map((letter) => letter.id).sort()).toEqual([...poison].sort());
    expect(dead.find((letter) => letter.id === poison[1])?.reason).toContain('columns differ');
    expect(dead.find((letter) => letter.id === poison[2])?.reason).toContain('outcomeIds');
  });
  const letters: { id: string; reason: string }[] = [];

  it('guarantee 1: the database is away while outcomes come: none is lost, their order is kept, nobody is given up', async () => {
    const customer = await live.customer({ doubt_wait_seconds: null });
    const worker = await live.worker({ everyMs: 10 });
    const { id } = await live.send(customer, 400);
    await eventually(() => expect(worker.written.length).toBeGreaterThan(30));
    await live.withoutDatabase(async () => {
      const before = worker.written.length;
      await sleep(4_500);
      // It goes on with what it has: its reports wait.
      expect(worker.written.length).toBeGreaterThan(before);
    });
    const done = await live.until(customer.customerId, id, (send) => send.state === 'finished');
    expect(done.counts).toMatchObject({ delivered: 400, inDoubt: 0 });
    const counts = times(id, [worker]);
    expect(counts.size).toBe(400);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    expect(await live.dead(outcomesQueue)).toEqual([]);
    // The events follow when the lease of what the outbox was sending has run out.
    const [row] = await live.sql<{ told: number }>(
      'SELECT told_charged_rials AS told FROM sends WHERE id = $1',
      [id],
    );
    expect(row?.told).toBe(400 * price);
  });

  it('guarantee 4: reconcile explains every Rial, and finds one that is forged on either side', async () => {
    const customer = await live.customer();
    await live.worker();
    const { id } = await live.send(customer, 50);
    await live.until(customer.customerId, id, (send) => send.state === 'finished');
    const hold = live.fakes.holds.get(id);
    if (!hold) throw new Error('no hold');
    const closed = { ...hold, state: 'closed' as const, capturedRials: 50 * price, releasedRials: 0 };
    live.fakes.holds.set(id, closed);
    await live.endHold(id, customer.customerId);
    await live.until(customer.customerId, id, (send) => send.money.settled);
    // As the command does: with the key of sms-gateway.
    const command = await testMessaging('sms-gateway');
    const ofSend = async (): Promise<string[]> =>
      (await reconcile(command.rpc, 20)).differences
        .filter((difference) => difference.sendId === id)
        .map((difference) => `${difference.what}: ${difference.expected} ${difference.found}`);
    const all = await reconcile(command.rpc, 20);
    expect(all.sends).toBeGreaterThan(1);
    expect(all.messages).toBeGreaterThan(50);
    expect(await ofSend()).toEqual([]);
    live.fakes.holds.set(id, { ...closed, capturedRials: 49 * price, releasedRials: price });
    expect(await ofSend()).toEqual([`captured and charged: ${50 * price} ${49 * price}`]);
    live.fakes.holds.set(id, closed);
    await live.sql('UPDATE messages SET charged_rials = charged_rials + 1 WHERE send_id = $1 AND seq = 7', [
      id,
    ]);
    expect(await ofSend()).toEqual([
      `charged and messages: ${50 * price + 1} ${50 * price}`,
      `captured and charged: ${50 * price + 1} ${50 * price}`,
    ]);
    await live.sql('UPDATE messages SET charged_rials = charged_rials - 1 WHERE send_id = $1 AND seq = 7', [
      id,
    ]);
    expect(await ofSend()).toEqual([]);
    await command.broker.close();
  });

  it('of two replicas one leads; when it goes, or its connection breaks, the other goes on', async () => {
    const second = await live.gateway();
    const leaders = (): Promise<{ pid: number }[]> =>
      live.sql(
        `SELECT l.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'advisory' AND l.granted AND a.application_name = 'sms-gateway leadership'
           AND a.datname = current_database()`,
      );
    const customer = await live.customer({ parts_per_second: 400 });
    const worker = await live.worker({ everyMs: 5 });
    const { id } = await live.send(customer, 600);
    await eventually(() => expect(worker.written.length).toBeGreaterThan(50));
    const [leader] = await leaders();
    expect(await leaders()).toHaveLength(1);
    await live.sql('SELECT pg_terminate_backend($1)', [leader?.pid]);
    await eventually(async () => {
      const [next] = await leaders();
      expect(next).toBeDefined();
      expect(next?.pid).not.toBe(leader?.pid);
    });
    expect(await leaders()).toHaveLength(1);
    const between = worker.written.length;
    await eventually(() => expect(worker.written.length).toBeGreaterThan(between + 30));
    // One of the two ends in good order: the other leads.
    const [gone] = live.gateways;
    if (gone) await live.end(gone);
    await live.until(customer.customerId, id, (send) => send.state === 'finished');
    expect(live.gateways).toEqual([second]);
    const counts = times(id, [worker]);
    expect(counts.size).toBe(600);
    expect([...counts.values()].every((count) => count === 1)).toBe(true);
    await live.collector.next(smsEvents.sendClosed, (event) => event.sendId === id);
    // Reported through the broker.
    await eventually(() => expect(charged(id)).toBe(600 * price));
    expect(live.collector.of(smsEvents.sendClosed).filter((event) => event.sendId === id)).toHaveLength(1);
  });
});
