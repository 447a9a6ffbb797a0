import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { smsSubscriptions } from '@peyk/contracts/sms';
import {
  DeadLetters,
  deadQueue,
  durableQueues,
  exchanges,
  retryDelaysMs,
  innerExchanges,
  retryExchange,
} from '@peyk/messaging';
import type { ConfirmChannel, Message, MessagingRuntime } from '@peyk/messaging';
import { eventually, testMessaging, testServers } from '@peyk/testing';
import { onChannel } from './fixture';

const { queue } = smsSubscriptions.holds;
let runtime: MessagingRuntime;
let letters: DeadLetters;

async function inChannel<T>(what: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  const result: T[] = [];
  await onChannel(runtime, async (channel) => void result.push(await what(channel)));
  return result[0] as T;
}
const purge = (): Promise<void> =>
  inChannel(async (channel) => {
    await channel.purgeQueue(queue);
    // Suites before this one may have left theirs.
    for (const name of durableQueues()) await channel.purgeQueue(deadQueue(name));
  });
const takeNext = (): Promise<Message> =>
  eventually(() =>
    inChannel(async (channel) => {
      const message = await channel.get(queue, { noAck: true });
      if (!message) throw new Error('nothing in the queue');
      return message;
    }),
  );
const die = (messageId: string, attempt = 8, body = '{"holdId":1}'): Promise<void> =>
  runtime.broker.publish({
    exchange: exchanges.dead,
    routingKey: queue,
    type: 'billing.hold.ended',
    messageId,
    body: Buffer.from(body),
    headers: {
      'x-correlation-id': 'corr-12345678',
      'x-attempt': attempt,
      'x-reason': 'Error: no such hold',
      'x-died-at': '2026-11-21T10:00:00.000Z',
      version: 1,
    },
  });

beforeAll(async () => {
  runtime = await testMessaging('spec');
  letters = await DeadLetters.connect(testServers().rabbitmqUrl);
});
beforeEach(purge);
afterAll(async () => {
  await purge();
  await letters.close();
  await runtime.broker.close();
});

describe(DeadLetters.name, () => {
  it('lists the oldest with reason, time, attempts and the beginning of the body, and leaves them there', async () => {
    await die('first', 1, `{"note":"${'x'.repeat(500)}"}`);
    await die('second');
    for (let look = 0; look < 30; look++) {
      expect(await letters.list(queue, 100)).toEqual([
        {
          queue,
          id: 'first',
          type: 'billing.hold.ended',
          reason: 'Error: no such hold',
          diedAt: '2026-11-21T10:00:00.000Z',
          attempts: 1,
          body: `{"note":"${'x'.repeat(191)}`,
        },
        expect.objectContaining({ id: 'second', attempts: 8 }),
      ]);
    }
    expect(await letters.list(queue, 1)).toHaveLength(1);
    await eventually(async () => expect(await letters.counts()).toEqual([{ queue, count: 2 }]));
  });

  it('redrives all as if for the first time, with the same id and without traces of the failure', async () => {
    for (const id of ['a', 'b', 'c']) await die(id);
    expect(await letters.redrive(queue, { limit: 1_000 })).toBe(3);
    await eventually(async () => expect(await letters.counts()).toEqual([]));
    const message = await takeNext();
    expect(message.properties).toMatchObject({ messageId: 'a', type: 'billing.hold.ended', deliveryMode: 2 });
    expect(message.content.toString()).toBe('{"holdId":1}');
    const names = Object.keys(message.properties.headers ?? {}).filter((name) => name !== 'x-delivery-count');
    expect(names.sort()).toEqual(['version', 'x-correlation-id']);
  });

  it('redrives only as many as asked, the oldest first', async () => {
    for (const id of ['a', 'b', 'c']) await die(id);
    expect(await letters.redrive(queue, { limit: 2 })).toBe(2);
    expect(await letters.list(queue, 10)).toMatchObject([{ id: 'c' }]);
  });

  it('redrives one by its id and leaves the others where they are', async () => {
    for (const id of ['a', 'b', 'c']) await die(id);
    expect(await letters.redrive(queue, { id: 'b', limit: 1 })).toBe(1);
    expect(await letters.redrive(queue, { id: 'nobody', limit: 1 })).toBe(0);
    const left = await letters.list(queue, 10);
    expect(left.map(({ id }) => id).sort()).toEqual(['a', 'c']);
    expect((await takeNext()).properties.messageId).toBe('b');
  });

  it('ends although what it redrives dies again at once', async () => {
    await die('again');
    await die('and again');
    const { broker } = runtime;
    let deaths = 0;
    const opened = broker.open('spec', async (channel) => {
      await channel.consume(queue, (message) => {
        if (!message) return;
        deaths++;
        void die(String(message.properties.messageId)).then(() => channel.ack(message));
      });
    });
    await opened.waitForConnect();
    expect(await letters.redrive(queue, { limit: 1_000 })).toBe(2);
    await eventually(() => expect(deaths).toBe(2));
    await eventually(async () => expect(await letters.list(queue, 10)).toHaveLength(2));
    await opened.close();
  });

  it('keeps a message whose queue does not take it', async () => {
    await die('stays');
    await inChannel((channel) => channel.unbindQueue(queue, innerExchanges.work, queue));
    await expect(letters.redrive(queue, { limit: 10 })).rejects.toThrow('does not exist');
    await inChannel((channel) => channel.bindQueue(queue, innerExchanges.work, queue));
    await eventually(async () => expect(await letters.list(queue, 10)).toMatchObject([{ id: 'stays' }]));
  });

  it('brings back one that RabbitMQ moved, through a retry too: its history does not make it vanish', async () => {
    await runtime.broker.publish({
      exchange: exchanges.work,
      routingKey: queue,
      messageId: 'moved',
      body: Buffer.from('{}'),
    });
    await inChannel(async (channel) => {
      for (;;) {
        const message = await channel.get(queue);
        if (!message) return;
        channel.nack(message, false, true);
      }
    });
    const [letter] = await eventually(async () => {
      const found = await letters.list(queue, 10);
      expect(found).toHaveLength(1);
      return found;
    });
    expect(letter).toMatchObject({
      id: 'moved',
      reason: expect.stringContaining('delivery_limit') as unknown,
    });
    expect(Date.parse(letter?.diedAt ?? '')).toBeGreaterThan(0);

    expect(await letters.redrive(queue, { limit: 10 })).toBe(1);
    const again = await takeNext();
    // What a consumer does with a passing failure.
    await runtime.broker.publish({
      exchange: retryExchange(retryDelaysMs[0]),
      routingKey: queue,
      messageId: 'moved',
      body: again.content,
      headers: again.properties.headers,
    });
    expect((await takeNext()).properties.messageId).toBe('moved');
  });
});

describe('the command dead-letters', () => {
  const cli = (...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((resolve, reject) => {
      const file = join(__dirname, '../../../dist/libs/messaging/src/dead-letters.cli.js');
      const child = spawn(process.execPath, [file, ...args], {
        env: { ...process.env, RABBITMQ_URL: testServers().rabbitmqUrl },
      });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });

  it('lists and redrives', async () => {
    await die('by hand');
    await die('other');
    await eventually(async () => expect(await letters.counts()).toEqual([{ queue, count: 2 }]));
    const listed = await cli('list', queue, '--limit', '1');
    expect(listed).toMatchObject({ code: 0, err: `${queue}: 1 of 2 shown\n` });
    expect(JSON.parse(listed.out)).toMatchObject({ queue, id: 'by hand', reason: 'Error: no such hold' });
    const redriven = await cli('redrive', queue, '--id', 'by hand');
    expect(redriven).toMatchObject({ code: 0, out: `{"queue":"${queue}","redriven":1}\n` });
    expect(await letters.list(queue, 10)).toMatchObject([{ id: 'other' }]);
  }, 60_000);

  it('says what is wrong with its arguments and does nothing', async () => {
    await die('stays');
    const wrong = await Promise.all([
      cli(),
      cli('redrive'),
      cli('redrive', 'no-such-queue'),
      cli('redrive', queue, '--limit', '0'),
    ]);
    for (const { code, err } of wrong) {
      expect(code).toBe(1);
      expect(err).toContain('usage: dead-letters');
    }
    expect(await letters.list(queue, 10)).toHaveLength(1);
  }, 60_000);
});
