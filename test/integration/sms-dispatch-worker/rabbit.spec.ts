import { randomUUID } from 'node:crypto';
import { dispatchWork, OutcomeBatchDto, sessionQueueOf } from '@peyk/contracts/sms';
import type { DispatchBatchDto, WithdrawDto } from '@peyk/contracts/sms';
import { outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { eventually, testMessaging, testServers } from '@peyk/testing';
import { RabbitBroker } from '../../../apps/sms-dispatch-worker/src/rabbit.broker';
import { onChannel } from '../messaging/fixture';
import { TcpProxy } from '../messaging/tcp-proxy';

jest.setTimeout(90_000);

const batch: DispatchBatchDto = {
  batchId: '0198f000-0000-7000-8000-000000000001',
  sendId: '0198f000-0000-7000-8000-000000000002',
  customerId: '0198f000-0000-7000-8000-000000000003',
  linkId: '0198f000-0000-7000-8000-000000000004',
  lane: 'bulk',
  source: '982000001',
  text: 'سلام',
  is66Char: false,
  parts: 1,
  fromIndex: 0,
  seqs: [1, 2],
  msisdns: [989_120_000_001, 989_120_000_002],
};

describe('RabbitBroker', () => {
  let proxy: TcpProxy;
  let worker: MessagingRuntime;
  let sender: MessagingRuntime;
  let broker: RabbitBroker;
  let consumer: { cancel(): Promise<void> };
  let batches: DispatchBatchDto[];
  let withdraws: WithdrawDto[];
  let queue: string;

  beforeEach(async () => {
    proxy = await TcpProxy.start(testServers().rabbitmqUrl);
    worker = await testMessaging('sms-dispatch-worker', { rabbitmqUrl: proxy.url });
    sender = await testMessaging('sms-gateway');
    broker = new RabbitBroker(worker);
    queue = sessionQueueOf(randomUUID());
    batches = [];
    withdraws = [];
    consumer = await broker.consume(queue, {
      onBatch: (dto) => void batches.push(dto),
      onWithdraw: (dto) => void withdraws.push(dto),
    });
  });

  afterEach(async () => {
    await consumer.cancel();
    await worker.broker.close();
    await sender.broker.close();
    await proxy.stop();
  });

  it('takes batches and withdrawals from its own queue; pings and what cannot be read harm nothing', async () => {
    await publishWork(sender, dispatchWork.ping, queue, {});
    await publishWork(sender, dispatchWork.batch, queue, { ...batch, parts: -1 });
    await publishWork(sender, dispatchWork.batch, queue, batch);
    await publishWork(sender, dispatchWork.withdraw, queue, { sendId: batch.sendId });
    await eventually(() => expect(withdraws).toEqual([{ sendId: batch.sendId }]));
    expect(batches).toEqual([batch]);
  });

  it('the queue comes back after a lost connection, and what was granted before counts no more', async () => {
    expect(broker.connected).toBe(true);
    const { epoch } = broker;
    proxy.cut();
    await eventually(() => expect(broker.connected).toBe(false));
    await expect(broker.publishOutcomes(new OutcomeBatchDto())).rejects.toThrow();
    await eventually(async () => {
      expect(broker.connected).toBe(true);
      await publishWork(sender, dispatchWork.batch, queue, batch);
      expect(batches.length).toBeGreaterThan(0);
    });
    expect(broker.epoch).toBeGreaterThan(epoch);
  });

  it('outcomes are safe in the queue of sms-gateway when the promise resolves', async () => {
    const outcomes = Object.assign(new OutcomeBatchDto(), { sessionId: randomUUID() });
    await onChannel(sender, async (channel) => void (await channel.purgeQueue(outcomesQueue)));
    await broker.publishOutcomes(outcomes);
    const taken: { type: unknown; deliveryMode: unknown; body: unknown }[] = [];
    // basic.get is not allowed on a queue with a single active consumer.
    const reading = sender.broker.open('read', async (channel) => {
      await channel.consume(
        outcomesQueue,
        (message) => {
          if (!message) return;
          const { type, deliveryMode } = message.properties as { type: unknown; deliveryMode: unknown };
          taken.push({ type, deliveryMode, body: JSON.parse(message.content.toString()) as unknown });
        },
        { noAck: true },
      );
    });
    await eventually(() =>
      expect(taken).toEqual([{ type: dispatchWork.outcomes.name, deliveryMode: 2, body: { ...outcomes } }]),
    );
    await reading.close();
  });

  it('the queue is gone when the worker is', async () => {
    await consumer.cancel();
    await eventually(() =>
      expect(publishWork(sender, dispatchWork.ping, queue, {})).rejects.toThrow('no queue'),
    );
  });
});
