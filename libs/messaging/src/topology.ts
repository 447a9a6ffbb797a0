import { allSubscriptions } from '@peyk/contracts';
import type { Channel } from 'amqplib';

/** Exchanges. Nothing else is declared by hand anywhere. */
export const exchanges = {
  /** Domain events by name. */
  events: 'peyk.events',
  /** Live progress: to whoever listens now, stored nowhere. */
  live: 'peyk.live',
  /** Requests, by service. */
  rpc: 'peyk.rpc',
  /** Straight to a queue by its name: work, retries, redriven dead letters. */
  work: 'peyk.work',
  /** Messages that nobody could handle, by the queue they came from. */
  dead: 'peyk.dead',
} as const;

/** A failed message waits in one of these before it comes back to its queue; the last step repeats. */
export const retryDelaysMs = [1_000, 10_000, 60_000] as const;
/** Deliveries after which a message goes to the dead letters: 1 + the retries. */
export const maxAttempts = 8;
/**
 * RabbitMQ's own limit, for a consumer that dies again and again with the message in hand. It must be set here:
 * the default came with 4.0 and differs.
 */
const deliveryLimit = 20;
/** Looking at a dead letter and putting it back counts as a delivery: RabbitMQ 4 would drop it at the 20th look. */
const deadDeliveryLimit = 1_000_000;
/** Requests wait so long for their service to come back (a restart); later calls are refused at once (ms). */
const rpcQueueExpiresMs = 5_000;
const rpcQueueMaxLength = 5_000;

export const outcomesQueue = 'sms-gateway.outcomes';

export function retryExchange(delayMs: number): string {
  return `peyk.retry.${delayMs}`;
}
export function deadQueue(queue: string): string {
  return `${queue}.dead`;
}
export function rpcQueue(service: string): string {
  return `${service}.rpc`;
}

/** Queues that every program declares, so that what is sent before their consumer ever ran waits for it. */
export function durableQueues(): readonly string[] {
  return [...allSubscriptions().map((subscription) => subscription.queue), outcomesQueue];
}

/**
 * Declares what all programs share. Each program does so when it connects: whoever comes first makes it, the others find it equal.
 * Runs on RabbitMQ 3.10 (Debian) and 4.x.
 */
export async function declareTopology(channel: Channel): Promise<void> {
  await channel.assertExchange(exchanges.events, 'topic', { durable: true });
  await channel.assertExchange(exchanges.live, 'topic', { durable: true });
  await channel.assertExchange(exchanges.rpc, 'direct', { durable: true });
  await channel.assertExchange(exchanges.work, 'direct', { durable: true });
  await channel.assertExchange(exchanges.dead, 'direct', { durable: true });
  for (const delayMs of retryDelaysMs) {
    const name = retryExchange(delayMs);
    await channel.assertExchange(name, 'fanout', { durable: true });
    await channel.assertQueue(name, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-message-ttl': delayMs,
        'x-dead-letter-exchange': exchanges.work,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
    await channel.bindQueue(name, name, '');
  }
  for (const queue of durableQueues()) {
    // Outcomes are handled in the order in which they were confirmed, by one recorder at a time.
    await declareQueue(channel, queue, queue === outcomesQueue ? { 'x-single-active-consumer': true } : {});
  }
  for (const subscription of allSubscriptions()) {
    for (const event of subscription.events)
      await channel.bindQueue(subscription.queue, exchanges.events, event.name);
  }
}

/** A queue whose messages are kept until they are handled, with its dead letters. */
export async function declareQueue(
  channel: Channel,
  queue: string,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await channel.assertQueue(deadQueue(queue), {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': deadDeliveryLimit },
  });
  await channel.bindQueue(deadQueue(queue), exchanges.dead, queue);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-delivery-limit': deliveryLimit,
      'x-dead-letter-exchange': exchanges.dead,
      'x-dead-letter-routing-key': queue,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      ...more,
    },
  });
  await channel.bindQueue(queue, exchanges.work, queue);
}

/**
 * The queue of a service's requests, made by the service itself: without it a call comes back at once instead of
 * waiting for its deadline. Requests expire with their caller's deadline.
 */
export async function declareRpcQueue(channel: Channel, service: string): Promise<string> {
  const queue = rpcQueue(service);
  await channel.assertQueue(queue, {
    durable: true,
    arguments: {
      'x-expires': rpcQueueExpiresMs,
      'x-max-length': rpcQueueMaxLength,
      'x-overflow': 'reject-publish',
    },
  });
  await channel.bindQueue(queue, exchanges.rpc, service);
  return queue;
}
