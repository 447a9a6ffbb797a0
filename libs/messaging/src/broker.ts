import { connect } from 'amqp-connection-manager';
import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { Channel, ConfirmChannel, ConsumeMessage, Message } from 'amqplib';
import type { Logger } from '@peyk/platform';
import { brokerSocket } from './broker-url';
import { ReopeningChannel } from './reopening-channel';
import type { OpenChannel } from './reopening-channel';

/** The broker is away, or did not confirm in time. The publisher keeps its message and tries again. */
export class BrokerUnavailableError extends Error {
  override readonly name = 'BrokerUnavailableError';
}
/** No queue took the message (`mandatory`). */
export class UnroutableError extends Error {
  override readonly name = 'UnroutableError';
}

export interface Outgoing {
  readonly exchange: string;
  readonly routingKey: string;
  readonly body: Buffer;
  readonly messageId: string;
  readonly headers?: Record<string, unknown>;
  readonly type?: string;
}

export interface BrokerHooks {
  /** Runs on the publishing channel each time that it is opened: topology, reply consumer. `another` opens a channel. */
  readonly setup?: (channel: Channel, another: () => Promise<Channel>) => Promise<void>;
  /** A transient message that asked for it (`mandatory`) found no queue, or a full one. */
  readonly returned?: (messageId: string) => void;
  readonly lost?: () => void;
}

const confirmTimeoutMs = 15_000;
const maxUnconfirmed = 2_000;
/** A broker that does not answer the close must not delay the end of the program. */
const closeTimeoutMs = 3_000;

interface Unconfirmed {
  readonly message: Outgoing;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  returned: boolean;
}

/**
 * One connection to RabbitMQ that comes back by itself, with all its channels. Nothing is queued in memory while the
 * broker is away or refuses to take more (its memory or disk alarm): publishing fails at once. Nagle is off
 * (`noDelay`): with it on, small confirms wait 40 ms.
 */
export class Broker {
  private readonly manager: AmqpConnectionManager;
  private readonly publishing: OpenChannel;
  private readonly channels = new Set<OpenChannel>();
  private channel: ConfirmChannel | undefined;
  private readonly unconfirmed = new Set<Unconfirmed>();
  private blocked = false;
  private connectedSinceMs = Date.now();
  private closing = false;

  constructor(
    url: string,
    name: string,
    private readonly logger: Logger,
    private readonly hooks: BrokerHooks = {},
  ) {
    this.manager = connect([url], {
      heartbeatIntervalInSeconds: 10,
      reconnectTimeInSeconds: 1,
      connectionOptions: { ...brokerSocket(url), clientProperties: { connection_name: name } },
    });
    this.manager.on('connect', () => {
      this.blocked = false;
      this.logger.info('broker connected');
    });
    this.manager.on('disconnect', ({ err }: { err?: Error }) => {
      if (!this.closing) this.logger.warn({ err: err?.message }, 'broker connection lost');
    });
    this.manager.on('connectFailed', ({ err }: { err: Error }) =>
      this.logger.warn({ err: err.message }, 'broker connection refused'),
    );
    this.manager.on('blocked', ({ reason }: { reason: string }) => {
      this.blocked = true;
      this.logger.error({ reason }, 'RabbitMQ takes no messages');
    });
    this.manager.on('unblocked', () => {
      this.blocked = false;
      this.connectedSinceMs = Date.now();
      this.logger.info('RabbitMQ takes messages again');
    });
    this.publishing = this.open('publish', (channel) => this.setUpPublishing(channel));
  }

  /** Waits for the first connection with its topology; throws BrokerUnavailableError after `timeoutMs`. */
  async ready(timeoutMs = 30_000): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new BrokerUnavailableError(`RabbitMQ did not answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
    });
    await Promise.race([this.publishing.waitForConnect(), late]).finally(() => clearTimeout(timer));
  }

  /** Whether a message would be taken now. */
  get connected(): boolean {
    return this.channel !== undefined && !this.blocked;
  }

  /** For how long `connected` has been true without a break (ms); 0 while it is not. */
  get connectedMs(): number {
    return this.connected ? Date.now() - this.connectedSinceMs : 0;
  }

  /** A channel that is opened again after each loss; `setup` runs each time, on a fresh channel. */
  open(purpose: string, setup: (channel: ConfirmChannel) => Promise<void>): OpenChannel {
    const channel = new ReopeningChannel(this.manager, purpose, this.logger, setup);
    this.channels.add(channel);
    return {
      waitForConnect: () => channel.waitForConnect(),
      close: () => {
        this.channels.delete(channel);
        return channel.close();
      },
    };
  }

  /**
   * Publishes persistent and mandatory; resolves when the broker has the message safe in a queue.
   * Throws UnroutableError, or BrokerUnavailableError - then it may or may not have arrived.
   */
  publish(message: Outgoing): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const channel = this.usableChannel();
      if (this.unconfirmed.size >= maxUnconfirmed)
        throw new BrokerUnavailableError('too many unconfirmed messages');
      const entry: Unconfirmed = {
        message,
        resolve,
        reject,
        returned: false,
        timer: setTimeout(
          () => this.finishPublish(entry, new BrokerUnavailableError('no confirm in time')),
          confirmTimeoutMs,
        ),
      };
      this.unconfirmed.add(entry);
      const options = {
        persistent: true,
        mandatory: true,
        contentType: 'application/json',
        messageId: message.messageId,
        type: message.type,
        headers: message.headers,
        timestamp: Math.floor(Date.now() / 1_000),
      };
      try {
        channel.publish(
          message.exchange,
          message.routingKey,
          message.body,
          options,
          (error: Error | null) => {
            if (error)
              this.finishPublish(entry, new BrokerUnavailableError(`not confirmed: ${error.message}`));
            else if (entry.returned)
              this.finishPublish(entry, new UnroutableError(`no queue takes ${message.routingKey}`));
            else this.finishPublish(entry, undefined);
          },
        );
      } catch (error) {
        this.finishPublish(entry, new BrokerUnavailableError(String(error)));
      }
    });
  }

  /**
   * A request or live event: not persistent, not waited for; lost when the broker goes away. Throws
   * BrokerUnavailableError.
   */
  publishTransient(
    exchange: string,
    routingKey: string,
    body: Buffer,
    options: {
      messageId: string;
      correlationId?: string;
      replyTo?: string;
      expirationMs?: number;
      headers?: Record<string, unknown>;
      type?: string;
      mandatory?: boolean;
    },
  ): void {
    const { messageId, mandatory } = options;
    this.usableChannel().publish(
      exchange,
      routingKey,
      body,
      {
        contentType: 'application/json',
        correlationId: options.correlationId,
        replyTo: options.replyTo,
        expiration: options.expirationMs,
        headers: options.headers,
        type: options.type,
        messageId,
        mandatory,
      },
      mandatory
        ? (error: unknown) => {
            // Refused: the queue is full (reject-publish).
            if (error) this.hooks.returned?.(messageId);
          }
        : undefined,
    );
  }

  /** Ends within 3 s whatever the broker does. Consumers are drained before, by those who opened them. */
  async close(): Promise<void> {
    this.closing = true;
    this.failUnconfirmed();
    await within(closeTimeoutMs / 2, Promise.all([...this.channels].map((channel) => channel.close())));
    this.channels.clear();
    // As soon as it begins, nothing is connected again, even if RabbitMQ never answers.
    await within(closeTimeoutMs / 2, this.manager.close());
  }

  private async setUpPublishing(channel: ConfirmChannel): Promise<void> {
    channel.on('return', (message: Message) => this.onReturn(message));
    channel.on('close', () => {
      if (this.channel === channel) this.channel = undefined;
      this.failUnconfirmed();
      this.hooks.lost?.();
    });
    await this.hooks.setup?.(channel, async () => {
      const { connection } = this.manager;
      if (!connection) throw new BrokerUnavailableError('no connection to RabbitMQ');
      return connection.createChannel();
    });
    this.channel = channel;
    this.connectedSinceMs = Date.now();
  }

  /** Comes before the confirm of the same message, which then counts as "unroutable". */
  private onReturn({ properties, fields }: Message): void {
    const messageId = String(properties.messageId);
    // One id may be on its way to two queues at once (two retries of one event): the address is part of the identity.
    for (const entry of this.unconfirmed) {
      const { message } = entry;
      if (
        message.messageId === messageId &&
        message.routingKey === fields.routingKey &&
        message.exchange === fields.exchange &&
        !entry.returned
      ) {
        entry.returned = true;
        return;
      }
    }
    this.hooks.returned?.(messageId);
  }

  private usableChannel(): ConfirmChannel {
    if (!this.channel) throw new BrokerUnavailableError('no connection to RabbitMQ');
    // What is written now would stay in memory until the alarm ends.
    if (this.blocked) throw new BrokerUnavailableError('RabbitMQ takes no messages now');
    return this.channel;
  }

  private finishPublish(entry: Unconfirmed, error: Error | undefined): void {
    if (!this.unconfirmed.delete(entry)) return;
    clearTimeout(entry.timer);
    if (error) entry.reject(error);
    else entry.resolve();
  }

  private failUnconfirmed(): void {
    for (const entry of this.unconfirmed)
      this.finishPublish(entry, new BrokerUnavailableError('connection to RabbitMQ lost'));
  }
}

/** Waits for the end of something, good or bad, at most so long. */
async function within(timeoutMs: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([done.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}

export type { Channel, ConfirmChannel, ConsumeMessage, Message, OpenChannel };
