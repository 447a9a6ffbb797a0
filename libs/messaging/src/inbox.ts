import { Injectable, Optional } from '@nestjs/common';
import { Transactions, execute, pruneTable } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import { Column, DataSource, Entity, EntityManager, Index, PrimaryColumn } from 'typeorm';
import type { Received } from './decorators';
import { messagingLives } from './lives';

/** Messages whose effect is in this database: written in the transaction of the effect. */
@Entity('inbox')
@Index('inbox_age', { synchronize: false })
export class InboxRow {
  @PrimaryColumn('text')
  queue!: string;

  @PrimaryColumn('text')
  message_id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  handled_at!: Date;
}

const pruneEveryMs = 3_600_000;
const pruneRoundsMax = 200;

@Injectable()
export class Inbox {
  private readonly transactions: Transactions;

  constructor(@Optional() private readonly dataSource: DataSource) {
    this.transactions = new Transactions(dataSource);
  }

  /**
   * Runs `effect` in a transaction unless this message was handled before. Answers whether it ran. Deliveries of one
   * message at the same time wait for each other.
   */
  once(received: Received, effect: (tx: EntityManager) => Promise<void>): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const inserted = await execute(
        tx,
        'INSERT INTO inbox (queue, message_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [received.queue, received.id],
      );
      if (inserted === 0) return false;
      await effect(tx);
      return true;
    });
  }

  /** Forgets messages handled long ago, in small statements. A program without a database has none. */
  @Scheduled({
    name: 'handled messages',
    does: 'Forgets which messages were handled, once they are too old to come again.',
    everyMs: pruneEveryMs,
    runsIn: 'every replica',
  })
  async prune(): Promise<void> {
    if (!this.dataSource) return;
    for (let round = 0; round < pruneRoundsMax; round++)
      if (!(await pruneTable(this.dataSource, 'inbox', messagingLives.inbox))) return;
  }
}
