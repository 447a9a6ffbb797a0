import { randomUUID } from 'node:crypto';
import { createLogger } from '@peyk/platform';
import type { LinkAssignmentDto } from '@peyk/contracts/sms';
import { startOperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import type { OperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import { parseFaults } from '../../../apps/simulators/src/operator/settings';
import type { AccountPatch } from '../../../apps/simulators/src/operator/settings';
import { WorkerSession } from '../../../apps/sms-dispatch-worker/src/worker.session';
import { FakeGateway, eventually, sleep } from './fake-gateway';

const oneText = 'سلام، این یک پیام آزمایشی است.';
const threeText = 'متن بلند فارسی برای سه بخش. '.repeat(7);
const windowSize = 50;
jest.setTimeout(90_000);

let simulator: OperatorSimulator;
let gateway: FakeGateway;
let session: WorkerSession;
let linkId: string;
const logger = createLogger('worker-test', { level: 'fatal' });

/** The worker against the operator simulator, over real sockets; sms-gateway and broker are the test's. */
async function setUp(account: AccountPatch = {}, link: Partial<LinkAssignmentDto> = {}): Promise<void> {
  simulator = await startOperatorSimulator({ accounts: { peyk: { password: 'peyk-sim', ...account } } });
  gateway = new FakeGateway();
  linkId = randomUUID();
  gateway.links.set(linkId, {
    linkId,
    name: 'operator',
    host: '127.0.0.1',
    port: simulator.smppPort,
    systemId: 'peyk',
    password: 'peyk-sim',
    systemType: '',
    window: windowSize,
    share: 0,
    limited: false,
    responseTimeoutMs: 1_000,
    enquireLinkMs: 30_000,
    bindNos: [0, 1],
    ...link,
  });
  await begin();
}

async function begin(): Promise<void> {
  session = new WorkerSession(gateway, { worker: 'test', referenceTlv: true }, logger, () => void begin());
  await session.start();
}

async function isBound(count = 2): Promise<boolean> {
  return eventually(() => gateway.lastBeat?.binds.filter(({ state }) => state === 'bound').length === count);
}

function fault(...faults: unknown[]): void {
  simulator.operator.putFaults('peyk', parseFaults({ faults }));
}

function stats(): ReturnType<OperatorSimulator['operator']['stats']> {
  return simulator.operator.stats('peyk');
}

function copies(): number {
  return simulator.operator.duplicates('peyk').extra;
}

function everyPartReported(sendId?: string): boolean {
  return gateway
    .rowsOf(sendId)
    .every((row) => new Set(row.receipts.map(({ part }) => part)).size === row.parts);
}

afterEach(async () => {
  const expected = gateway.violations;
  await session.leave();
  await simulator.stop();
  expect(expected).toEqual([]);
});

describe('a healthy link', () => {
  it('SMS-202 sends 5,000 messages once each, and every receipt names its message', async () => {
    await setUp();
    const sendId = gateway.send({ linkId, count: 5_000, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 5_000)).toBe(true);
    expect(await eventually(() => everyPartReported(sendId))).toBe(true);
    expect(stats()).toMatchObject({ accepted: 5_000, throttled: 0, windowExceeded: 0 });
    expect(copies()).toBe(0);
    expect(gateway.looseReceipts).toEqual([]);
    expect(gateway.mostOpenParts).toBeLessThanOrEqual(2 * windowSize);
    expect(await eventually(() => gateway.lastBeat?.links[0]?.batchIds.length === 0)).toBe(true);
    const row = gateway.rowsOf(sendId)[7];
    expect(row?.outcomes).toEqual([
      { kind: 'sent', parts: 1, status: 0, ids: expect.stringMatching(/^\d+$/) as string },
    ]);
  });

  it('writes no byte of a message before the broker has confirmed its start', async () => {
    await setUp();
    gateway.confirmMs = 30;
    gateway.send({ linkId, count: 300, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 300)).toBe(true);
    const startedAt = new Map(gateway.rowsOf().map((row) => [`${row.key}/1`, row.startedAt]));
    for (const { reference, at } of simulator.operator.findParts({}, 0, 1_000).items) {
      expect(at).toBeGreaterThan(startedAt.get(reference ?? '') ?? Infinity);
    }
  });

  it('SMS-204 cuts a long text into parts with one reference, in order on one bind', async () => {
    await setUp();
    gateway.send({ linkId, count: 200, text: threeText });
    expect(await eventually(() => gateway.tally().sent === 200)).toBe(true);
    const { items } = simulator.operator.findParts({}, 0, 1_000);
    expect(items).toHaveLength(600);
    const byDestination = new Map<string, typeof items>();
    for (const item of items)
      byDestination.set(item.destination, [...(byDestination.get(item.destination) ?? []), item]);
    for (const parts of byDestination.values()) {
      expect(parts.map((part) => part.concat?.part)).toEqual([1, 2, 3]);
      expect(
        new Set(parts.map((part) => `${part.bind} ${part.concat?.reference} ${part.concat?.total}`)).size,
      ).toBe(1);
      expect(parts.map((part) => part.text).join('')).toBe(threeText);
    }
    expect(gateway.rowsOf()[0]?.outcomes[0]).toMatchObject({
      kind: 'sent',
      parts: 7,
      ids: expect.stringMatching(/^\d+ \d+ \d+$/) as string,
    });
    expect(await eventually(() => everyPartReported())).toBe(true);
  });

  it('ignores a batch that comes twice, while it is held and after', async () => {
    await setUp();
    gateway.send({ linkId, count: 50, text: oneText });
    const [batch] = [...gateway.batches.values()];
    if (!batch) throw new Error('no batch');
    gateway.give(batch.dto);
    expect(await eventually(() => gateway.tally().sent === 50)).toBe(true);
    gateway.give(batch.dto);
    await sleep(200);
    expect(stats().accepted).toBe(50);
  });

  it('rows of the rest of a batch keep their index', async () => {
    await setUp({}, { share: 20, limited: true });
    gateway.give({
      batchId: randomUUID(),
      sendId: randomUUID(),
      customerId: randomUUID(),
      linkId,
      lane: 'bulk',
      source: '982000001',
      text: oneText,
      is66Char: false,
      parts: 1,
      fromIndex: 40,
      seqs: Array.from({ length: 60 }, (_, row) => 141 + row),
      msisdns: Array.from({ length: 60 }, (_, row) => 989_120_000_000 + row),
    });
    const [batch] = [...gateway.batches.values()];
    await eventually(() => gateway.tally().sent >= 5);
    gateway.withdraw(batch?.dto.sendId ?? '');
    expect(await eventually(() => gateway.tally().open === 0)).toBe(true);
    expect(gateway.tally().sent).toBe(batch?.returnedFrom);
    const { items } = simulator.operator.findParts({}, 0, 100);
    const wanted = (batch?.rows ?? []).slice(0, batch?.returnedFrom).map(({ key }) => `${key}/1`);
    const places = items.map(({ bind, reference }) => ({ bind, place: wanted.indexOf(reference ?? '') }));
    expect(places.map(({ place }) => place).sort((one, other) => one - other)).toEqual([...wanted.keys()]);
    // Two connections: what goes over one may overtake what went over the other, but nothing on its own.
    for (const bind of new Set(places.map((each) => each.bind))) {
      const own = places.filter((each) => each.bind === bind).map(({ place }) => place);
      expect(own).toEqual([...own].sort((one, other) => one - other));
    }
  });

  it('gives a batch of an unknown link back', async () => {
    await setUp();
    gateway.send({ linkId: randomUUID(), count: 10, text: oneText });
    expect(await eventually(() => gateway.tally().returned === 10)).toBe(true);
  });

  it('fails a batch whose text is not what was priced', async () => {
    await setUp();
    await isBound();
    gateway.send({ linkId, count: 3, text: oneText });
    const [first] = [...gateway.batches.values()];
    if (!first) throw new Error('no batch');
    expect(await eventually(() => gateway.tally().sent === 3)).toBe(true);
    const dto = { ...first.dto, batchId: randomUUID(), sendId: randomUUID(), parts: 2 };
    gateway.give(dto);
    expect(await eventually(() => gateway.tally(dto.sendId).failed === 3)).toBe(true);
    expect(stats().accepted).toBe(3);
    gateway.violations.length = 0; // the fake knows no refusal without a start
  });
});

describe('pace', () => {
  it.each([
    [50, 1, threeText],
    [500, 2, threeText],
    [1_000, 2, oneText],
  ])('holds %i parts/s over %i binds and never exceeds it', async (share, binds, text) => {
    const bindNos = Array.from({ length: binds }, (_, no) => no);
    await setUp({ partsPerSecond: share, window: null }, { share, limited: true, bindNos, window: 100 });
    gateway.send({ linkId, count: share * 5, text });
    await eventually(() => stats().accepted > 0);
    // The figure itself is the bench's; a busy machine may lose a little here, so the best of some looks counts.
    let held = 0;
    for (let look = 0; look < 4 && held <= 0.9; look++) {
      if (look > 0) {
        gateway.send({ linkId, count: share * 5, text });
        simulator.operator.reset();
        await eventually(() => stats().accepted > 0);
      }
      await sleep(4_000);
      const { throttled, worstSecond, histogram } = stats();
      expect(throttled).toBe(0);
      expect(worstSecond.parts).toBeLessThanOrEqual(share);
      const parts = histogram.counts.slice(0, 40).reduce((sum, count) => sum + count, 0);
      held = parts / (share * 4);
    }
    expect(held).toBeGreaterThan(0.9);
  });

  it('a smaller share acts at once; it is reported when the last second holds it', async () => {
    await setUp({ window: null }, { share: 400, limited: true });
    gateway.send({ linkId, count: 3_000, text: oneText });
    await eventually(() => stats().accepted > 300);
    const link = gateway.links.get(linkId);
    if (!link) throw new Error('no link');
    gateway.links.set(linkId, { ...link, share: 100 });
    await eventually(() => gateway.lastBeat?.links[0]?.appliedShare !== 400);
    await eventually(() => gateway.lastBeat?.links[0]?.appliedShare === 100);
    simulator.operator.reset();
    await sleep(1_500);
    expect(stats().worstSecond.parts).toBeLessThanOrEqual(100);
    expect(stats().worstSecond.parts).toBeGreaterThan(80);
  });

  it('with share 0 nothing is written', async () => {
    await setUp({}, { share: 0, limited: true });
    gateway.send({ linkId, count: 10, text: oneText });
    await isBound();
    await sleep(500);
    expect(stats().submitted).toBe(0);
  });

  it('a one-time code overtakes bulk that was started', async () => {
    await setUp({}, { share: 100, limited: true });
    gateway.send({ linkId, count: 1_000, text: oneText });
    await eventually(() => stats().accepted > 50);
    const before = stats().accepted;
    const sendId = gateway.send({
      linkId,
      count: 1,
      text: 'کد: 12345',
      lane: 'otp',
      firstMsisdn: 989_350_000_000,
    });
    expect(await eventually(() => gateway.tally(sendId).sent === 1)).toBe(true);
    // 100 parts a second: with bulk ahead of it, 5 more would be ready, and 1,000 waiting.
    const { items } = simulator.operator.findParts({}, 0, 2_000);
    const position = items.findIndex(({ destination }) => destination === '989350000000');
    expect(position - before).toBeLessThan(8);
  });

  it("a customer's few messages do not wait behind another's many", async () => {
    await setUp({}, { share: 200, limited: true });
    gateway.send({ linkId, count: 2_000, text: oneText });
    await eventually(() => stats().accepted > 50);
    const sendId = gateway.send({ linkId, count: 50, text: oneText, customerId: randomUUID() });
    const before = stats().accepted;
    expect(await eventually(() => gateway.tally(sendId).sent === 50)).toBe(true);
    expect(stats().accepted - before).toBeLessThan(140);
  });
});

describe('a faulty operator', () => {
  it('no answer: in doubt, never sent again, settled by nothing', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'noAnswer', count: 5 });
    gateway.send({ linkId, count: 500, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 495 && gateway.tally().in_doubt === 5)).toBe(true);
    expect(stats().accepted).toBe(500);
    expect(copies()).toBe(0);
  });

  it('a late answer settles the doubt', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'lateAnswer', count: 5, ms: 1_500 });
    gateway.send({ linkId, count: 100, text: threeText });
    expect(await eventually(() => gateway.tally().in_doubt > 0)).toBe(true);
    expect(await eventually(() => gateway.tally().in_doubt === 0 && gateway.tally().open === 0)).toBe(true);
    const doubted = gateway.rowsOf().filter((row) => row.outcomes.length === 2);
    expect(doubted.length).toBeGreaterThan(0);
    expect(doubted.every((row) => row.outcomes[0]?.kind === 'in_doubt')).toBe(true);
    expect(copies()).toBe(0);
  });

  it('the connection drops: what was unanswered is in doubt, at most a window a bind; the rest goes on', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'drop', count: 3, probability: 0.02 });
    gateway.send({ linkId, count: 3_000, text: oneText });
    expect(await eventually(() => gateway.tally().open === 0, 15_000)).toBe(true);
    const { sent, in_doubt: doubt } = gateway.tally();
    expect(sent + doubt).toBe(3_000);
    expect(doubt).toBeGreaterThanOrEqual(3);
    expect(doubt).toBeLessThanOrEqual(3 * windowSize);
    expect(copies()).toBe(0);
  });

  it.each(['badLength', 'random'])('garbage (%s): the bind is renewed', async (form) => {
    await setUp();
    await isBound();
    fault({ kind: 'garbage', count: 2, form });
    gateway.send({ linkId, count: 1_000, text: oneText });
    expect(await eventually(() => gateway.tally().open === 0, 15_000)).toBe(true);
    expect(gateway.tally().in_doubt).toBeGreaterThanOrEqual(2);
    expect(copies()).toBe(0);
    expect(await isBound()).toBe(true);
  });

  it('a passing refusal is tried again, a lasting one fails with its status', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'error', status: 0x08, count: 20 }, { kind: 'error', status: 0x0b, count: 7 });
    gateway.send({ linkId, count: 200, text: oneText });
    expect(await eventually(() => gateway.tally().open === 0)).toBe(true);
    expect(gateway.tally()).toMatchObject({ sent: 193, failed: 7 });
    const failed = gateway.rowsOf().filter((row) => row.outcomes[0]?.kind === 'failed');
    expect(failed.every((row) => row.outcomes[0]?.status === 0x0b && row.outcomes[0].parts === 0)).toBe(true);
    expect(copies()).toBe(0);
  });

  it('a refusal that does not pass fails after four tries', async () => {
    await setUp({}, { bindNos: [0] });
    await isBound(1);
    fault({ kind: 'error', status: 0x64 });
    gateway.send({ linkId, count: 1, text: oneText });
    expect(await eventually(() => gateway.tally().failed === 1)).toBe(true);
    expect(stats().refusedByStatus).toEqual({ '0x00000064': 4 });
  });

  it('ESME_RINVBNDSTS renews the bind; the message goes over another and is not in doubt', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'error', status: 0x04, count: 1 });
    gateway.send({ linkId, count: 300, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 300)).toBe(true);
    expect(await isBound()).toBe(true);
  });

  it('ESME_RTHROTTLED stops the whole link for a second, and everything is sent after', async () => {
    await setUp();
    await isBound();
    fault({ kind: 'error', status: 0x58, count: 1 });
    gateway.send({ linkId, count: 2_000, text: oneText });
    expect(await eventually(() => gateway.lastBeat?.links[0]?.throttled === 1)).toBe(true);
    expect(gateway.lastBeat?.binds.map(({ state }) => state)).toEqual(['throttled', 'throttled']);
    const paused = stats().accepted;
    await sleep(300);
    expect(stats().accepted).toBe(paused);
    expect(await eventually(() => gateway.tally().sent === 2_000)).toBe(true);
    const { items } = simulator.operator.findParts({}, 0, 2_000);
    const gaps = items.slice(1).map((item, at) => item.at - (items[at]?.at ?? 0));
    expect(Math.max(...gaps)).toBeGreaterThan(900);
  });

  it('an operator that falls silent: the bind is renewed', async () => {
    await setUp({}, { enquireLinkMs: 200, responseTimeoutMs: 300, bindNos: [0] });
    await isBound(1);
    fault({ kind: 'slowRead', ms: 1_500, count: 1 });
    gateway.send({ linkId, count: 10, text: oneText });
    expect(await eventually(() => gateway.tally().in_doubt === 9)).toBe(true);
    expect(await eventually(() => gateway.lastBeat?.binds[0]?.state === 'connecting')).toBe(true);
    expect(await isBound(1)).toBe(true);
  });

  it('a wrong password is not tried again and again', async () => {
    await setUp({}, { password: 'wrong' });
    await sleep(2_000);
    expect(stats().refusedByStatus).toEqual({ '0x0000000e': 2 });
    expect(stats().binds).toEqual([]);
    expect(gateway.lastBeat?.binds.map(({ state }) => state)).toEqual(['connecting', 'connecting']);
  });
});

describe('receipts and inbound', () => {
  it('a receipt that overtakes its response is matched', async () => {
    await setUp({ latencyMs: 20, receipts: { beforeResponse: 1, onOtherBind: true } });
    gateway.send({ linkId, count: 300, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 300 && everyPartReported())).toBe(true);
    expect(gateway.looseReceipts).toEqual([]);
  });

  it('a receipt in another form of the id is passed on for sms-gateway to match', async () => {
    await setUp({ messageIdForm: 'decimal', receipts: { idForm: 'hexUpper' } });
    gateway.send({ linkId, count: 20, text: oneText });
    expect(await eventually(() => gateway.looseReceipts.length === 20)).toBe(true);
    const ids = new Set(gateway.rowsOf().map((row) => BigInt(row.outcomes[0]?.ids ?? 0)));
    expect(gateway.looseReceipts.every(({ id }) => ids.has(BigInt(`0x${id}`)))).toBe(true);
    expect(gateway.looseReceipts[0]).toMatchObject({ state: 'delivered', error: '000' });
    expect(gateway.looseReceipts.every(({ msisdn }) => msisdn >= 989_120_000_000)).toBe(true);
  });

  it('answers a deliver_sm only after the broker has what it says', async () => {
    await setUp();
    await isBound();
    gateway.confirmMs = 400;
    simulator.operator.sendInbound('peyk', [{ from: '989120000001', to: '982000001', text: 'سلام' }]);
    await sleep(250);
    expect(stats().inbound).toMatchObject({ sent: 1, acked: 0 });
    expect(await eventually(() => stats().inbound.acked === 1)).toBe(true);
    expect(gateway.inbound).toMatchObject([
      { from: '989120000001', to: '982000001', text: 'سلام', total: 1, part: 1 },
    ]);
  });

  it('SMS-210 brings inbound parts with reference and number, in any order; a repetition has the same key', async () => {
    await setUp({ deliverTimeoutMs: 300 });
    await isBound();
    const long = 'متن بلند ورودی '.repeat(12);
    gateway.confirmMs = 700; // unanswered for so long, the operator sends each again
    simulator.operator.sendInbound('peyk', [
      { from: '989120000001', to: '982000001', text: long, order: 'reversed', wideReference: true },
      { from: '989120000002', to: '982000001', text: 'plain {text} €' },
    ]);
    expect(await eventually(() => gateway.inbound.length > 4)).toBe(true);
    gateway.confirmMs = 1;
    expect(await eventually(() => stats().inbound.pending === 0)).toBe(true);
    expect(stats().inbound.resent).toBeGreaterThan(0);
    const parts = new Map(gateway.inbound.map((part) => [part.key, part]));
    const ofLong = [...parts.values()].filter(({ total }) => total > 1);
    expect(parts.size).toBe(ofLong.length + 1);
    expect(new Set(ofLong.map(({ reference }) => reference)).size).toBe(1);
    expect(
      ofLong
        .sort((a, b) => a.part - b.part)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long);
    expect([...parts.values()].some(({ text }) => text === 'plain {text} €')).toBe(true);
  });

  it('two equal texts, the second after the first was answered, are two messages', async () => {
    await setUp();
    await isBound();
    for (let time = 1; time <= 2; time += 1) {
      simulator.operator.sendInbound('peyk', [{ from: '989120000001', to: '982000001', text: '1' }]);
      expect(await eventually(() => stats().inbound.acked === time)).toBe(true);
    }
    expect(new Set(gateway.inbound.map(({ key }) => key)).size).toBe(2);
  });
});

describe('control', () => {
  it('withdraw gives back what was not started; what was started goes on', async () => {
    await setUp({}, { share: 100, limited: true });
    const other = gateway.send({ linkId, count: 100, text: oneText, customerId: randomUUID() });
    const sendId = gateway.send({ linkId, count: 1_000, text: oneText });
    await eventually(() => gateway.tally(sendId).sent > 20);
    gateway.withdraw(sendId);
    expect(await eventually(() => gateway.tally(sendId).open === 0)).toBe(true);
    const { sent, returned } = gateway.tally(sendId);
    expect(sent + returned).toBe(1_000);
    expect(returned).toBeGreaterThan(900);
    for (const { dto, returnedFrom } of gateway.batches.values()) {
      if (dto.sendId === sendId) expect(returnedFrom).toBeDefined();
    }
    expect(await eventually(() => gateway.tally(other).sent === 100)).toBe(true);
    expect(stats().accepted).toBe(sent + 100);
  });

  it('without an answered heartbeat nothing new is written, and it goes on by itself after', async () => {
    await setUp({}, { share: 200, limited: true });
    gateway.send({ linkId, count: 2_000, text: oneText });
    await eventually(() => stats().accepted > 50);
    gateway.answersHeartbeats = false;
    await sleep(1_700);
    const stopped = stats().submitted;
    await sleep(400);
    expect(stats().submitted).toBe(stopped);
    gateway.answersHeartbeats = true;
    expect(await eventually(() => stats().submitted > stopped + 50)).toBe(true);
  });

  it('without the broker nothing new is written; its outcomes are told after, in order, and a new grant is awaited', async () => {
    await setUp({ latencyMs: 100 }, { share: 200, limited: true });
    gateway.send({ linkId, count: 600, text: oneText });
    await eventually(() => stats().accepted > 50);
    gateway.connected = false;
    gateway.epoch += 1;
    await sleep(150);
    const stopped = stats().submitted;
    await sleep(600);
    expect(stats().submitted).toBe(stopped);
    gateway.connected = true;
    expect(await eventually(() => gateway.tally().sent === 600)).toBe(true);
    expect(copies()).toBe(0);
    expect(gateway.tally().in_doubt).toBe(0);
  });

  it('a session that is over forgets its work and begins anew', async () => {
    await setUp({}, { share: 100, limited: true });
    gateway.send({ linkId, count: 500, text: oneText });
    await eventually(() => stats().accepted > 30);
    gateway.alive = false;
    expect(await eventually(() => gateway.sessions.size === 2)).toBe(true);
    await isBound();
    const accepted = stats().accepted;
    await sleep(500);
    expect(stats().accepted).toBe(accepted);
    expect(gateway.lastBeat?.links[0]?.batchIds).toEqual([]);
    const again = gateway.send({ linkId, count: 20, text: oneText });
    expect(await eventually(() => gateway.tally(again).sent === 20)).toBe(true);
  });

  it('leaving gives back what was not started, finishes what was, and unbinds', async () => {
    await setUp({ latencyMs: 300 }, { share: 200, limited: true });
    gateway.send({ linkId, count: 1_000, text: threeText });
    await eventually(() => stats().accepted > 100);
    const startedAt = performance.now();
    await session.leave();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const { sent, returned, open, in_doubt: doubt, failed } = gateway.tally();
    expect({ open, doubt, failed }).toEqual({ open: 0, doubt: 0, failed: 0 });
    expect(sent + returned).toBe(1_000);
    expect(stats().accepted).toBe(sent * 3);
    expect(stats().binds).toEqual([]);
    expect(gateway.lastBeat).toMatchObject({ leaving: true, binds: [], links: [] });
  });

  it('a link that goes to another worker is left without a doubt; one that comes back is served again', async () => {
    await setUp({ latencyMs: 50 }, { share: 300, limited: true });
    gateway.send({ linkId, count: 1_000, text: threeText });
    await eventually(() => stats().accepted > 100);
    const link = gateway.links.get(linkId);
    gateway.links.clear();
    expect(await eventually(() => gateway.lastBeat?.binds.length === 0)).toBe(true);
    expect(gateway.tally()).toMatchObject({ open: 0, in_doubt: 0, failed: 0 });
    // Its share may go to another only when the operator's second holds nothing of it.
    expect(await eventually(() => gateway.lastBeat?.links.length === 0)).toBe(true);
    expect(stats().now - (stats().lastAt ?? 0)).toBeGreaterThan(1_000);
    if (link) gateway.links.set(linkId, link);
    const again = gateway.send({ linkId, count: 20, text: oneText });
    expect(await eventually(() => gateway.tally(again).sent === 20)).toBe(true);
  });

  it('one bind fewer: its part of the work goes over the other', async () => {
    await setUp({ latencyMs: 20 });
    await isBound();
    const link = gateway.links.get(linkId);
    gateway.send({ linkId, count: 1_000, text: threeText });
    await eventually(() => stats().accepted > 500);
    if (link) gateway.links.set(linkId, { ...link, bindNos: [1] });
    expect(await isBound(1)).toBe(true);
    expect(await eventually(() => gateway.tally().sent === 1_000, 20_000)).toBe(true);
    expect(copies()).toBe(0);
  });
});
