import { setImmediate as turn } from 'node:timers/promises';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { allSubscriptions, parseDto } from '@peyk/contracts';
import type { EventContract } from '@peyk/contracts';
import { Transactions, execute, query, reserved, uuidv7 } from '@peyk/database';
import { contextHeaders, counter, currentContext, gauge, newContext } from '@peyk/platform';
import type { Logger } from '@peyk/platform';
import { Column, DataSource, Entity, EntityManager, Index, PrimaryColumn } from 'typeorm';
import { BrokerUnavailableError, UnroutableError } from './broker';
import type { Broker } from './broker';
import { MESSAGING } from './tokens';
import type { MessagingRuntime } from './tokens';
import { exchanges } from './topology';

/** Events of a change, stored in its transaction and published afterwards. A row is deleted once RabbitMQ has it. */
@Entity('outbox')
@Index('outbox_aggregate', ['aggregate', 'seq'])
export class OutboxRow {
  /** Order in which rows were written; within one aggregate also the order of publishing. */
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  seq!: number;

  @Column('uuid')
  id!: string;

  @Column('text')
  aggregate!: string;

  @Column('text')
  name!: string;

  @Column('int')
  version!: number;

  @Column('jsonb')
  payload!: object;

  @Column('jsonb')
  headers!: Record<string, string>;

  @Column('timestamptz', { default: () => 'now()' })
  created_at!: Date;

  @Column('timestamptz', { nullable: true })
  leased_until!: Date | null;
}

const claimRows = 500;
/**
 * A relay begins to send a row at most this long after its claim (ms); with the 15 s that a confirm may take its work
 * ends before its lease does, when another relay may take the rows.
 */
const sendWithinMs = 5_000;
const leaseSeconds = 20;
const retryAfterSeconds = 1;
const turnEvents = 100;
const pollMs = 1_000;
/** After an event was added its commit may come any moment; from then on the poll finds it (ms). */
const fastPollsMs = [10, 30, 100, 300] as const;

const published = counter('outbox_published_total', 'Events that left the outbox', ['event']);
const oldest = gauge('outbox_oldest_seconds', 'Age of the oldest event that waits in the outbox');

@Injectable()
export class Outbox implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private fastPoll: number = fastPollsMs.length;
  private stopped = false;
  private readonly subscribed = new Set(
    allSubscriptions().flatMap((subscription) => subscription.events.map((event) => event.name)),
  );
  private readonly logger: Logger;
  private readonly broker: Broker;
  private readonly transactions: Transactions;

  constructor(
    @Inject(MESSAGING) runtime: MessagingRuntime,
    @Optional() private readonly dataSource: DataSource,
  ) {
    this.logger = runtime.logger;
    this.broker = runtime.broker;
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Stores an event in the caller's transaction. `aggregate` is the thing it is about (`send:<id>`): its events are
   * published in the order in which they were added, where the transactions that add them follow one another (they
   * lock the thing). Throws input.invalid for a payload that is not the contract's.
   */
  async add<P extends object>(
    tx: EntityManager,
    contract: EventContract<P>,
    aggregate: string,
    payload: P,
  ): Promise<void> {
    await this.addMany(tx, contract, [{ aggregate, payload }]);
  }

  /** The same for thousands of events of one kind, in their order, in one statement. None: nothing happens. */
  async addMany<P extends object>(
    tx: EntityManager,
    contract: EventContract<P>,
    events: readonly { readonly aggregate: string; readonly payload: P }[],
  ): Promise<void> {
    if (!tx.queryRunner?.isTransactionActive)
      throw new Error(`${contract.name} must be added inside a transaction`);
    if (events.length === 0) return;
    // A wrong event is the publisher's bug: it must fail here, not at the consumers.
    for (const [at, { payload }] of events.entries()) {
      parseDto(contract.payload, payload, { unknownFields: 'refuse' });
      // A thousand take a tenth of a second: the rest of the program gets its turn.
      if (at % turnEvents === turnEvents - 1) await turn();
    }
    await tx.query(
      `INSERT INTO outbox (id, aggregate, name, version, payload, headers)
       SELECT e.id, e.aggregate, $4, $5, e.payload, $6
       FROM unnest($1::uuid[], $2::text[], $3::jsonb[]) WITH ORDINALITY AS e (id, aggregate, payload, place)
       ORDER BY e.place`,
      [
        events.map(() => uuidv7()),
        events.map(({ aggregate }) => aggregate),
        events.map(({ payload }) => JSON.stringify(payload)),
        contract.name,
        contract.version,
        contextHeaders(currentContext() ?? newContext()),
      ],
    );
    this.fastPoll = 0;
    if (!this.running) this.schedule();
  }

  onApplicationBootstrap(): void {
    if (this.dataSource) this.schedule();
  }

  /** Finishes what is being sent; what is left is sent by another replica, or after the next start. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.fastPoll++;
      // Readers who have all common connections do not keep events back.
      this.running = reserved(() => this.publishWaiting()).finally(() => {
        this.running = undefined;
        this.schedule();
      });
    }, fastPollsMs[this.fastPoll] ?? pollMs);
    this.timer.unref();
  }

  private async publishWaiting(): Promise<void> {
    try {
      while (await this.hasEvents()) {
        if (this.stopped || !this.broker.connected) return;
        const sendUntilMs = performance.now() + sendWithinMs;
        const rows = await this.claimEvents();
        if (rows.length === 0) return;
        const done = await this.publishClaimed(rows, sendUntilMs);
        await this.deletePublished(rows, done);
      }
    } catch (error) {
      this.logger.error({ err: error }, 'outbox relay failed; it tries again');
    }
  }

  private async hasEvents(): Promise<boolean> {
    const [first] = await query<{ age: number }>(
      this.dataSource,
      'SELECT extract(epoch FROM now() - created_at)::float8 AS age FROM outbox ORDER BY seq LIMIT 1',
    );
    oldest.set(first?.age ?? 0);
    return first !== undefined;
  }

  /**
   * Claims by status, never by "id greater than the last": serial ids become visible out of order. Claims of several
   * replicas take turns (advisory lock), so that no row is taken while an earlier one of its aggregate is elsewhere.
   */
  private async claimEvents(): Promise<OutboxRow[]> {
    const rows = await this.transactions.run(async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('outbox claim'))");
      return query<OutboxRow>(
        tx,
        `WITH free AS (
           SELECT seq FROM outbox o
           WHERE (leased_until IS NULL OR leased_until < now())
             AND NOT EXISTS (
               SELECT FROM outbox e WHERE e.aggregate = o.aggregate AND e.seq < o.seq AND e.leased_until >= now())
           ORDER BY seq LIMIT ${claimRows} FOR UPDATE SKIP LOCKED)
         UPDATE outbox o SET leased_until = now() + interval '${leaseSeconds} seconds' FROM free
         WHERE o.seq = free.seq RETURNING o.*`,
      );
    });
    return rows.sort((a, b) => a.seq - b.seq);
  }

  /** All of one aggregate one after the other; a failure stops those behind it. Answers what RabbitMQ has. */
  private async publishClaimed(
    rows: readonly OutboxRow[],
    sendUntilMs: number,
  ): Promise<ReadonlySet<number>> {
    const done = new Set<number>();
    const byAggregate = new Map<string, OutboxRow[]>();
    for (const row of rows) {
      const group = byAggregate.get(row.aggregate);
      if (group) group.push(row);
      else byAggregate.set(row.aggregate, [row]);
    }
    const sendGroup = async (group: readonly OutboxRow[]): Promise<void> => {
      for (const row of group) {
        if (this.stopped || performance.now() > sendUntilMs) return;
        try {
          await this.publishEvent(row);
        } catch (error) {
          if (!(error instanceof BrokerUnavailableError))
            this.logger.error(
              { err: error, event: row.name, id: row.id },
              'event was not published; it is tried again',
            );
          return;
        }
        done.add(row.seq);
        published.inc({ event: row.name });
      }
    };
    await Promise.all([...byAggregate.values()].map(sendGroup));
    return done;
  }

  /** If this fails the lease ends and the rows are sent again: consumers know them by their ids. */
  private async deletePublished(rows: readonly OutboxRow[], done: ReadonlySet<number>): Promise<void> {
    if (done.size > 0) await execute(this.dataSource, 'DELETE FROM outbox WHERE seq = ANY($1)', [[...done]]);
    const left = rows.filter((row) => !done.has(row.seq)).map((row) => row.seq);
    if (left.length > 0) {
      await execute(
        this.dataSource,
        `UPDATE outbox SET leased_until = now() + interval '${retryAfterSeconds} seconds' WHERE seq = ANY($1)`,
        [left],
      );
    }
  }

  private async publishEvent(row: OutboxRow): Promise<void> {
    try {
      await this.broker.publish({
        exchange: exchanges.events,
        routingKey: row.name,
        type: row.name,
        messageId: row.id,
        headers: { ...row.headers, version: row.version, occurredAt: row.created_at.toISOString() },
        body: Buffer.from(JSON.stringify(row.payload)),
      });
    } catch (error) {
      // An event that nobody subscribes to is only history; one with subscribers must find their queue.
      if (error instanceof UnroutableError && !this.subscribed.has(row.name)) return;
      throw error;
    }
  }
}
