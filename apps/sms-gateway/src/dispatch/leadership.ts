import type { Logger } from '@peyk/platform';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

const retryMs = 1_000;
const checkMs = 1_000;
/** Any constant; advisory locks are per database. */
const lockKey = 0x6469_7370;

/** Of PostgreSQL's NOTIFY: a replica that does not lead has something for the one that does. */
const channel = 'dispatch';

export interface LeadershipHooks {
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** Another replica has something for the leader. */
  readonly onNotified: () => void;
}

/** Wakes the leader, whichever replica it is. Only a hint: it looks by itself too, a little later. */
export async function notifyLeader(dataSource: DataSource): Promise<void> {
  await dataSource.query(`NOTIFY ${channel}`);
}

/**
 * One replica leads: it holds a session-level advisory lock on a connection of its own. When that connection breaks the
 * lock is gone, and with it the leadership, until it is won again.
 */
export class Leadership {
  private timer: NodeJS.Timeout | undefined;
  private client: Client | undefined;
  private leading = false;
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly logger: Logger,
    private readonly hooks: LeadershipHooks,
  ) {}

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
    await this.lose();
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.step().finally(() => this.schedule(this.leading ? checkMs : retryMs));
    }, ms);
  }

  private async step(): Promise<void> {
    try {
      if (this.leading) {
        await this.client?.query('SELECT 1');
        if (!this.client) throw new Error('connection lost');
        return;
      }
      const client = new Client({
        connectionString: this.url,
        application_name: 'sms-gateway leadership',
        connectionTimeoutMillis: 5_000,
        // A dead network must not leave this replica believing that it leads.
        query_timeout: 5_000,
      });
      this.client = client;
      client.on('error', () => {
        if (this.client === client) this.client = undefined;
      });
      await client.connect();
      const { rows } = await client.query<{ won: boolean }>('SELECT pg_try_advisory_lock($1) AS won', [
        lockKey,
      ]);
      if (!rows[0]?.won) {
        await client.end();
        this.client = undefined;
        return;
      }
      client.on('notification', () => {
        if (this.leading) this.hooks.onNotified();
      });
      await client.query(`LISTEN ${channel}`);
      this.leading = true;
      await this.hooks.begin();
    } catch (error) {
      this.logger.warn({ err: error }, 'leadership lost or not won; it is tried again');
      await this.lose();
    }
  }

  private async lose(): Promise<void> {
    if (this.leading) {
      this.leading = false;
      await this.hooks
        .end()
        .catch((error: unknown) => this.logger.error({ err: error }, 'dispatch loops did not end well'));
    }
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }
}
