import { DomainError } from '@peyk/contracts';
import type { Logger } from '@peyk/platform';
import type { ChannelWrapper } from 'amqp-connection-manager';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { BrokerUnavailableError } from './broker';
import type { Broker } from './broker';
import { exchanges, maxAttempts, retryDelaysMs, retryExchange } from './topology';

const attemptHeader = 'x-attempt';

/** Handling it again cannot help: straight to the dead letters. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
}

export interface QueueConsumer {
  /** No further message; waits for those in hand, at most `waitMs`. */
  drain(waitMs: number): Promise<void>;
}

/**
 * Consumes one durable queue, message by message. Handled: acknowledged. Failed for a passing reason: comes back after
 * 1 s, 10 s, 60 s, ... at most 8 deliveries. Failed for good: to the dead letters with the reason. A message is
 * acknowledged only after its successor (retry or dead letter) is confirmed.
 */
export function consumeQueue(
  broker: Broker,
  logger: Logger,
  queue: string,
  prefetch: number,
  handle: (message: ConsumeMessage, attempt: number) => Promise<void>,
): QueueConsumer {
  let inHand = 0;
  let stopping = false;
  let current: { channel: ConfirmChannel; tag: string } | undefined;

  const onMessage = async (channel: ConfirmChannel, message: ConsumeMessage): Promise<void> => {
    const attempt = attemptOf(message);
    try {
      await handle(message, attempt);
      channel.ack(message);
    } catch (error) {
      try {
        await passOn(broker, queue, message, attempt, error);
        logger.warn({ queue, attempt, messageId: idOf(message), err: error }, 'message failed');
        channel.ack(message);
      } catch (publishError) {
        if (!(publishError instanceof BrokerUnavailableError))
          logger.error({ queue, err: publishError }, 'failed message could not be passed on');
        // Still in the queue: RabbitMQ gives it again, here or to another replica.
        setTimeout(() => requeue(channel, message), 500).unref();
      }
    }
  };

  const wrapper: ChannelWrapper = broker.open(`consume ${queue}`, async (channel) => {
    if (stopping) return;
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (!message) {
        channel.emit('error', new Error(`consumer of ${queue} was cancelled by RabbitMQ`));
        return;
      }
      inHand++;
      void onMessage(channel, message)
        .catch((error: unknown) =>
          logger.warn({ queue, err: error }, 'message was not acknowledged and comes again'),
        )
        .finally(() => inHand--);
    });
    current = { channel, tag: consumerTag };
  });

  return {
    async drain(waitMs: number): Promise<void> {
      stopping = true;
      await current?.channel.cancel(current.tag).catch(() => undefined);
      const until = Date.now() + waitMs;
      while (inHand > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
      await wrapper.close().catch(() => undefined);
    },
  };
}

export function attemptOf(message: ConsumeMessage): number {
  const value: unknown = message.properties.headers?.[attemptHeader];
  return typeof value === 'number' && value > 0 ? value : 1;
}

export function idOf(message: ConsumeMessage): string {
  const id: unknown = message.properties.messageId;
  return typeof id === 'string' ? id : '';
}

function requeue(channel: ConfirmChannel, message: ConsumeMessage): void {
  try {
    channel.nack(message, false, true);
  } catch {
    // The channel is gone: RabbitMQ has the message back already.
  }
}

/** To the retry queue or the dead letters, confirmed. */
export async function passOn(
  broker: Broker,
  queue: string,
  message: ConsumeMessage,
  attempt: number,
  error: unknown,
): Promise<void> {
  const permanent =
    error instanceof PoisonError ||
    (error instanceof DomainError && error.kind !== 'unavailable' && error.kind !== 'internal');
  const dead = permanent || attempt >= maxAttempts;
  const delayMs = retryDelaysMs[Math.min(attempt - 1, retryDelaysMs.length - 1)] ?? retryDelaysMs[0];
  const reason =
    error instanceof DomainError ? `${error.message} ${JSON.stringify(error.details ?? {})}` : String(error);
  await broker.publish({
    exchange: dead ? exchanges.dead : retryExchange(delayMs),
    routingKey: queue,
    body: message.content,
    messageId: idOf(message) || `${queue}-${message.fields.deliveryTag}-${Date.now()}`,
    type: typeof message.properties.type === 'string' ? message.properties.type : undefined,
    headers: {
      ...message.properties.headers,
      [attemptHeader]: dead ? attempt : attempt + 1,
      'x-reason': reason.slice(0, 1_000),
      ...(dead ? { 'x-died-at': new Date().toISOString() } : {}),
    },
  });
}
