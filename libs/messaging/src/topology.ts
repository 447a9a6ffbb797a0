import { createHash, randomUUID } from 'node:crypto';
import { allSubscriptions, ownerOf, rpcContracts } from '@peyk/contracts';
import { outcomesQueue } from '@peyk/contracts/sms';
import type { Channel } from 'amqplib';

/**
 * Exchanges that programs publish to. All are topic exchanges: RabbitMQ then looks at the routing key too, so each
 * program's user may say only what is its own to say (rights.ts, ADR 14).
 */
export const exchanges = {
  /** Domain events by name. */
  events: 'peyk.events',
  /** Live progress: to whoever listens now, stored nowhere. */
  live: 'peyk.live',
  /** Requests, by service. */
  rpc: 'peyk.requests',
  /** Answers, by the queue of the process that asked. */
  answers: 'peyk.answers',
  /** Straight to a queue by its name: work, redriven dead letters. */
  work: 'peyk.tasks',
  /** Messages that nobody could handle, by the queue they came from. */
  dead: 'peyk.died',
} as const;

/**
 * What stands behind the exchanges above, from before programs had users of their own: a queue keeps the dead letter
 * exchange that it was made with. No program's user may use them.
 */
export const innerExchanges = { rpc: 'peyk.rpc', work: 'peyk.work', dead: 'peyk.dead' } as const;

export { outcomesQueue };

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

/** Where messages that failed wait. */
export function retryQueue(delayMs: number): string {
  return `peyk.retry.${delayMs}`;
}
/** Where a message that failed goes, by its queue. */
export function retryExchange(delayMs: number): string {
  return `peyk.later.${delayMs}`;
}
export function deadQueue(queue: string): string {
  return `${queue}.dead`;
}
export function rpcQueue(service: string): string {
  return `${service}.rpc`;
}

/** Names of queues of answers, of whichever program. */
export const answerQueuePattern = '[a-z][a-z\\d-]{0,40}\\.answers\\.[\\da-f-]{36}';
/** What the queues of one process are for; they go away with it. */
export type OwnPurpose = 'answers' | 'live' | 'revocations' | 'session';

const answerQueue = new RegExp(`^${answerQueuePattern}$`);

/** A queue of one process: its program alone may make and read such names. */
export function ownQueue(program: string, purpose: OwnPurpose, id: string = randomUUID()): string {
  return `${program}.${purpose}.${id}`;
}

/** Whether an answer may go there, by its name. */
export function isAnswerQueue(name: string): boolean {
  return answerQueue.test(name);
}

/** Queues that wait for their consumers, so that what is sent before one ever ran is kept. */
export function durableQueues(): readonly string[] {
  return [...allSubscriptions().map((subscription) => subscription.queue), outcomesQueue];
}

type Arguments = Readonly<Record<string, string | number | boolean>>;

/** All that is there before any program runs. */
export interface Topology {
  readonly exchanges: readonly { readonly name: string; readonly type: 'topic' | 'direct' | 'fanout' }[];
  readonly queues: readonly { readonly name: string; readonly arguments: Arguments }[];
  readonly bindings: readonly {
    readonly source: string;
    readonly to: 'queue' | 'exchange';
    readonly destination: string;
    readonly key: string;
  }[];
}

/** Runs on RabbitMQ 3.10 (Debian) and 4.x. */
export function topology(): Topology {
  const { events, live, rpc, answers, work, dead } = exchanges;
  const inner = innerExchanges;
  const retries = retryDelaysMs.map((delayMs) => ({
    delayMs,
    gate: retryExchange(delayMs),
    inner: retryQueue(delayMs),
  }));
  const services = [...new Set(rpcContracts().map(ownerOf))].sort();
  return {
    exchanges: [
      ...[events, live, rpc, answers, work, dead, ...retries.map(({ gate }) => gate)].map(
        (name) => ({ name, type: 'topic' }) as const,
      ),
      ...Object.values(inner).map((name) => ({ name, type: 'direct' }) as const),
      ...retries.map((retry) => ({ name: retry.inner, type: 'fanout' }) as const),
    ],
    queues: [
      ...retries.map((retry) => ({ name: retry.inner, arguments: retryArguments(retry.delayMs) })),
      ...durableQueues().flatMap((queue) => [
        { name: deadQueue(queue), arguments: deadArguments },
        // Outcomes are handled in the order in which they were confirmed, by one recorder at a time.
        { name: queue, arguments: queueArguments(queue, queue === outcomesQueue) },
      ]),
    ],
    bindings: [
      { source: rpc, to: 'exchange', destination: inner.rpc, key: '#' },
      { source: work, to: 'exchange', destination: inner.work, key: '#' },
      { source: dead, to: 'exchange', destination: inner.dead, key: '#' },
      // What a program of before asks; each queue gets a message once, whichever way.
      ...services.map((key) => ({ source: inner.rpc, to: 'exchange', destination: rpc, key }) as const),
      ...retries.flatMap((retry) => [
        { source: retry.gate, to: 'exchange', destination: retry.inner, key: '#' } as const,
        { source: retry.inner, to: 'queue', destination: retry.inner, key: '' } as const,
      ]),
      ...durableQueues().flatMap((queue) => [
        { source: inner.dead, to: 'queue', destination: deadQueue(queue), key: queue } as const,
        { source: inner.work, to: 'queue', destination: queue, key: queue } as const,
      ]),
      ...allSubscriptions().flatMap(({ queue, events: heard }) =>
        heard.map(({ name }) => ({ source: events, to: 'queue', destination: queue, key: name }) as const),
      ),
    ],
  };
}

/** An exchange that nobody uses: it is there when all of this very topology is. */
export function topologyMark(): string {
  const hash = createHash('sha256').update(JSON.stringify(topology()));
  return `peyk.topology.${hash.digest('hex').slice(0, 12)}`;
}

/** RabbitMQ lacks something of this version, and the program's user may not make it. */
export class TopologyMissingError extends Error {
  override readonly name = 'TopologyMissingError';
  constructor(cause: unknown) {
    super(
      'RabbitMQ lacks queues of this version and this user may not make them: import the definitions (docs/runbook.md)',
      { cause },
    );
  }
}

/**
 * Sees that the topology is there. It comes with the definitions of the installation; where it did not, it is declared,
 * which a user with all rights may. @throws TopologyMissingError
 */
export async function ensureTopology(channel: Channel, probe: () => Promise<Channel>): Promise<void> {
  const asking = await probe();
  // What is not there costs the channel that asked.
  asking.on('error', () => undefined);
  try {
    await asking.checkExchange(topologyMark());
    await asking.close();
    return;
  } catch (error) {
    if (codeOf(error) !== 404) throw error;
  }
  try {
    await declareTopology(channel);
  } catch (error) {
    throw codeOf(error) === 403 ? new TopologyMissingError(error) : error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Whoever comes first makes it, the others find it equal. Needs all rights. */
export async function declareTopology(channel: Channel): Promise<void> {
  const all = topology();
  for (const { name, type } of all.exchanges) await channel.assertExchange(name, type, { durable: true });
  for (const { name, arguments: args } of all.queues)
    await channel.assertQueue(name, { durable: true, arguments: args });
  for (const { source, to, destination, key } of all.bindings) {
    if (to === 'queue') await channel.bindQueue(destination, source, key);
    else await channel.bindExchange(destination, source, key);
  }
  await channel.assertExchange(topologyMark(), 'fanout', { durable: true });
}

function retryArguments(delayMs: number): Arguments {
  return {
    'x-queue-type': 'quorum',
    'x-message-ttl': delayMs,
    'x-dead-letter-exchange': innerExchanges.work,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  };
}

const deadArguments: Arguments = { 'x-queue-type': 'quorum', 'x-delivery-limit': deadDeliveryLimit };

function queueArguments(queue: string, oneConsumer: boolean): Arguments {
  return {
    'x-queue-type': 'quorum',
    'x-delivery-limit': deliveryLimit,
    'x-dead-letter-exchange': innerExchanges.dead,
    'x-dead-letter-routing-key': queue,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
    ...(oneConsumer && { 'x-single-active-consumer': true }),
  };
}

/** A queue whose messages are kept until they are handled, with its dead letters. Needs all rights. */
export async function declareQueue(channel: Channel, queue: string): Promise<void> {
  await channel.assertQueue(deadQueue(queue), { durable: true, arguments: deadArguments });
  await channel.bindQueue(deadQueue(queue), innerExchanges.dead, queue);
  await channel.assertQueue(queue, { durable: true, arguments: queueArguments(queue, false) });
  await channel.bindQueue(queue, innerExchanges.work, queue);
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
