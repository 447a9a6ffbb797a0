import { randomUUID } from 'node:crypto';
import type { LinkAssignmentDto } from '@peyk/contracts/sms';
import { createLogger } from '@peyk/platform';
import fc from 'fast-check';
import { startOperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import type { OperatorSimulator } from '../../../apps/simulators/src/operator/operator-simulator';
import { AccountPatch, parse, parseFaults } from '../../../apps/simulators/src/operator/settings';
import type { InboundMessage } from '../../../apps/simulators/src/operator/settings';
import { WorkerSession } from '../../../apps/sms-dispatch-worker/src/worker.session';
import { FakeGateway, eventually, sleep } from './fake-gateway';

/** What operators really send: each of these was seen to drop binds, or to be taken for something else. */

const oneText = 'سلام، این یک پیام آزمایشی است.';
const threeText = 'متن بلند فارسی برای سه بخش. '.repeat(7);
const logger = createLogger('worker-test', { level: 'fatal' });
jest.setTimeout(90_000);

let simulator: OperatorSimulator;
let gateway: FakeGateway;
let session: WorkerSession;
let linkId: string;

async function setUp(account: object = {}, link: Partial<LinkAssignmentDto> = {}): Promise<void> {
  const patch = parse(AccountPatch, { password: 'peyk-sim', ...account });
  simulator = await startOperatorSimulator({ accounts: { peyk: patch } });
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
    window: 50,
    share: 0,
    limited: false,
    responseTimeoutMs: 1_500,
    enquireLinkMs: 30_000,
    bindNos: [0],
    ...link,
  });
  session = new WorkerSession(gateway, { worker: 'test', referenceTlv: true }, logger, () => undefined);
  await session.start();
}

const isBound = (ms?: number): Promise<boolean> =>
  eventually(() => gateway.lastBeat?.binds.some(({ state }) => state === 'bound') ?? false, ms);
const stats = (): ReturnType<OperatorSimulator['operator']['stats']> => simulator.operator.stats('peyk');
const bindIds = (): number[] => stats().binds.map(({ id }) => id);
const raw = (
  ...pdus: { command: number; status?: number; sequence?: number; length?: number; body: string }[]
) => simulator.operator.sendRaw({ account: 'peyk', pdus });
const inbound = (...messages: Partial<InboundMessage>[]): number =>
  simulator.operator.sendInbound(
    'peyk',
    messages.map((message) => ({ from: '989121234567', to: '982000001', text: 'سلام', ...message })),
  );
const isReported = (sendId: string): boolean =>
  gateway
    .rowsOf(sendId)
    .every(({ receipts, parts }) => new Set(receipts.map(({ part }) => part)).size === parts);

afterEach(async () => {
  await session.leave();
  await simulator.stop();
  expect(gateway.violations).toEqual([]);
});

describe('a PDU that is not as it should be', () => {
  it.each(['noZero', 'extraZero', 'undecodable'])(
    'submit_sm_resp %s dropped the bind and put its window in doubt',
    async (form) => {
      await setUp();
      await isBound();
      const before = bindIds();
      simulator.operator.putFaults('peyk', parseFaults({ faults: [{ kind: 'garbage', form }] }));
      const sendId = gateway.send({ linkId, count: 300, text: oneText });
      expect(await eventually(() => gateway.tally().sent === 300)).toBe(true);
      expect(await eventually(() => isReported(sendId))).toBe(true);
      expect(gateway.tally().in_doubt).toBe(0);
      expect(bindIds()).toEqual(before);
    },
  );

  it('a deliver_sm that cannot be read, repeated by the SMSC, took the link down for as long as it came', async () => {
    await setUp();
    await isBound();
    const before = bindIds();
    gateway.send({ linkId, count: 500, text: oneText });
    // No closing zero anywhere: addresses and text cannot be distinguished. Also as data_sm.
    for (let no = 0; no < 20; no += 1) {
      raw(
        { command: 0x05, body: '313233343536' },
        { command: 0x103, body: '3132' },
        { command: 0x05, body: '' },
      );
      await sleep(10);
    }
    expect(await eventually(() => gateway.tally().sent === 500)).toBe(true);
    expect(await eventually(() => stats().rawAnswers.length === 60)).toBe(true);
    expect(new Set(stats().rawAnswers.map(({ status }) => status))).toEqual(new Set([0x65]));
    expect(gateway.tally().in_doubt).toBe(0);
    expect(bindIds()).toEqual(before);
    inbound({ text: 'هنوز هست' });
    expect(await eventually(() => gateway.inbound.at(-1)?.text === 'هنوز هست')).toBe(true);
  });

  it('generic_nack with sequence 0, alert_notification, outbind and commands of nobody cost nothing', async () => {
    await setUp();
    await isBound();
    const before = bindIds();
    raw(
      { command: 0x8000_0000, status: 0x03, sequence: 0, body: '' },
      { command: 0x8000_0000, status: 0, sequence: 5, body: '' },
      { command: 0x8000_0000, status: 0x03, sequence: 0x7000_0000, body: '00' },
      { command: 0x102, body: '0101393839313200010139383230303000' },
      { command: 0x0b, body: '6100620000' },
      { command: 0x4711, body: '' },
      { command: 0x8000_4711, body: 'ff' },
      { command: 0x15, body: '00' },
    );
    gateway.send({ linkId, count: 100, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 100)).toBe(true);
    expect(bindIds()).toEqual(before);
  });

  it('only a command_length that cannot be true ends the connection', async () => {
    await setUp();
    await isBound();
    for (const length of [0, 15, 0x7fff_ffff]) {
      const before = bindIds();
      raw({ command: 0x05, length, body: '00' });
      expect(await eventually(() => bindIds().length === 1 && bindIds()[0] !== before[0])).toBe(true);
    }
    // 64 KiB of message_payload are much, and true.
    const before = bindIds();
    const text = 'ab'.repeat(30_000);
    const payload = Buffer.from(text).toString('hex');
    const head = '00010139383931323132333435363700010139383230303030303100000000';
    raw({ command: 0x05, body: `${head}00000000000000${'0424'}${(60_000).toString(16)}${payload}` });
    expect(await eventually(() => gateway.inbound.length === 1)).toBe(true);
    expect(gateway.inbound[0]?.text).toHaveLength(2_000);
    expect(bindIds()).toEqual(before);
  });

  it('whatever stands in frames of the right length, the session goes on', async () => {
    await setUp();
    await isBound();
    const before = bindIds();
    const command = fc.oneof(
      fc.constantFrom(0x05, 0x103, 0x8000_0004, 0x8000_0000, 0x8000_0015, 0x102, 0x04, 0x8000_0009),
      fc.integer({ min: 0x200, max: 0xffff_ffff }),
    );
    const body = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    const status = fc.constantFrom(0, 0, 0x03, 0x58);
    for (const pdu of fc.sample(fc.record({ command, status, body }), 600)) raw(pdu);
    gateway.send({ linkId, count: 100, text: oneText });
    expect(await eventually(() => gateway.tally().sent === 100)).toBe(true);
    expect(bindIds()).toEqual(before);
    expect(gateway.tally().in_doubt).toBe(0);
  });
});

describe('receipts as operators write them', () => {
  it.each([
    ['addresses not turned round', { turned: false }],
    ['a text in UCS-2', { text: 'ucs2' }],
    ['a text in UCS-2 and nothing else', { text: 'ucs2', tlvId: 'none' }],
    ['in data_sm', { asData: true }],
    ['a TLV that nobody knows', { tlvId: 'wrong' }],
    ['an id in the text that nobody knows', { textId: 'wrong' }],
    ['no text id, no turned addresses', { textId: 'none', turned: false }],
  ])('%s: each names its message', async (_what, receipts) => {
    await setUp({ receipts });
    const sendId = gateway.send({ linkId, count: 100, text: threeText });
    expect(await eventually(() => isReported(sendId))).toBe(true);
    expect(gateway.looseReceipts).toEqual([]);
  });

  it('an id that comes twice, from another node or a counter begun anew, moved the wrong message', async () => {
    await setUp({ receipts: { delayMs: { min: 300, max: 300 }, mix: { UNDELIV: 1 } } });
    await isBound();
    simulator.operator.beginIds(1_000);
    const first = gateway.send({ linkId, count: 50, text: oneText });
    expect(await eventually(() => gateway.tally(first).sent === 50)).toBe(true);
    simulator.operator.beginIds(1_000);
    const second = gateway.send({ linkId, count: 50, text: oneText, firstMsisdn: 989_350_000_000 });
    expect(await eventually(() => isReported(first) && isReported(second))).toBe(true);
    for (const row of gateway.rowsOf()) expect(row.receipts).toHaveLength(1);
  });

  it('one id for all parts: the database says which', async () => {
    await setUp({ oneIdForParts: true });
    gateway.send({ linkId, count: 20, text: threeText });
    expect(await eventually(() => gateway.looseReceipts.length >= 40)).toBe(true);
    expect(gateway.rowsOf()[0]?.outcomes[0]?.ids).toMatch(/^(\d+) \1 \1$/);
  });

  it('one that names no message is kept, not only logged', async () => {
    await setUp({ receipts: { tlvId: 'none', textId: 'none' } });
    // Without an id and without the type of a receipt it would be a message.
    gateway.send({ linkId, count: 10, text: oneText });
    expect(await eventually(() => gateway.looseReceipts.length === 10)).toBe(true);
    expect(gateway.looseReceipts.every(({ id }) => id === '')).toBe(true);
    expect(gateway.inbound).toEqual([]);
  });
});

describe('what comes in', () => {
  it.each([0x08, 0x10, 0x24])(
    'an acknowledgement (esm_class %i) is answered on the wire, and nothing else',
    async (esmClass) => {
      await setUp();
      await isBound();
      inbound({ esmClass, text: 'ack' }, { text: 'پیام' });
      expect(await eventually(() => stats().inbound.acked === 2)).toBe(true);
      expect(gateway.inbound.map(({ text }) => text)).toEqual(['پیام']);
      expect(gateway.looseReceipts).toEqual([]);
    },
  );

  it.each([0x08, 0x18, 0x19, 0xe0, 0x28])(
    '«لغو۱۱» in data_coding %i is read by its alphabet bits',
    async (dataCoding) => {
      await setUp();
      await isBound();
      inbound({ text: 'لغو۱۱', dataCoding }, { text: 'لغو۱۱', dataCoding, asData: true });
      expect(await eventually(() => gateway.inbound.length === 2)).toBe(true);
      expect(gateway.inbound.map(({ text }) => text)).toEqual(['لغو۱۱', 'لغو۱۱']);
    },
  );

  it('an emoji cut between two parts keeps its octets', async () => {
    await setUp();
    await isBound();
    inbound({ text: 'ab😀', cutAt: 6, sar: true, reference: 700 });
    expect(await eventually(() => gateway.inbound.length === 2)).toBe(true);
    const octets = gateway.inbound.map((part) => Buffer.from(part.octets ?? '', 'base64'));
    expect(Buffer.concat(octets).swap16().toString('utf16le')).toBe('ab😀');
    expect(gateway.inbound.map(({ reference, alphabet }) => [reference, alphabet])).toEqual([
      [700, 'ucs2'],
      [700, 'ucs2'],
    ]);
  });
});

describe('a bind that is answered late', () => {
  it('after 6 s is a bind', async () => {
    await setUp({ bindLatencyMs: 6_000 });
    expect(await isBound(12_000)).toBe(true);
    expect(bindIds()).toHaveLength(1);
  });

  it('is given up after what the link says', async () => {
    await setUp({ bindLatencyMs: 3_000 }, { bindTimeoutMs: 1_000 });
    expect(await isBound(4_000)).toBe(false);
    gateway.links.set(linkId, { ...(gateway.links.get(linkId) as LinkAssignmentDto), bindTimeoutMs: 10_000 });
    expect(await isBound(20_000)).toBe(true);
  });
});
