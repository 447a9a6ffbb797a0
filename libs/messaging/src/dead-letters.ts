import { connect } from 'amqplib';
import type { ChannelModel, ConfirmChannel, GetMessage } from 'amqplib';
import { maskMsisdn, redact } from '@peyk/platform';
import { brokerSocket } from './broker-url';
import { attemptOf, failureHeaders, idOf, sendersHeaders } from './consumer';
import { deadQueue, durableQueues, exchanges } from './topology';

/** A message that nobody could handle. */
export interface DeadLetter {
  /** Queue that it died in. */
  readonly queue: string;
  /** The sender's id; empty where it had none. */
  readonly id: string;
  readonly type: string;
  readonly reason: string;
  /** UTC, ISO 8601; empty where RabbitMQ moved it and kept no time. */
  readonly diedAt: string;
  /** Deliveries to a handler that ended in a failure; RabbitMQ's own count is not in it. */
  readonly attempts: number;
  /** Its first characters; secrets and texts of messages hidden, numbers masked. */
  readonly body: string;
}

export const listLimitDefault = 100;
export const redriveLimitDefault = 1_000;
/** Looked at in one go: they are in memory, and held back from others, until it ends. */
const scanMax = 10_000;
const bodyLengthDefault = 200;
const keptProperties = ['messageId', 'type', 'contentType', 'timestamp'] as const;

/** Reads and moves dead letters over a connection of its own. */
export class DeadLetters {
  private constructor(private readonly connection: ChannelModel) {}

  static async connect(rabbitmqUrl: string): Promise<DeadLetters> {
    const connection = await connect(rabbitmqUrl, brokerSocket(rabbitmqUrl));
    // The operation that is running fails by itself.
    connection.on('error', () => undefined);
    return new DeadLetters(connection);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** How many lie in each queue that has any; RabbitMQ counts what was just put back a moment later. */
  async counts(): Promise<{ queue: string; count: number }[]> {
    return this.onChannel(async (channel) => {
      const counts = [];
      for (const queue of durableQueues())
        counts.push({ queue, count: (await channel.checkQueue(deadQueue(queue))).messageCount });
      return counts.filter(({ count }) => count > 0);
    });
  }

  /** The oldest `limit` of a queue. They stay there; they are back in it when this resolves. */
  async list(queue: string, limit: number, bodyLength = bodyLengthDefault): Promise<DeadLetter[]> {
    return this.onChannel(async (channel) => {
      const letters: DeadLetter[] = [];
      while (letters.length < Math.min(limit, scanMax)) {
        const message = await channel.get(deadQueue(queue));
        if (!message) break;
        letters.push(letterOf(queue, message, bodyLength));
      }
      channel.nackAll(true);
      return letters;
    });
  }

  /**
   * Sends the oldest `limit`, or the one with an id, to their queue again as if for the first time; a message leaves the
   * dead letters only when the queue has it. Answers how many. A copy after a crash in between is known by its id.
   */
  async redrive(
    queue: string,
    { id, limit }: { readonly id?: string; readonly limit: number },
  ): Promise<number> {
    return this.onChannel(async (channel) => {
      const moved = new Set<string>();
      for (let seen = 0; seen < scanMax && moved.size < limit; seen++) {
        const message = await channel.get(deadQueue(queue));
        // One that has died again already ends it, or a handler that always fails would keep it going.
        if (!message || moved.has(idOf(message))) break;
        if (id !== undefined && idOf(message) !== id) continue;
        await publishAgain(channel, queue, message);
        channel.ack(message);
        moved.add(idOf(message) || `without id ${seen}`);
        if (id !== undefined) break;
      }
      channel.nackAll(true);
      return moved.size;
    });
  }

  private async onChannel<T>(act: (channel: ConfirmChannel) => Promise<T>): Promise<T> {
    const channel = await this.connection.createConfirmChannel();
    channel.on('error', () => undefined);
    try {
      return await act(channel);
    } finally {
      // What it still holds goes back.
      await channel.close().catch(() => undefined);
    }
  }
}

function publishAgain(channel: ConfirmChannel, queue: string, message: GetMessage): Promise<void> {
  const headers = sendersHeaders(message);
  for (const name of Object.values(failureHeaders)) delete headers[name];
  const properties: Record<string, unknown> = { ...message.properties };
  const kept = Object.fromEntries(keptProperties.map((name) => [name, properties[name]]));
  return new Promise((resolve, reject) => {
    let returned = false;
    const onReturn = (): void => {
      returned = true;
    };
    channel.once('return', onReturn);
    channel.publish(
      exchanges.work,
      queue,
      message.content,
      { ...kept, persistent: true, mandatory: true, headers },
      (error: Error | null) => {
        channel.off('return', onReturn);
        if (error) reject(new Error(`RabbitMQ did not take ${idOf(message)}: ${error.message}`));
        else if (returned) reject(new Error(`the queue ${queue} does not exist`));
        else resolve();
      },
    );
  });
}

function letterOf(queue: string, message: GetMessage, bodyLength: number): DeadLetter {
  const headers: Record<string, unknown> = message.properties.headers ?? {};
  const death = (headers['x-death'] as { reason?: string; time?: { value?: unknown } }[] | undefined)?.[0];
  const reason = headers[failureHeaders.reason];
  const diedAt = headers[failureHeaders.diedAt];
  const deathSeconds = death?.time?.value;
  return {
    queue,
    id: idOf(message),
    type: String(message.properties.type ?? ''),
    reason:
      typeof diedAt === 'string'
        ? String(reason)
        : `moved by RabbitMQ: ${death?.reason ?? 'unknown'} (its consumers ended with it in hand)`,
    diedAt:
      typeof diedAt === 'string'
        ? diedAt
        : typeof deathSeconds === 'number'
          ? new Date(deathSeconds * 1_000).toISOString()
          : '',
    attempts: attemptOf(message),
    body: readable(message.content.toString()).slice(0, bodyLength),
  };
}

const mobile = /(?<!\d)(?:98|0)9\d{9}(?!\d)/g;

/** What an operator may see of it: not the person it is about, and no text that they wrote. */
function readable(content: string): string {
  let text = content;
  try {
    const parsed: unknown = JSON.parse(content, (key, value: unknown) =>
      key === 'text' && typeof value === 'string' ? '[hidden]' : value,
    );
    text = JSON.stringify(redact(parsed));
  } catch {
    // No JSON: as it is.
  }
  return text.replace(mobile, maskMsisdn);
}
