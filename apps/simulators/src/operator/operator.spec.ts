import { connect } from 'node:net';
import * as fc from 'fast-check';
import { Operator } from './operator';
import { startOperatorSimulator } from './operator-simulator';
import type { OperatorSimulator } from './operator-simulator';
import { parseFaults } from './settings';
import type { AccountPatch } from './settings';
import { SmppClient, sleep, until } from './smpp-client.fixture';
import type { DeliveredSm } from './smpp-client.fixture';

const OK = 0x00;
const ALREADY_BOUND = 0x05;
const QUEUE_FULL = 0x14;
const THROTTLED = 0x58;

/** mulberry32: even dice that fall the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

describe(Operator.name, () => {
  let simulator: OperatorSimulator;
  let operator: Operator;
  let port: number;
  const clients: SmppClient[] = [];

  async function bound(
    mode: 'transceiver' | 'receiver' | 'transmitter' = 'transceiver',
    systemId = 'acct',
  ): Promise<SmppClient> {
    const client = await SmppClient.bound(port, systemId, mode);
    clients.push(client);
    return client;
  }

  async function unbound(): Promise<SmppClient> {
    const client = await SmppClient.connect(port);
    clients.push(client);
    return client;
  }

  function set(patch: AccountPatch): void {
    operator.putAccount('acct', patch);
  }

  function fault(...faults: object[]): void {
    operator.putFaults('acct', parseFaults({ faults }));
  }

  beforeEach(async () => {
    simulator = await startOperatorSimulator({
      accounts: { acct: { password: 'secret' } },
      random: seeded(7),
    });
    operator = simulator.operator;
    port = simulator.smppPort;
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await simulator.stop();
  });

  describe('binds', () => {
    it('SMS-201 refuses a wrong name, a wrong password and one bind too many, each with its status', async () => {
      set({ maxBinds: 2 });
      const statuses: number[] = [];
      for (const [name, password] of [
        ['nobody', 'secret'],
        ['acct', 'wrong'],
        ['acct', ''],
        ['acct', 'secret'],
        ['acct', 'secret'],
        ['acct', 'secret'],
      ] as const) {
        statuses.push(await (await unbound()).bind(name, password));
      }
      expect(statuses).toEqual([0x0f, 0x0e, 0x0e, OK, OK, ALREADY_BOUND]);
      expect(operator.stats('acct').binds).toHaveLength(2);
    });

    it('gives a bind free as soon as its connection is gone, also without unbind', async () => {
      set({ maxBinds: 1 });
      const first = await bound();
      expect(await (await unbound()).bind('acct', 'secret')).toBe(ALREADY_BOUND);
      first.close();
      await until('bind free', () => operator.stats('acct').binds.length === 0);
      expect(await (await unbound()).bind('acct', 'secret')).toBe(OK);
    });

    it('refuses a second bind on a bound connection and a part on a receiver or unbound one', async () => {
      const client = await bound('receiver');
      expect(await client.bind('acct', 'secret')).toBe(ALREADY_BOUND);
      expect((await client.submit()).command_status).toBe(0x04);
      expect((await (await unbound()).submit()).command_status).toBe(0x04);
      expect(operator.stats('acct').accepted).toBe(0);
    });

    it('answers enquire_link, unbind, and generic_nack to what it does not know', async () => {
      const client = await bound();
      const enquired = await new Promise<number>((resolve) =>
        client.session.enquire_link((pdu) => resolve(pdu.command_status)),
      );
      expect(enquired).toBe(OK);
      const nack = await new Promise((resolve) => {
        client.session.query_sm({ message_id: '1' }, resolve);
      });
      expect(nack).toMatchObject({ command: 'generic_nack', command_status: 0x03 });
      await new Promise((resolve) => client.session.unbind(resolve));
      await until('closed by the operator', () => client.closed);
    });

    it('asks an idle client with enquire_link, keeps one that answers, closes one that does not', async () => {
      set({ enquireLinkMs: 100 });
      const alive = await bound();
      const dead = await bound();
      dead.answersEnquireLink = false;
      await until('dead one closed', () => dead.closed);
      await until('asked again', () => alive.enquired >= 3);
      expect(alive.closed).toBe(false);
      expect(dead.enquired).toBe(1);
    });

    it('closes a connection that sends an impossible length, and survives any octets', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 16, maxLength: 400 }), async (bytes) => {
          const socket = connect(port, '127.0.0.1');
          socket.on('error', () => undefined);
          await new Promise((resolve) => socket.write(bytes, resolve));
          socket.destroy();
        }),
        { numRuns: 50 },
      );
      const socket = connect(port, '127.0.0.1');
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.resume();
      socket.write(Buffer.alloc(16, 0xff));
      await closed;
      expect(await (await unbound()).bind('acct', 'secret')).toBe(OK);
    });

    it('reads PDUs cut at any place', async () => {
      const client = await bound();
      const chunks: Buffer[] = [];
      const socket = client.session.socket;
      const write = socket.write.bind(socket);
      socket.write = (bytes: Buffer) => chunks.push(Buffer.from(bytes)) > 0;
      const answers = Array.from({ length: 5 }, (_, i) => client.submit({ reference: `cut-${i}` }));
      const bytes = Buffer.concat(chunks);
      for (let at = 0; at < bytes.length; at += 37) {
        write(bytes.subarray(at, at + 37));
        await sleep(1);
      }
      socket.write = write;
      expect((await Promise.all(answers)).map((pdu) => pdu.command_status)).toEqual([0, 0, 0, 0, 0]);
      expect(operator.duplicates()).toMatchObject({ referenced: 5, distinct: 5 });
    });
  });

  describe('contract', () => {
    it('SMS-201 throttles what exceeds the contracted parts of a sliding second over all binds', async () => {
      set({ partsPerSecond: 50, window: null });
      const [first, second] = [await bound(), await bound()];
      const statuses = (await Promise.all([first.statuses(40), second.statuses(40)])).flat();
      // 50 of the 80, and more where this machine takes more than a second to write them.
      const accepted = statuses.filter((status) => status === OK).length;
      const throttled = statuses.filter((status) => status === THROTTLED).length;
      expect(accepted).toBeGreaterThanOrEqual(50);
      expect(accepted + throttled).toBe(80);
      const stats = operator.stats('acct');
      expect(stats).toMatchObject({ submitted: 80, accepted, throttled, windowExceeded: 0 });
      expect(stats.refusedByStatus).toEqual(throttled > 0 ? { '0x00000058': throttled } : {});
      expect(stats.worstSecond.parts).toBe(50);
    });

    it('keeps the contract over every sliding second of a long flood', async () => {
      set({ partsPerSecond: 100, window: null, receipts: { enabled: false } });
      const client = await bound();
      // Three windows of the contract, however slowly this machine comes to them.
      while (operator.stats('acct').accepted < 250) {
        await client.statuses(10);
        await sleep(5);
      }
      const { items, total } = operator.findParts({ account: 'acct' }, 0, 10_000);
      const times = items.map(({ at }) => at);
      const worst = Math.max(
        ...times.map((end) => times.filter((at) => at <= end && end - at < 1_000).length),
      );
      expect(worst).toBe(100);
      expect(total).toBeGreaterThanOrEqual(250);
      const stats = operator.stats('acct');
      expect(stats.worstSecond.parts).toBe(worst);
      expect(stats.throttled).toBeGreaterThan(0);
      expect(stats.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(total);
      expect([stats.firstAt, stats.lastAt]).toEqual([times[0], times.at(-1)]);
    });

    it('answers ESME_RMSGQFUL above the window of one bind, not of the account', async () => {
      set({ window: 10, latencyMs: 100 });
      const [first, second] = [await bound(), await bound()];
      const [one, two] = await Promise.all([first.statuses(15), second.statuses(10)]);
      expect(one.filter((status) => status === OK)).toHaveLength(10);
      expect(one.filter((status) => status === QUEUE_FULL)).toHaveLength(5);
      expect(two.every((status) => status === OK)).toBe(true);
      expect(operator.stats('acct')).toMatchObject({ windowExceeded: 5, throttled: 0, accepted: 20 });
      // The window is free again once all is answered.
      expect(await first.statuses(10)).toEqual(Array(10).fill(OK));
    });

    it('counts what arrives in one piece against the window, also without latency', async () => {
      set({ window: 10 });
      const client = await bound();
      const statuses = await client.statuses(11);
      expect(statuses).toEqual([...Array<number>(10).fill(OK), QUEUE_FULL]);
    });

    it('never finds a client over its window that keeps to it', async () => {
      set({ window: 10, latencyMs: 3 });
      const client = await bound();
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          for (let i = 0; i < 50; i++) expect((await client.submit()).command_status).toBe(OK);
        }),
      );
      expect(operator.stats('acct')).toMatchObject({ accepted: 500, windowExceeded: 0 });
    });

    it('remembers what it accepted, with the reference of the client', async () => {
      const client = await bound();
      const udh = Buffer.from([5, 0, 3, 77, 2, 1]);
      const body = Buffer.from('بخش', 'utf16le').swap16();
      const answer = await client.submit({
        reference: 'message-1/1',
        esm_class: 0x40,
        short_message: { udh, message: body },
      });
      const [part] = operator.findParts({ reference: 'message-1/1' }, 0, 1).items;
      expect(part).toMatchObject({
        account: 'acct',
        source: '98300012345',
        destination: '989121234567',
        dataCoding: 8,
        concat: { reference: 77, total: 2, part: 1 },
        text: 'بخش',
        messageId: Number(answer.message_id),
      });
    });
  });

  describe('receipts', () => {
    function textOf(pdu: DeliveredSm): Record<string, string> {
      const fields =
        /^id:(\S+) sub:001 dlvrd:(\d+) submit date:(\d{10}) done date:(\d{10}) stat:(\w+) err:(\d{3}) text:/;
      const [, id = '', delivered = '', , , stat = ''] = fields.exec(String(pdu.short_message.message)) ?? [];
      return { id, delivered, stat };
    }

    it('SMS-203 answers a part with the receipt that its submitter asked for', async () => {
      const client = await bound();
      const { message_id: messageId = '' } = await client.submit();
      await until('receipt', () => client.delivered.length === 1);
      const [receipt] = client.delivered as [DeliveredSm];
      expect(receipt).toMatchObject({
        esm_class: 0x04,
        source_addr: '989121234567',
        destination_addr: '98300012345',
        receipted_message_id: messageId,
        message_state: 2,
      });
      expect(textOf(receipt)).toEqual({ id: messageId, delivered: '001', stat: 'DELIVRD' });
      await until('acked', () => operator.stats('acct').receipts.acked === 1);
      expect(operator.stats('acct').receipts).toMatchObject({ queued: 1, sent: 1, pending: 0, resent: 0 });
    });

    it('SMS-203 sends none when none is asked for, and only failures when only those are', async () => {
      const client = await bound();
      await client.submit({ registered_delivery: 0 });
      await client.submit({ registered_delivery: 2 });
      set({ receipts: { mix: { UNDELIV: 1 } } });
      await client.submit({ registered_delivery: 2 });
      await until('receipt', () => client.delivered.length === 1);
      expect(textOf(client.delivered[0] as DeliveredSm)).toMatchObject({ stat: 'UNDELIV', delivered: '000' });
      expect(operator.stats('acct').receipts.queued).toBe(1);
    });

    it.each([
      ['decimal', 'same', (id: string) => id],
      ['hex', 'same', (id: string) => id],
      ['hex', 'decimal', (id: string) => String(parseInt(id, 16))],
      ['decimal', 'hexUpper', (id: string) => Number(id).toString(16).toUpperCase()],
      ['hexPadded', 'hex', (id: string) => id.replace(/^0+/, '')],
      ['hexUpper', 'hexPadded', (id: string) => id.toLowerCase().padStart(16, '0')],
    ] as const)(
      'SMS-203 writes ids %s in the response and %s in the receipt',
      async (messageIdForm, idForm, expected) => {
        set({ messageIdForm, receipts: { idForm } });
        const client = await bound();
        const { message_id: messageId = '' } = await client.submit();
        await until('receipt', () => client.delivered.length === 1);
        const [receipt] = client.delivered as [DeliveredSm];
        expect(receipt.receipted_message_id).toBe(expected(messageId));
        expect(textOf(receipt)['id']).toBe(expected(messageId));
      },
    );

    it('SMS-203 draws outcomes by their weights', async () => {
      set({ window: null, receipts: { mix: { DELIVRD: 5, UNDELIV: 2, EXPIRED: 1, REJECTD: 1, none: 1 } } });
      const client = await bound();
      await client.statuses(2_000);
      const { queued } = operator.stats('acct').receipts;
      await until('receipts', () => client.delivered.length === queued);
      const share = (stat: string) =>
        client.delivered.filter((pdu) => textOf(pdu)['stat'] === stat).length / 2_000;
      expect(share('DELIVRD')).toBeCloseTo(0.5, 1);
      expect(share('UNDELIV')).toBeCloseTo(0.2, 1);
      expect(share('EXPIRED')).toBeCloseTo(0.1, 1);
      expect(share('REJECTD')).toBeCloseTo(0.1, 1);
      expect(queued / 2_000).toBeCloseTo(0.9, 1);
    });

    it('sends receipts back on their own bind, on another when so set, on any when theirs is gone', async () => {
      const [first, second] = [await bound(), await bound()];
      await first.statuses(20);
      await until('own bind', () => first.delivered.length === 20);
      expect(second.delivered).toHaveLength(0);
      set({ receipts: { onOtherBind: true } });
      await first.statuses(20);
      await until('other bind', () => second.delivered.length === 20);
      expect(first.delivered).toHaveLength(20);
      set({ receipts: { onOtherBind: false, delayMs: { min: 150, max: 150 } } });
      await first.statuses(20);
      first.close();
      await until('remaining bind', () => second.delivered.length === 40);
    });

    it('gives a transmitter nothing: its receipts wait for a receiver', async () => {
      const transmitter = await bound('transmitter');
      await transmitter.statuses(5);
      await sleep(50);
      expect(operator.stats('acct').receipts).toMatchObject({ pending: 5, sent: 0 });
      const receiver = await bound('receiver');
      await until('receipts', () => receiver.delivered.length === 5);
      expect(transmitter.delivered).toHaveLength(0);
    });

    it('SMS-203 lets a receipt overtake its response, on its own and on another bind', async () => {
      set({ receipts: { beforeResponse: 1 } });
      const first = await bound();
      const answer = await first.submit();
      expect(first.arrived.indexOf('deliver_sm')).toBeLessThan(first.arrived.indexOf('submit_sm_resp'));
      expect(first.delivered[0]?.receipted_message_id).toBe(answer.message_id);
      const second = await bound();
      set({ receipts: { onOtherBind: true } });
      const pending = first.submit();
      await until('receipt', () => second.delivered.length === 1);
      expect(second.delivered[0]?.receipted_message_id).toBe((await pending).message_id);
    });

    it('never lets a receipt overtake when not told to, with and without latency', async () => {
      for (const latencyMs of [0, 7]) {
        set({ latencyMs });
        const client = await bound();
        const responses: string[] = [];
        client.session.on('submit_sm_resp', (pdu: { message_id: string }) => responses.push(pdu.message_id));
        const early: string[] = [];
        client.session.on('deliver_sm', (pdu: DeliveredSm) => {
          if (!responses.includes(pdu.receipted_message_id ?? '')) early.push(pdu.receipted_message_id ?? '');
        });
        for (let round = 0; round < 5; round++) await client.statuses(50);
        await until('receipts', () => client.delivered.length === 250);
        expect(early).toEqual([]);
      }
    });

    it('keeps at most the deliver window unanswered on a bind', async () => {
      set({ deliverWindow: 3, window: null });
      const client = await bound();
      client.deliverStatus = null;
      await client.statuses(20);
      await until('a window full', () => client.delivered.length === 3);
      await sleep(50);
      expect(client.delivered).toHaveLength(3);
      expect(operator.stats('acct').receipts).toMatchObject({ sent: 3, pending: 20 });
    });
  });

  describe('deliveries that are not answered', () => {
    it('SMS-203 come again on the next bind when a client dies, none lost', async () => {
      const first = await bound();
      first.deliverStatus = null;
      await first.statuses(30);
      await until('unanswered', () => first.delivered.length === 30);
      first.close();
      await until('taken back', () => operator.stats('acct').binds.length === 0);
      const second = await bound();
      await until('again', () => second.delivered.length === 30);
      const ids = (client: SmppClient) => client.delivered.map((pdu) => pdu.receipted_message_id).sort();
      expect(ids(second)).toEqual(ids(first));
      await until('acked', () => operator.stats('acct').receipts.acked === 30);
      expect(operator.stats('acct').receipts).toMatchObject({ sent: 60, resent: 30, pending: 0 });
    });

    it('come again after the timeout on a bind that lives, until they are answered', async () => {
      set({ deliverTimeoutMs: 100 });
      const client = await bound();
      client.deliverStatus = null;
      await client.submit();
      await until('sent twice', () => client.delivered.length >= 2);
      client.deliverStatus = 0;
      await until('acked', () => operator.stats('acct').receipts.acked === 1);
      const count = client.delivered.length;
      await sleep(250);
      expect(client.delivered).toHaveLength(count);
    });

    it('come again after a temporary refusal, not after a permanent one', async () => {
      const client = await bound();
      client.deliverStatus = 0x64;
      await client.submit();
      await until('refused', () => operator.stats('acct').receipts.refused === 1);
      client.deliverStatus = 0;
      await until('again', () => operator.stats('acct').receipts.acked === 1);
      client.deliverStatus = 0x65;
      await client.submit();
      await until('given up', () => operator.stats('acct').receipts.givenUp === 1);
      expect(operator.stats('acct').receipts).toMatchObject({ pending: 0, queued: 2, acked: 1, refused: 2 });
    });
  });

  describe('inbound', () => {
    it('SMS-210 sends a text from a handset to a line', async () => {
      const client = await bound('receiver');
      const message = { from: '989121234567', to: '98300012345', text: 'نظر من ۱ است' };
      expect(operator.sendInbound('acct', [message])).toBe(1);
      await until('message', () => client.delivered.length === 1);
      expect(client.delivered[0]).toMatchObject({
        source_addr: message.from,
        destination_addr: message.to,
        esm_class: 0,
        data_coding: 8,
        short_message: { message: message.text },
      });
      await until('acked', () => operator.stats('acct').inbound.acked === 1);
    });

    it('SMS-210 sends a long text in parts of one reference, in the order asked for', async () => {
      const client = await bound();
      const text = 'این پیام بلند است. '.repeat(15);
      const message = { from: '989121234567', to: '3000', text };
      const orders: number[][] = [];
      for (const order of ['natural', 'reversed', 'shuffled'] as const) {
        client.delivered.length = 0;
        const queued = operator.sendInbound('acct', [{ ...message, order }]);
        await until('parts', () => client.delivered.length === queued);
        const parts = client.delivered.map((pdu) => {
          const [udh = Buffer.alloc(0)] = pdu.short_message.udh ?? [];
          return {
            reference: udh[2],
            total: udh[3],
            part: udh[4] as number,
            text: pdu.short_message.message,
          };
        });
        expect(new Set(parts.map(({ reference, total }) => `${reference}/${total}`)).size).toBe(1);
        orders.push(parts.map(({ part }) => part));
        parts.sort((one, other) => one.part - other.part);
        expect(parts.map((part) => part.text).join('')).toBe(text);
      }
      const natural = Array.from({ length: 5 }, (_, i) => i + 1);
      expect(orders[0]).toEqual(natural);
      expect(orders[1]).toEqual([...natural].reverse());
      expect([...(orders[2] as number[])].sort()).toEqual(natural);
    });

    it('SMS-210 waits for a receiver and is kept until answered', async () => {
      operator.sendInbound('acct', [{ from: '98912', to: '3000', text: 'سلام' }]);
      const first = await SmppClient.connect(port);
      first.deliverStatus = null;
      await first.bind('acct', 'secret');
      await until('sent', () => first.delivered.length === 1);
      first.close();
      const second = await bound();
      await until('again', () => second.delivered.length === 1);
      expect(operator.stats('acct').inbound).toMatchObject({ queued: 1, sent: 2, resent: 1 });
    });
  });

  describe('faults', () => {
    it('drop: accepts, then closes without an answer; the receipt comes on the next bind', async () => {
      fault({ kind: 'drop', count: 1 });
      const first = await bound();
      let answered = false;
      void first.submit({ reference: 'dropped/1' }).then(() => (answered = true));
      await until('closed', () => first.closed);
      expect(answered).toBe(false);
      expect(operator.findParts({ reference: 'dropped/1' }, 0, 1).total).toBe(1);
      const second = await bound();
      await until('receipt', () => second.delivered.length === 1);
      expect(await second.statuses(3)).toEqual([OK, OK, OK]);
      expect(operator.stats('acct').faults).toEqual({ drop: 1 });
    });

    it('noAnswer: accepts, sends the receipt, never answers, and gives the window back', async () => {
      set({ window: 1 });
      fault({ kind: 'noAnswer', count: 2 });
      const client = await bound();
      let answered = 0;
      void client.submit().then(() => answered++);
      void client.submit().then(() => answered++);
      await until('receipts', () => client.delivered.length === 2);
      expect(answered).toBe(0);
      expect(await client.statuses(1)).toEqual([OK]);
      expect(operator.stats('acct')).toMatchObject({ accepted: 3, faults: { noAnswer: 2 } });
    });

    it('lateAnswer: the answer comes late and after later ones', async () => {
      fault({ kind: 'lateAnswer', count: 1, ms: 100 });
      const client = await bound();
      const order: string[] = [];
      const late = client.submit().then((pdu) => order.push(`late ${pdu.command_status}`));
      await client.submit().then((pdu) => order.push(`prompt ${pdu.command_status}`));
      await late;
      expect(order).toEqual(['prompt 0', 'late 0']);
    });

    it('error: refuses the given share with the given status and accepts none of them', async () => {
      set({ window: null });
      fault({ kind: 'error', probability: 0.3, status: 0x08 });
      const client = await bound();
      const statuses = await client.statuses(1_000);
      const refused = statuses.filter((status) => status === 0x08).length;
      expect(refused / 1_000).toBeCloseTo(0.3, 1);
      const stats = operator.stats('acct');
      expect(stats).toMatchObject({ submitted: 1_000, accepted: 1_000 - refused, throttled: 0 });
      expect(stats.refusedByStatus).toEqual({ '0x00000008': refused });
    });

    it.each(['undecodable', 'badLength', 'random'] as const)(
      'garbage, %s: npm smpp cannot read it',
      async (form) => {
        fault({ kind: 'garbage', form, count: 1 });
        const client = await bound();
        let answered = false;
        void client.submit().then(() => (answered = true));
        await until('error', () => client.errors.length > 0);
        expect(answered).toBe(false);
        expect(operator.stats('acct')).toMatchObject({ accepted: 1, faults: { garbage: 1 } });
        expect(await (await bound()).statuses(2)).toEqual([OK, OK]);
      },
    );

    it('slowRead: stops reading after a PDU, loses nothing', async () => {
      fault({ kind: 'slowRead', count: 2, ms: 1_000 });
      const client = await bound();
      const started = performance.now();
      const all = client.statuses(10);
      await until('it stops after the first', () => operator.stats('acct').submitted === 1);
      expect(await all).toEqual(Array(10).fill(OK));
      expect(performance.now() - started).toBeGreaterThanOrEqual(1_995);
    });

    it('refuseBind: refuses as often as told', async () => {
      fault({ kind: 'refuseBind', count: 2 });
      const statuses: number[] = [];
      for (let i = 0; i < 3; i++) statuses.push(await (await unbound()).bind('acct', 'secret'));
      expect(statuses).toEqual([0x0d, 0x0d, OK]);
    });

    it('kills the binds of one account, or some of them', async () => {
      operator.putAccount('other', { password: 'secret' });
      const mine = [await bound(), await bound(), await bound()];
      const other = await bound('transceiver', 'other');
      expect(operator.killBinds({ account: 'acct', count: 1 })).toBe(1);
      await until('one closed', () => mine.filter(({ closed }) => closed).length === 1);
      expect(operator.killBinds({ account: 'acct' })).toBe(2);
      await until('all closed', () => mine.every(({ closed }) => closed));
      expect(other.closed).toBe(false);
      expect(operator.killBinds({})).toBe(1);
    });
  });

  it('reset forgets counters, parts, faults and what was to be delivered, and keeps binds', async () => {
    set({ partsPerSecond: 5, receipts: { delayMs: { min: 100, max: 100 } } });
    const client = await bound();
    await client.statuses(6);
    fault({ kind: 'error', status: 8 });
    operator.reset();
    expect(operator.stats('acct')).toMatchObject({
      submitted: 0,
      accepted: 0,
      throttled: 0,
      refusedByStatus: {},
      firstAt: null,
      worstSecond: { parts: 0, endsAt: null },
      histogram: { counts: [] },
      receipts: { queued: 0, pending: 0 },
    });
    expect(operator.findParts({}, 0, 1).total).toBe(0);
    expect(await client.statuses(1)).toEqual([OK]);
    await until('the one receipt', () => client.delivered.length === 1);
    await sleep(50);
    expect(client.delivered).toHaveLength(1);
  });

  it('never gives one message id twice, also not after a restart', async () => {
    const client = await bound();
    const before = Number((await client.submit()).message_id);
    const ids = await Promise.all(Array.from({ length: 50 }, () => client.submit()));
    expect(new Set(ids.map((pdu) => pdu.message_id)).size).toBe(50);
    const next = await startOperatorSimulator({ accounts: { acct: { password: 'secret' } } });
    const again = await SmppClient.bound(next.smppPort);
    const after = Number((await again.submit()).message_id);
    again.close();
    await next.stop();
    expect(after).toBeGreaterThan(before + 50);
  });
});
