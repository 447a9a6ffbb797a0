import { allSubscriptions, ownerOf, rpcContracts } from '@peyk/contracts';
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

/** Queues with a life of their own that keep messages until they are handled. */
export function durableQueues(): readonly string[] {
  return [...allSubscriptions().map((subscription) => subscription.queue), outcomesQueue];
}

/**
 * Declares everything. Each program does so when it connects: whoever comes first makes it, the others find it equal.
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
    await channel.assertQueue(deadQueue(queue), { durable: true, arguments: { 'x-queue-type': 'quorum' } });
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
        // Outcomes are handled in the order in which they were confirmed, by one recorder at a time.
        ...(queue === outcomesQueue ? { 'x-single-active-consumer': true } : {}),
      },
    });
    await channel.bindQueue(queue, exchanges.work, queue);
  }
  for (const subscription of allSubscriptions()) {
    for (const event of subscription.events)
      await channel.bindQueue(subscription.queue, exchanges.events, event.name);
  }
  for (const service of new Set(rpcContracts().map(ownerOf))) {
    // Requests outlive nobody: they expire with their caller's deadline.
    await channel.assertQueue(rpcQueue(service), {
      durable: true,
      arguments: { 'x-max-length': 5_000, 'x-overflow': 'reject-publish' },
    });
    await channel.bindQueue(rpcQueue(service), exchanges.rpc, service);
  }
}
