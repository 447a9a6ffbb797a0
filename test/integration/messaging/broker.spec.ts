import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Socket } from 'node:net';
import { Controller } from '@nestjs/common';
import {
  Broker,
  BrokerUnavailableError,
  HandleLive,
  UnroutableError,
  declareTopology,
  exchanges,
  publishLive,
} from '@peyk/messaging';
import type { ConfirmChannel, MessagingRuntime } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { eventually, testMessaging, testProgram, testServers } from '@peyk/testing';
import { NumberedDto, forHours, onChannel, probe, refuse, removeQueues, sleep } from './fixture';
import { TcpProxy, blockedFrame, unblockedFrame } from './tcp-proxy';

let runtime: MessagingRuntime;
beforeAll(async () => {
  runtime = await testMessaging('spec');
});
afterAll(() => runtime.broker.close());

const message = (routingKey: string, messageId = 'one'): Parameters<Broker['publish']>[0] => ({
  exchange: exchanges.events,
  routingKey,
  messageId,
  body: Buffer.from('{}'),
});

describe(Broker.name, () => {
  it('turns Nagle off: small confirms would wait 40 ms', async () => {
    const setNoDelay = jest.spyOn(Socket.prototype, 'setNoDelay');
    const { broker } = await testMessaging('spec-delay');
    expect(setNoDelay).toHaveBeenCalledWith(true);
    setNoDelay.mockRestore();
    await broker.close();
  });

  it('says when no queue took a message, of those that did arrive only', async () => {
    const queue = `${probe.service}.taken`;
    await onChannel(runtime, async (channel) => {
      await channel.assertQueue(queue, { exclusive: false });
      await channel.bindQueue(queue, exchanges.events, queue);
    });
    const sent = Array.from({ length: 100 }, (_, i) =>
      runtime.broker.publish(message(i % 3 === 0 ? `${probe.service}.nobody` : queue, `${i}`)),
    );
    const results = await Promise.allSettled(sent);
    for (const [i, result] of results.entries()) {
      expect(result.status).toBe(i % 3 === 0 ? 'rejected' : 'fulfilled');
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(UnroutableError);
    }
    await removeQueues(runtime, queue);
  });

  it('keeps messages of one id apart that are on their way at once', async () => {
    const queue = `${probe.service}.apart`;
    await onChannel(runtime, async (channel) => {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, exchanges.events, queue);
    });
    const sent = [queue, `${probe.service}.nobody`, queue, `${probe.service}.nowhere`].map((key) =>
      runtime.broker.publish(message(key, 'same')).then(
        () => 'arrived',
        (error: Error) => error.name,
      ),
    );
    expect(await Promise.all(sent)).toEqual(['arrived', 'UnroutableError', 'arrived', 'UnroutableError']);
    await removeQueues(runtime, queue);
  });

  it('takes at most 2,000 unconfirmed messages', async () => {
    const sent = Array.from({ length: 2_050 }, (_, i) =>
      runtime.broker.publish(message(`${probe.service}.nobody`, `${i}`)).catch((error: Error) => error.name),
    );
    const names = await Promise.all(sent);
    expect(names.filter((name) => name === 'BrokerUnavailableError')).toHaveLength(50);
  });

  it('gives up waiting for a broker that is not there, and closes all the same', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const broker = new Broker(`amqp://127.0.0.1:${port}`, 'spec', createLogger('spec', { level: 'fatal' }));
    expect(broker.connected).toBe(false);
    await expect(broker.publish(message('x'))).rejects.toThrow(BrokerUnavailableError);
    await expect(broker.ready(200)).rejects.toThrow(BrokerUnavailableError);
    await broker.close();
  });

  it('closes all the same when RabbitMQ says nothing more but that it lives', async () => {
    const proxy = await TcpProxy.start(testServers().rabbitmqUrl);
    const { broker } = await testMessaging('spec-frozen', { rabbitmqUrl: proxy.url });
    proxy.freeze();
    // With heartbeats nothing but the bound of the closing ends it.
    const beating = setInterval(() => proxy.beat(), 1_000);
    await broker.close();
    clearInterval(beating);
    await proxy.stop();
  });

  it('takes nothing while RabbitMQ refuses messages, instead of keeping it in memory', async () => {
    const proxy = await TcpProxy.start(testServers().rabbitmqUrl);
    const { broker, rpc } = await testMessaging('spec-blocked', { rabbitmqUrl: proxy.url });
    proxy.say(blockedFrame);
    await eventually(() => expect(broker.connected).toBe(false));
    await expect(broker.publish(message(`${probe.service}.nobody`))).rejects.toThrow(BrokerUnavailableError);
    await expect(rpc.call(probe.echo, { text: 'x' }, 'nobody')).rejects.toMatchObject({
      code: 'service.unavailable',
    });
    proxy.say(unblockedFrame);
    await eventually(() => expect(broker.connected).toBe(true));
    await expect(broker.publish(message(`${probe.service}.nobody`))).rejects.toThrow(UnroutableError);
    await broker.close();
    await proxy.stop();
  });

  it('ends what waits when the connection is cut, and works again by itself', async () => {
    const proxy = await TcpProxy.start(testServers().rabbitmqUrl);
    const { broker, rpc } = await testMessaging('spec-cut', { rabbitmqUrl: proxy.url });
    await onChannel(runtime, async (channel) => {
      // A service that never answers.
      await channel.assertQueue(`${probe.service}.rpc`, { autoDelete: true });
      await channel.bindQueue(`${probe.service}.rpc`, exchanges.rpc, probe.service);
    });
    const call = rpc.call(forHours(probe.echo), { text: 'x' }, 'nobody');
    const sent = broker.publish(message(`${probe.service}.nobody`));
    const ends = Promise.all([
      expect(call).rejects.toMatchObject({ code: 'service.unavailable' }),
      expect(sent).rejects.toThrow(BrokerUnavailableError),
    ]);
    proxy.cut();
    await ends;
    await eventually(() => expect(broker.connected).toBe(true));
    await expect(broker.publish(message(`${probe.service}.nobody`))).rejects.toThrow(UnroutableError);
    await broker.close();
    await proxy.stop();
    await removeQueues(runtime, `${probe.service}.rpc`);
  });
});

describe('a channel', () => {
  const opened: ConfirmChannel[] = [];
  beforeEach(() => opened.splice(0));
  const open = async (): Promise<{ close(): Promise<void> }> => {
    const handle = runtime.broker.open('spec', async (channel) => {
      opened.push(channel);
    });
    await handle.waitForConnect();
    return handle;
  };

  it('is opened again when RabbitMQ closes it alone; the connection and other channels stay', async () => {
    const handle = await open();
    const bystander = await new Promise<ConfirmChannel>((resolve) => {
      runtime.broker.open('spec-bystander', (channel) => Promise.resolve(resolve(channel)));
    });
    let lost = false;
    bystander.on('close', () => (lost = true));
    for (const times of [2, 3, 4]) {
      // 404: RabbitMQ closes the channel, as it does after its consumer timeout.
      await expect(opened.at(-1)?.checkQueue('there-is-no-such-queue')).rejects.toThrow('NOT-FOUND');
      await eventually(() => expect(opened).toHaveLength(times));
    }
    expect(lost).toBe(false);
    expect(runtime.broker.connected).toBe(true);
    await opened.at(-1)?.checkExchange(exchanges.events);
    await handle.close();
  });

  it('is opened again until its setup succeeds', async () => {
    const queue = `${probe.service}.later`;
    let tries = 0;
    const handle = runtime.broker.open('spec', async (channel) => {
      tries++;
      await channel.checkQueue(queue);
    });
    await eventually(() => expect(tries).toBeGreaterThan(1));
    await onChannel(runtime, async (channel) => void (await channel.assertQueue(queue)));
    await handle.waitForConnect();
    await handle.close();
    await removeQueues(runtime, queue);
  });

  it('is opened again after a handler that threw into it', async () => {
    const queue = `${probe.service}.throws`;
    const got: string[] = [];
    const handle = runtime.broker.open('spec', async (channel) => {
      await channel.assertQueue(queue);
      await channel.consume(queue, (delivered) => {
        if (!delivered) return;
        got.push(delivered.content.toString());
        if (!delivered.fields.redelivered) refuse();
        channel.ack(delivered);
      });
    });
    await handle.waitForConnect();
    await runtime.broker.publish({ ...message(queue), exchange: '' });
    await eventually(() => expect(got).toEqual(['{}', '{}']));
    await handle.close();
    await removeQueues(runtime, queue);
  });

  it('stays closed once it was closed', async () => {
    const handle = await open();
    await handle.close();
    await handle.close();
    await sleep(300);
    expect(opened).toHaveLength(1);
  });
});

describe('the topology', () => {
  it('may be declared again and by several programs at once', async () => {
    const programs = await Promise.all([1, 2, 3, 4].map((n) => testMessaging(`spec-${n}`)));
    await onChannel(runtime, async (channel) => {
      await declareTopology(channel);
      await declareTopology(channel);
    });
    await Promise.all(programs.map(({ broker }) => broker.close()));
  });
});

describe('a live event', () => {
  it('reaches each replica, is stored nowhere, and harms nobody when it is wrong', async () => {
    const seen: number[][] = [];
    const replica = async (): Promise<{ close(): Promise<void> }> => {
      const numbers: number[] = [];
      seen.push(numbers);
      @Controller()
      class Screen {
        @HandleLive(probe.shown)
        async onShown({ number }: NumberedDto): Promise<void> {
          numbers.push(number);
          if (number === 2) refuse();
        }
      }
      return testProgram(await testMessaging('spec-screen'), undefined, { controllers: [Screen] });
    };
    publishLive(runtime, probe.shown, { about: 'x', number: 0 });
    const replicas = await Promise.all([replica(), replica()]);
    publishLive(runtime, probe.shown, { about: 'x', number: 1 });
    publishLive(runtime, probe.shown, { about: 'x' } as NumberedDto);
    publishLive(runtime, probe.shown, { about: 'x', number: 2 });
    publishLive(runtime, probe.shown, { about: 'x', number: 3 });
    await eventually(() =>
      expect(seen).toEqual([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    );
    await Promise.all(replicas.map((app) => app.close()));
  });
});
