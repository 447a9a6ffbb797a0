import { DomainError } from '@peyk/contracts';
import type { ErrorKind } from '@peyk/contracts';
import { isDatabaseAway } from '@peyk/database';
import type { Logger } from '@peyk/platform';
import type { ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import { BrokerUnavailableError } from './broker';
import type { Broker } from './broker';
import { exchanges, maxAttempts, retryDelaysMs, retryExchange } from './topology';

/** Headers of a message that failed. `attempt` counts deliveries from 1. */
export const failureHeaders = { attempt: 'x-attempt', reason: 'x-reason', diedAt: 'x-died-at' } as const;

/** Handling it again cannot help: straight to the dead letters. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

export interface QueueConsumer {
  /** Resolves once messages come in. */
  started(): Promise<void>;
  /** No further message; waits for those in hand and gives back what is left, all in at most `waitMs`. */
  drain(waitMs: number): Promise<void>;
}

interface ConsumerOptions {
  /** For the log. */
  readonly purpose: string;
  /** Messages in hand at once. */
  readonly prefetch: number;
  /** Names the queue on the channel, making it first if it is the consumer's own. Runs after each loss. */
  readonly queue: (channel: ConfirmChannel) => Promise<string>;
  /** Settles the message on the channel itself. */
  readonly handle: (channel: ConfirmChannel, message: ConsumeMessage) => Promise<void>;
}

/** Consumes one queue, across lost channels, until it is drained. */
export function consume(broker: Broker, logger: Logger, options: ConsumerOptions): QueueConsumer {
  const { purpose, prefetch } = options;
  let inHand = 0;
  let stopping = false;
  let emptied: (() => void) | undefined;
  let current: { channel: ConfirmChannel; tag: string } | undefined;

  const onMessage = async (channel: ConfirmChannel, message: ConsumeMessage): Promise<void> => {
    inHand++;
    try {
      await options.handle(channel, message);
    } catch (error) {
      logger.error(
        { purpose, messageId: idOf(message), err: error },
        'message was not settled; it comes again',
      );
    }
    inHand--;
    if (inHand === 0) emptied?.();
  };

  const opened = broker.open(purpose, async (channel) => {
    current = undefined;
    if (stopping) return;
    const queue = await options.queue(channel);
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message) void onMessage(channel, message);
      // The queue was deleted, or its node went down.
      else channel.emit('error', new Error(`consumer of ${queue} was cancelled by RabbitMQ`));
    });
    current = { channel, tag: consumerTag };
  });

  return {
    started: () => opened.waitForConnect(),
    async drain(waitMs: number): Promise<void> {
      stopping = true;
      const stop = async (): Promise<void> => {
        await current?.channel.cancel(current.tag).catch(() => undefined);
        if (inHand > 0) await new Promise<void>((resolve) => (emptied = resolve));
      };
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([stop().then(() => opened.close()), late]).finally(() => clearTimeout(timer));
      if (inHand > 0) {
        logger.warn({ purpose, inHand }, 'messages in hand were given back');
        void opened.close();
      }
    },
  };
}

/**
 * Consumes one durable queue, message by message. Handled: acknowledged. Failed for a passing reason: comes back after
 * 1 s, 10 s, 60 s, ..., at most 8 deliveries, but as often as it takes while a database or a service is away. Failed for
 * good: to the dead letters with the reason. A message is acknowledged only after its successor (retry or dead letter)
 * is confirmed.
 */
export function consumeQueue(
  broker: Broker,
  logger: Logger,
  queue: string,
  prefetch: number,
  handle: (message: ConsumeMessage, attempt: number) => Promise<void>,
): QueueConsumer {
  const settle = async (channel: ConfirmChannel, message: ConsumeMessage): Promise<void> => {
    const attempt = attemptOf(message);
    try {
      await handle(message, attempt);
    } catch (error) {
      logger.warn({ queue, attempt, messageId: idOf(message), err: error }, 'message failed');
      try {
        await passOn(broker, queue, message, attempt, error);
      } catch (publishError) {
        if (!(publishError instanceof BrokerUnavailableError))
          logger.error({ queue, err: publishError }, 'failed message could not be passed on');
        // Still in the queue: RabbitMQ gives it again, here or to another replica. Each time counts towards the
        // queue's delivery limit, so not too often.
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        onLiveChannel(() => channel.nack(message, false, true));
        return;
      }
    }
    onLiveChannel(() => channel.ack(message));
  };
  return consume(broker, logger, {
    purpose: `consume ${queue}`,
    prefetch,
    queue: () => Promise.resolve(queue),
    handle: settle,
  });
}

/** On a channel that is gone nothing can be settled: RabbitMQ has the message back and gives it again. */
function onLiveChannel(settle: () => void): void {
  try {
    settle();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'IllegalOperationError') throw error;
  }
}

/** A message, however it was got. */
interface HasProperties {
  readonly properties: Message['properties'];
}

export function attemptOf(message: HasProperties): number {
  const value: unknown = message.properties.headers?.[failureHeaders.attempt];
  return typeof value === 'number' && value > 0 ? value : 1;
}

/** The sender's id of a message; empty where it has none. */
export function idOf(message: HasProperties): string {
  const id: unknown = message.properties.messageId;
  return typeof id === 'string' ? id : '';
}

const passingKinds: readonly ErrorKind[] = ['unavailable', 'internal', 'limited', 'upstream_failed'];

/** Whether the same message may succeed later: refusals do not change, anything unknown may. */
export function mayPass(error: unknown): boolean {
  if (error instanceof PoisonError) return false;
  return !(error instanceof DomainError) || passingKinds.includes(error.kind);
}

/** Whether only something that is away has to come back: the message waits for it, however long that takes. */
export function isAway(error: unknown): boolean {
  return error instanceof DomainError ? error.kind === 'unavailable' : isDatabaseAway(error);
}

/** To the retry queue or the dead letters, confirmed. Throws what `Broker.publish` throws. */
export async function passOn(
  broker: Broker,
  queue: string,
  message: ConsumeMessage,
  attempt: number,
  error: unknown,
): Promise<void> {
  const away = isAway(error);
  const dead = !away && (!mayPass(error) || attempt >= maxAttempts);
  // After an outage a message has at least one try left.
  const next = away ? Math.min(attempt + 1, maxAttempts - 1) : attempt + 1;
  const delayMs = retryDelaysMs[Math.min(attempt, retryDelaysMs.length) - 1] ?? retryDelaysMs[0];
  const reason =
    error instanceof DomainError ? `${error.message} ${JSON.stringify(error.details ?? {})}` : String(error);
  await broker.publish({
    exchange: dead ? exchanges.dead : retryExchange(delayMs),
    routingKey: queue,
    body: message.content,
    messageId: idOf(message) || `${queue}-${message.fields.deliveryTag}-${Date.now()}`,
    type: typeof message.properties.type === 'string' ? message.properties.type : undefined,
    headers: {
      ...sendersHeaders(message),
      [failureHeaders.attempt]: dead ? attempt : next,
      [failureHeaders.reason]: reason.slice(0, 1_000),
      ...(dead ? { [failureHeaders.diedAt]: new Date().toISOString() } : {}),
    },
  });
}

/**
 * Headers without RabbitMQ's own history. Sent along, `x-death` would make the broker take the next retry of a redriven
 * message for a cycle (died of expiry on its way to a queue that it died in before) and drop it silently.
 */
export function sendersHeaders(message: HasProperties): Record<string, unknown> {
  const headers: Record<string, unknown> = { ...message.properties.headers };
  for (const name of Object.keys(headers)) {
    if (/^x-((first|last)-)?death|^x-delivery-count$|^x-acquired-count$/.test(name)) delete headers[name];
  }
  return headers;
}
