import { Injectable, Optional } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Column, DataSource, Entity, EntityManager, PrimaryColumn } from 'typeorm';
import type { Received } from './decorators';

/** Messages whose effect is in this database: written in the transaction of the effect. */
@Entity('inbox')
export class InboxRow {
  @PrimaryColumn('text')
  queue!: string;

  @PrimaryColumn('text')
  message_id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  handled_at!: Date;
}

/** A repetition later than this would be handled twice; RabbitMQ and the outbox repeat within minutes. */
const keepDays = 14;
const pruneEveryMs = 6 * 3_600_000;

@Injectable()
export class Inbox implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(@Optional() private readonly dataSource: DataSource) {}

  /** Runs `effect` in a transaction unless this message was handled before. Answers whether it ran. */
  once(received: Received, effect: (tx: EntityManager) => Promise<void>): Promise<boolean> {
    return this.dataSource.transaction(async (tx) => {
      const inserted: unknown = await tx.query(
        'INSERT INTO inbox (queue, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING message_id',
        [received.queue, received.id],
      );
      if ((inserted as unknown[]).length === 0) return false;
      await effect(tx);
      return true;
    });
  }

  onApplicationBootstrap(): void {
    if (!this.dataSource) return;
    this.timer = setInterval(() => {
      // A failed pruning is tried again in six hours; nothing depends on it.
      void this.dataSource
        .query(`DELETE FROM inbox WHERE handled_at < now() - interval '${keepDays} days'`)
        .catch(() => undefined);
    }, pruneEveryMs);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
