import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { allSubscriptions, parseDto } from '@peyk/contracts';
import type { EventContract } from '@peyk/contracts';
import { uuidv7 } from '@peyk/database';
import { contextHeaders, counter, currentContext, newContext } from '@peyk/platform';
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
const leaseSeconds = 30;
const pollMs = 500;

const published = counter('outbox_published_total', 'Events that left the outbox', ['event']);

@Injectable()
export class Outbox implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private readonly subscribed = new Set(
    allSubscriptions().flatMap((subscription) => subscription.events.map((event) => event.name)),
  );
  private readonly logger: Logger;
  private readonly broker: Broker;

  constructor(
    @Inject(MESSAGING) runtime: MessagingRuntime,
    @Optional() private readonly dataSource: DataSource,
  ) {
    this.logger = runtime.logger;
    this.broker = runtime.broker;
  }

  /**
   * Stores an event in the caller's transaction. `aggregate` is the thing it is about (`send:<id>`): its events are
   * published in the order in which they were added.
   */
  async add<P extends object>(
    tx: EntityManager,
    contract: EventContract<P>,
    aggregate: string,
    payload: P,
  ): Promise<void> {
    if (!tx.queryRunner?.isTransactionActive)
      throw new Error(`${contract.name} must be added inside a transaction`);
    // A wrong event is the publisher's bug: it shall fail here, not at the consumers.
    parseDto(contract.payload, payload, { unknownFields: 'refuse' });
    await tx.query(
      'INSERT INTO outbox (id, aggregate, name, version, payload, headers) VALUES ($1, $2, $3, $4, $5, $6)',
      [
        uuidv7(),
        aggregate,
        contract.name,
        contract.version,
        payload,
        contextHeaders(currentContext() ?? newContext()),
      ],
    );
    // The commit follows soon; the poll finds what this misses.
    this.schedule(10);
  }

  onApplicationBootstrap(): void {
    if (this.dataSource) this.schedule(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private schedule(delayMs: number): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.relay().finally(() => {
        this.running = undefined;
        const soon = this.again;
        this.again = false;
        this.schedule(soon ? 10 : pollMs);
      });
    }, delayMs);
    this.timer.unref();
  }

  private async relay(): Promise<void> {
    try {
      while (!this.stopped && this.broker.connected) {
        const rows = await this.claim();
        if (rows.length === 0) return;
        await this.publish(rows);
        if (rows.length < claimRows) return;
      }
    } catch (error) {
      if (!(error instanceof BrokerUnavailableError))
        this.logger.error({ err: error }, 'outbox relay failed; it tries again');
    }
  }

  /**
   * Claims by status, never by "id greater than the last": serial ids become visible out of order. Claims of several
   * replicas take turns (advisory lock), so that no row is taken while an earlier one of its aggregate is elsewhere.
   */
  private claim(): Promise<OutboxRow[]> {
    return this.dataSource.transaction(async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('outbox claim'))");
      const result: unknown = await tx.query(
        `WITH free AS (
           SELECT seq FROM outbox o
           WHERE (leased_until IS NULL OR leased_until < now())
             AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.aggregate = o.aggregate AND e.seq < o.seq AND e.leased_until >= now())
           ORDER BY seq LIMIT ${claimRows} FOR UPDATE SKIP LOCKED)
         UPDATE outbox o SET leased_until = now() + interval '${leaseSeconds} seconds' FROM free WHERE o.seq = free.seq
         RETURNING o.*`,
      );
      const rows = (result as [OutboxRow[], number])[0];
      return rows.sort((a, b) => Number(a.seq) - Number(b.seq));
    });
  }

  private async publish(rows: readonly OutboxRow[]): Promise<void> {
    const failedAggregates = new Set<string>();
    const byAggregate = new Map<string, OutboxRow[]>();
    for (const row of rows) byAggregate.set(row.aggregate, [...(byAggregate.get(row.aggregate) ?? []), row]);
    const done: number[] = [];
    await Promise.all(
      [...byAggregate.values()].map(async (group) => {
        // All of one aggregate leave on one channel in order; a failure stops those behind it.
        for (const row of group) {
          if (failedAggregates.has(row.aggregate)) return;
          try {
            await this.send(row);
            done.push(row.seq);
            published.inc({ event: row.name });
          } catch (error) {
            failedAggregates.add(row.aggregate);
            if (!(error instanceof BrokerUnavailableError))
              this.logger.error(
                { err: error, event: row.name, id: row.id },
                'event was not published; it tries again',
              );
          }
        }
      }),
    );
    const left = rows.filter((row) => !done.includes(row.seq)).map((row) => row.seq);
    await this.dataSource.query('DELETE FROM outbox WHERE seq = ANY($1)', [done]);
    if (left.length > 0) {
      await this.dataSource.query(
        "UPDATE outbox SET leased_until = now() + interval '1 second' WHERE seq = ANY($1)",
        [left],
      );
    }
  }

  private async send(row: OutboxRow): Promise<void> {
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
