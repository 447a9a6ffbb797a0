import { Controller } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { HandleEvent, deadQueue, exchanges, maxAttempts, retryDelaysMs, retryQueue } from '@peyk/messaging';
import type { ConfirmChannel, Message, MessagingRuntime, Received } from '@peyk/messaging';
import { eventually, testMessaging, testProgram, testServers } from '@peyk/testing';
import {
  NumberedDto,
  declareSubscription,
  onChannel,
  probe,
  probeQueue,
  removeQueues,
  sleep,
} from './fixture';
import { TcpProxy } from './tcp-proxy';

const { queue } = probeQueue;
const handled: (Received & NumberedDto)[] = [];
let act: (event: NumberedDto, received: Received) => Promise<void>;

@Controller()
class NumbersController {
  @HandleEvent(probeQueue, probe.numbered)
  async onNumbered(event: NumberedDto, received: Received): Promise<void> {
    handled.push({ ...received, ...event });
    await act(event, received);
  }
}

let runtime: MessagingRuntime;
let program: INestMicroservice | undefined;
const startProgram = async (rabbitmqUrl?: string): Promise<MessagingRuntime> => {
  const own = await testMessaging('spec-consumer', { rabbitmqUrl });
  program = await testProgram(own, undefined, { controllers: [NumbersController] });
  return own;
};

let ids = 0;
const send = async (
  about: string,
  override: Partial<Parameters<MessagingRuntime['broker']['publish']>[0]> = {},
): Promise<string> => {
  const messageId = `message ${ids++}`;
  await runtime.broker.publish({
    exchange: exchanges.events,
    routingKey: probe.numbered.name,
    type: probe.numbered.name,
    messageId,
    body: Buffer.from(JSON.stringify({ about, number: 1 })),
    headers: { 'x-correlation-id': 'corr-12345678' },
    ...override,
  });
  return messageId;
};
const of = (about: string): (Received & NumberedDto)[] => handled.filter((event) => event.about === about);

async function inChannel<T>(what: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
  let result: [T] | undefined;
  await onChannel(runtime, async (channel) => {
    result = [await what(channel)];
  });
  if (!result) throw new Error('no result');
  return result[0];
}
const depth = async (name: string): Promise<number> =>
  inChannel(async (channel) => (await channel.checkQueue(name)).messageCount);
/** Takes the next dead letter; waits for it. */
const nextDead = async (): Promise<Message> =>
  eventually(() =>
    inChannel(async (channel) => {
      const message = await channel.get(deadQueue(queue), { noAck: true });
      if (!message) throw new Error('no dead letter');
      return message;
    }),
  );

beforeAll(async () => {
  runtime = await testMessaging('spec');
  await declareSubscription(runtime, probeQueue);
});
beforeEach(() => {
  act = () => Promise.resolve();
});
afterEach(async () => {
  await program?.close();
  program = undefined;
  await inChannel((channel) => channel.purgeQueue(queue));
  await inChannel((channel) => channel.purgeQueue(deadQueue(queue)));
});
afterAll(async () => {
  await removeQueues(runtime, queue, deadQueue(queue));
  await runtime.broker.close();
});

describe('a consumer of events', () => {
  it('gets each event with its id, and acknowledges it after the handler', async () => {
    await startProgram();
    const id = await send('plain');
    await eventually(() =>
      expect(of('plain')).toMatchObject([{ id, queue, name: probe.numbered.name, attempt: 1 }]),
    );
    await program?.close();
    expect(await depth(queue)).toBe(0);
  });

  it('gets a message whose handling failed again, later, as the same message', async () => {
    await startProgram();
    let failedAtMs = 0;
    let againAtMs = 0;
    act = async (_event, { attempt }) => {
      if (attempt > 1) againAtMs = performance.now();
      else {
        failedAtMs = performance.now();
        throw new Error('passing');
      }
    };
    const id = await send('retried');
    await eventually(() =>
      expect(of('retried')).toMatchObject([
        { id, attempt: 1 },
        { id, attempt: 2 },
      ]),
    );
    expect(againAtMs - failedAtMs).toBeGreaterThanOrEqual(retryDelaysMs[0] - 50);
    await program?.close();
    expect(await depth(queue)).toBe(0);
    expect(await depth(deadQueue(queue))).toBe(0);
  });

  it('passes a refusal straight to the dead letters, with the reason', async () => {
    await startProgram();
    act = () => Promise.reject(new DomainError('hold.notFound', { holdId: 7 }));
    const id = await send('refused');
    const dead = await nextDead();
    expect(dead.properties).toMatchObject({
      messageId: id,
      type: probe.numbered.name,
      headers: {
        'x-correlation-id': 'corr-12345678',
        'x-attempt': 1,
        'x-reason': expect.stringContaining('hold.notFound') as unknown,
        'x-died-at': expect.stringMatching(/Z$/) as unknown,
      },
    });
    expect(JSON.parse(dead.content.toString())).toEqual({ about: 'refused', number: 1 });
    expect(of('refused')).toHaveLength(1);
  });

  it.each(['service.unavailable', 'rate.limited', 'internal'] as const)(
    'tries again after %s',
    async (code) => {
      await startProgram();
      act = (_event, { attempt }) =>
        attempt === 1 ? Promise.reject(new DomainError(code)) : Promise.resolve();
      await send(code);
      await eventually(() => expect(of(code)).toHaveLength(2));
    },
  );

  it('passes a message to the dead letters after its last attempt', async () => {
    await startProgram();
    act = () => Promise.reject(new Error('still no database'));
    await send('spent', { headers: { 'x-attempt': maxAttempts } });
    const { headers } = (await nextDead()).properties;
    expect(headers).toMatchObject({ 'x-attempt': maxAttempts, 'x-reason': 'Error: still no database' });
  });

  it('keeps a message as long as a database or a service is away, however often it came', async () => {
    await startProgram();
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    act = () => Promise.reject(refused);
    const name = retryQueue(60_000);
    const before = await depth(name);
    await send('patient', { headers: { 'x-attempt': maxAttempts } });
    await eventually(async () => {
      expect(of('patient')).toHaveLength(1);
      expect(await depth(name)).toBe(before + 1);
    });
    expect(await depth(deadQueue(queue))).toBe(0);
    await inChannel(async (channel) => {
      await channel.purgeQueue(name);
    });
  });

  it('waits as long as its attempt says: 1, 10, 60, 60 seconds', async () => {
    await startProgram();
    act = () => Promise.reject(new Error('no'));
    for (const [attempt, delayMs] of [
      [1, 1_000],
      [2, 10_000],
      [3, 60_000],
      [7, 60_000],
    ] as const) {
      const about = `wait ${attempt}`;
      const name = retryQueue(delayMs);
      const before = await depth(name);
      await send(about, { headers: { 'x-attempt': attempt } });
      await eventually(async () => {
        expect(of(about).length).toBeGreaterThan(0);
        expect(await depth(name)).toBe(before + 1);
      });
    }
    await inChannel(async (channel) => {
      for (const delayMs of retryDelaysMs) await channel.purgeQueue(retryQueue(delayMs));
    });
  });

  it.each([
    ['is not JSON', { body: Buffer.from('{"about":') }, 'must be JSON'],
    ['is empty', { body: Buffer.alloc(0) }, 'must be JSON'],
    ['has a wrong field', { body: Buffer.from('{"about":"x","number":"1"}') }, 'number'],
    ['nobody handles', { type: `${probe.service}.note.unheardOf` }, 'no handler'],
    ['has no id', { messageId: '' }, 'no message id'],
  ])('puts a message that %s aside, and goes on', async (what, override, reason) => {
    await startProgram();
    await send('poison', override);
    await send(`after one that ${what}`);
    const dead = await nextDead();
    expect(dead.properties.headers?.['x-reason']).toContain(reason);
    await eventually(() => expect(of(`after one that ${what}`)).toHaveLength(1));
  });

  it('sends no copy of a message whose channel went while it was handled', async () => {
    const proxy = await TcpProxy.start(testServers().rabbitmqUrl);
    const { broker } = await startProgram(proxy.url);
    const held: (() => void)[] = [];
    act = () => new Promise((resolve) => held.push(resolve));
    const id = await send('cut');
    await eventually(() => expect(held).toHaveLength(1));
    proxy.cut();
    // RabbitMQ gives it again, as it was: where the first handling ends well, its inbox row tells.
    await eventually(() => expect(held).toHaveLength(2));
    await eventually(() => expect(broker.connected).toBe(true));
    for (const finish of held) finish();
    await sleep(retryDelaysMs[0] + 500);
    for (const finish of held) finish();
    expect(of('cut')).toMatchObject([
      { id, attempt: 1 },
      { id, attempt: 1 },
    ]);
    await program?.close();
    expect(await depth(queue)).toBe(0);
    await proxy.stop();
  });

  it('finishes and acknowledges what it has in hand when it stops, and leaves the rest in the queue', async () => {
    await startProgram();
    let finish: () => void = () => undefined;
    act = ({ about }) =>
      about === 'in hand' ? new Promise((resolve) => (finish = resolve)) : Promise.resolve();
    await send('in hand');
    await eventually(() => expect(of('in hand')).toHaveLength(1));
    const closing = program?.close();
    await sleep(100);
    await send('left');
    await sleep(200);
    finish();
    await closing;
    expect(of('left')).toEqual([]);
    expect(await depth(queue)).toBe(1);
    await startProgram();
    await eventually(() => expect(of('left')).toHaveLength(1));
    expect(of('in hand')).toHaveLength(1);
  });

  it('consumes again after its queue was deleted and made anew', async () => {
    await startProgram();
    await removeQueues(runtime, queue);
    await sleep(100);
    await declareSubscription(runtime, probeQueue);
    await send('after the loss');
    await eventually(() => expect(of('after the loss')).toHaveLength(1));
  });

  it('goes to the dead letters by RabbitMQ when consumers die with it again and again', async () => {
    const id = await send('deadly');
    await inChannel(async (channel) => {
      for (let delivery = 0; delivery < 200; delivery++) {
        const message = await channel.get(queue);
        if (!message) return;
        channel.nack(message, false, true);
      }
      throw new Error('no delivery limit');
    });
    const dead = await nextDead();
    expect(dead.properties.messageId).toBe(id);
  });
});

describe('a subscription', () => {
  it('is refused at the start where one of its events has no handler', async () => {
    const { billingSubscriptions } = await import('@peyk/contracts/billing');
    const { smsEvents } = await import('@peyk/contracts/sms');
    @Controller()
    class Half {
      @HandleEvent(billingSubscriptions.charges, smsEvents.sendCharged)
      async onCharged(): Promise<void> {}
    }
    const second = await testMessaging('spec-half');
    const start = testProgram(second, undefined, { controllers: [Half] });
    await expect(start).rejects.toThrow(
      `billing.charges is consumed, but ${smsEvents.sendClosed.name} has no handler`,
    );
    await second.broker.close();
  });
});
