import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { ConfirmChannel } from 'amqplib';
import type { Logger } from '@peyk/platform';

/** Wait before a channel that failed is opened again (ms): doubled from the first to the last. */
const firstReopenMs = 200;
const lastReopenMs = 5_000;

/**
 * A setup that takes longer has failed: RabbitMQ 3.10 does not answer at all for a quorum queue that lost its leader
 * (seen after a kill within a second of the queue's first declaration).
 */
const setupTimeoutMs = 15_000;

/** A channel of the program's connection, there again after each loss. */
export interface OpenChannel {
  /** Resolves once it is set up: at once when it is. Does not end while RabbitMQ is away. */
  waitForConnect(): Promise<void>;
  /** Not opened again. What was not acknowledged goes back to its queue. */
  close(): Promise<void>;
}

/**
 * One channel that is opened again, `setup` included, whenever it is lost: with the connection, by RabbitMQ alone
 * (consumer timeout, refused declaration), or by a setup that failed. amqp-connection-manager's own channel comes back
 * only with a new connection, and counts as set up when its setup has failed.
 */
export class ReopeningChannel implements OpenChannel {
  private channel: ConfirmChannel | undefined;
  private opening: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private failures = 0;
  private closed = false;
  private waiters: (() => void)[] = [];
  private readonly onConnect = (): void => this.openSoon(0);

  constructor(
    private readonly manager: AmqpConnectionManager,
    private readonly purpose: string,
    private readonly logger: Logger,
    private readonly setup: (channel: ConfirmChannel) => Promise<void>,
  ) {
    manager.on('connect', this.onConnect);
    this.openSoon(0);
  }

  waitForConnect(): Promise<void> {
    if (this.channel) return Promise.resolve();
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    this.manager.off('connect', this.onConnect);
    await this.opening;
    // Closed already, or closed with the connection while it waits for the answer: both are what was wanted.
    await this.channel?.close().catch(() => undefined);
    this.channel = undefined;
  }

  private openSoon(delayMs: number): void {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // Without a connection there is nothing to open: the next one calls.
      if (this.closed || this.channel || this.opening || !this.manager.connection) return;
      this.opening = this.openChannel().finally(() => {
        this.opening = undefined;
        if (!this.channel) this.openAfterFailure();
      });
    }, delayMs);
    this.timer.unref();
  }

  private openAfterFailure(): void {
    this.openSoon(Math.min(firstReopenMs * 2 ** Math.min(this.failures++, 10), lastReopenMs));
  }

  private async openChannel(): Promise<void> {
    const { connection } = this.manager;
    if (!connection) return;
    let channel: ConfirmChannel | undefined;
    let lost = false;
    try {
      channel = await connection.createConfirmChannel();
      const opened = channel;
      opened.on('error', (error: Error) => {
        this.logger.error(
          { purpose: this.purpose, err: error.message },
          'channel failed; it is opened again',
        );
        // An error of our own (a cancelled consumer) leaves the channel open. Not at once: in the middle of a closing
        // by RabbitMQ a second one would break the connection.
        setImmediate(() => void opened.close().catch(() => undefined));
      });
      opened.on('close', () => {
        lost = true;
        if (this.channel !== opened) return;
        this.channel = undefined;
        this.openAfterFailure();
      });
      await this.setUpInTime(opened);
      if (lost) return;
      this.channel = opened;
      this.failures = 0;
      for (const resolve of this.waiters.splice(0)) resolve();
    } catch (error) {
      // When the connection is gone, the reason is logged elsewhere.
      if (this.manager.isConnected())
        this.logger.error(
          { purpose: this.purpose, err: error },
          'channel could not be set up; it is tried again',
        );
      // Not waited for: a channel that does not answer does not answer this either.
      void channel?.close().catch(() => undefined);
    }
  }

  private async setUpInTime(channel: ConfirmChannel): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`RabbitMQ did not answer within ${setupTimeoutMs} ms`)),
        setupTimeoutMs,
      );
    });
    await Promise.race([this.setup(channel), late]).finally(() => clearTimeout(timer));
  }
}
