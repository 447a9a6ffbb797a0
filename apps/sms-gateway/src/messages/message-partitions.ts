import { Injectable } from '@nestjs/common';
import { Transactions, ensureMonthlyPartitions, quoteIdentifier } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import type { EntityManager } from 'typeorm';

/** What workers may report of the past (a queue that nobody read): its months have partitions. */
export const reportedPastMs = 27 * 86_400_000;
/** The last month (reports of its last day come in this one), this one, and two to come. */
const partitionMonths = 4;

/** Months of messages. A message of a month without a partition could not be written. */
@Injectable()
export class MessagePartitions {
  constructor(private readonly transactions: Transactions) {}

  /** Month partitions for what is written from now on, with room for updates in place. */
  @Scheduled({
    name: 'partitions',
    does: 'Makes the partitions of messages and of submissions for the months to come.',
    everyMs: 6 * 3_600_000,
    runsIn: 'one replica',
  })
  async createPartitions(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const from = new Date(Date.now() - reportedPastMs);
      await createFor(tx, 'messages', { from, months: partitionMonths, keyKind: 'uuidv7' }, 60);
      await createFor(tx, 'submissions', { from, months: partitionMonths, keyKind: 'timestamptz' }, 100);
    });
  }
}

async function createFor(
  tx: EntityManager,
  table: string,
  range: Parameters<typeof ensureMonthlyPartitions>[2],
  fillFactor: number,
): Promise<void> {
  for (const partition of await ensureMonthlyPartitions(tx, table, range)) {
    await tx.query(
      `ALTER TABLE ${quoteIdentifier(partition)} SET (fillfactor = ${fillFactor}, autovacuum_vacuum_scale_factor = 0.2, autovacuum_vacuum_insert_scale_factor = 0.5)`,
    );
  }
}
