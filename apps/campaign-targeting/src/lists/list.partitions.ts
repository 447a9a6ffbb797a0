import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ensureMonthlyPartitions, Transactions } from '@peyk/database';
import { Scheduled } from '@peyk/platform';

const tables = ['recipient_blocks', 'row_errors'] as const;
/** The current month and three after it. */
const months = 4;
/** A replica whose clock is behind makes ids of the month that has just ended. */
const clockToleranceMs = 3_600_000;

/** Keeps the partitions ready: a list without one could not be written. Runs before the first message is taken. */
@Injectable()
export class ListPartitions implements OnModuleInit {
  constructor(private readonly transactions: Transactions) {}

  /** @returns names of the partitions that were missing */
  async ensure(now = new Date()): Promise<string[]> {
    const from = new Date(now.getTime() - clockToleranceMs);
    const created: string[] = [];
    for (const table of tables) {
      created.push(
        ...(await this.transactions.run((tx) =>
          ensureMonthlyPartitions(tx, table, { from, months, keyKind: 'uuidv7' }),
        )),
      );
    }
    return created;
  }

  /** Three months are left to notice when it fails. */
  @Scheduled({
    name: 'partitions of lists',
    does: 'Makes the partitions of recipients and row errors of this month and the next three.',
    everyMs: 24 * 3_600_000,
    runsIn: 'every replica',
  })
  async ensureAhead(): Promise<void> {
    await this.ensure();
  }

  async onModuleInit(): Promise<void> {
    await this.ensure();
  }
}
