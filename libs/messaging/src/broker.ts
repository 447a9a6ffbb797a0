import { connect } from 'amqp-connection-manager';
import type { AmqpConnectionManager, ChannelWrapper } from 'amqp-connection-manager';
import type { Channel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Logger } from '@peyk/platform';

/** The broker is away, or did not confirm in time. The publisher keeps what it wanted to say and tries again. */
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
  /** Runs on the publishing channel each time that it is opened: topology, reply consumer. */
  readonly setup?: (channel: Channel) => Promise<void>;
  /** A transient message that asked for it (`mandatory`) found no queue. */
  readonly returned?: (messageId: string) => void;
  readonly lost?: () => void;
}

const confirmTimeoutMs = 15_000;
const maxUnconfirmed = 2_000;

interface Pending {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  returned: boolean;
}

/**
 * One connection to RabbitMQ that comes back by itself. Raw channels are taken from amqp-connection-manager, which
 * opens them anew after each reconnect; its own publish queue is not used, because it holds messages in memory without
 * a bound while the broker is away. Nagle is off (`noDelay`): with it on, small confirms wait 40 ms.
 */
export class Broker {
  private readonly manager: AmqpConnectionManager;
  private readonly publishing: ChannelWrapper;
  private channel: ConfirmChannel | undefined;
  private readonly pending = new Map<string, Pending>();
  private readonly wrappers: ChannelWrapper[] = [];
  private closing = false;

  constructor(
    url: string,
    private readonly name: string,
    private readonly logger: Logger,
    private readonly hooks: BrokerHooks = {},
  ) {
    this.manager = connect([url], {
      heartbeatIntervalInSeconds: 10,
      reconnectTimeInSeconds: 1,
      connectionOptions: { noDelay: true, timeout: 5_000, clientProperties: { connection_name: name } },
    });
    this.manager.on('connect', () => this.logger.info('broker connected'));
    this.manager.on('disconnect', ({ err }: { err: Error }) => {
      if (!this.closing) this.logger.warn({ err: err.message }, 'broker connection lost');
    });
    this.manager.on('connectFailed', ({ err }: { err: Error }) =>
      this.logger.warn({ err: err.message }, 'broker connection refused'),
    );
    this.publishing = this.open('publish', async (channel) => {
      await this.hooks.setup?.(channel);
      channel.on('return', (message: { properties: { messageId?: unknown } }) => {
        const messageId = String(message.properties.messageId);
        const waiting = this.pending.get(messageId);
        if (waiting) waiting.returned = true;
        else this.hooks.returned?.(messageId);
      });
      channel.on('close', () => {
        if (this.channel === channel) this.channel = undefined;
        this.failPending();
        this.hooks.lost?.();
      });
      this.channel = channel;
    });
  }

  /** Waits for the first connection with its topology; throws after `timeoutMs`. */
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

  get connected(): boolean {
    return this.channel !== undefined && this.manager.isConnected();
  }

  /**
   * A channel that is opened anew after each reconnect; `setup` runs each time. A channel that RabbitMQ closes alone
   * (consumer timeout, a refused declaration) is not reopened by amqp-connection-manager: the connection is renewed.
   */
  open(purpose: string, setup: (channel: ConfirmChannel) => Promise<void>): ChannelWrapper {
    const wrapper = this.manager.createChannel({
      name: `${this.name} ${purpose}`,
      confirm: true,
      setup: async (channel: ConfirmChannel) => {
        channel.on('error', (error: Error) => {
          this.logger.error({ purpose, err: error.message }, 'channel error');
          if (!this.closing) setTimeout(() => this.manager.reconnect(), 200).unref();
        });
        await setup(channel);
      },
    });
    wrapper.on('error', (error: Error) => {
      this.logger.error({ purpose, err: error.message }, 'channel setup failed');
    });
    this.wrappers.push(wrapper);
    return wrapper;
  }

  /**
   * Publishes persistent and mandatory; resolves when the broker has the message safe in a queue.
   * Throws UnroutableError, or BrokerUnavailableError - then it may or may not have arrived.
   */
  publish(message: Outgoing): Promise<void> {
    const channel = this.channel;
    if (!channel) return Promise.reject(new BrokerUnavailableError('no connection to RabbitMQ'));
    if (this.pending.size >= maxUnconfirmed)
      return Promise.reject(new BrokerUnavailableError('too many unconfirmed messages'));
    return new Promise<void>((resolve, reject) => {
      const entry: Pending = {
        resolve,
        reject,
        returned: false,
        timer: setTimeout(
          () => this.settle(message.messageId, new BrokerUnavailableError('no confirm in time')),
          confirmTimeoutMs,
        ),
      };
      this.pending.set(message.messageId, entry);
      try {
        channel.publish(
          message.exchange,
          message.routingKey,
          message.body,
          {
            persistent: true,
            mandatory: true,
            contentType: 'application/json',
            messageId: message.messageId,
            type: message.type,
            headers: message.headers,
            timestamp: Math.floor(Date.now() / 1_000),
          },
          (error: unknown) => {
            if (error) this.settle(message.messageId, new BrokerUnavailableError('refused by RabbitMQ'));
            else
              this.settle(
                message.messageId,
                entry.returned ? new UnroutableError(`no queue takes ${message.routingKey}`) : undefined,
              );
          },
        );
      } catch (error) {
        this.settle(message.messageId, new BrokerUnavailableError(String(error)));
      }
    });
  }

  /** A request, reply or live event: not persistent, not confirmed; lost when the broker goes away. */
  publishTransient(
    exchange: string,
    routingKey: string,
    body: Buffer,
    options: {
      correlationId?: string;
      replyTo?: string;
      expirationMs?: number;
      headers?: Record<string, unknown>;
      type?: string;
      messageId?: string;
      mandatory?: boolean;
    },
  ): void {
    const channel = this.channel;
    if (!channel) throw new BrokerUnavailableError('no connection to RabbitMQ');
    channel.publish(exchange, routingKey, body, {
      contentType: 'application/json',
      correlationId: options.correlationId,
      replyTo: options.replyTo,
      expiration: options.expirationMs,
      headers: options.headers,
      type: options.type,
      messageId: options.messageId,
      mandatory: options.mandatory,
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    this.failPending();
    await this.manager.close().catch(() => undefined);
  }

  private settle(messageId: string, error: Error | undefined): void {
    const entry = this.pending.get(messageId);
    if (!entry) return;
    this.pending.delete(messageId);
    clearTimeout(entry.timer);
    if (error) entry.reject(error);
    else entry.resolve();
  }

  private failPending(): void {
    for (const messageId of [...this.pending.keys()])
      this.settle(messageId, new BrokerUnavailableError('connection to RabbitMQ lost'));
  }
}

export type { Channel, ConfirmChannel, ConsumeMessage };
