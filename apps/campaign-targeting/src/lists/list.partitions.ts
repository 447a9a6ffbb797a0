import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { ensureMonthlyPartitions, Transactions } from '@peyk/database';

const tables = ['recipient_blocks', 'row_errors'] as const;
/** The current month and three after it. */
const months = 4;
const everyMs = 24 * 3_600_000;
/** A replica whose clock is behind makes ids of the month that has just ended. */
const clockToleranceMs = 3_600_000;

/** Keeps the partitions ready: a list without one could not be written. Runs before the first message is taken. */
@Injectable()
export class ListPartitions implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(ListPartitions.name);
  private timer: NodeJS.Timeout | undefined;

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

  async onModuleInit(): Promise<void> {
    await this.ensure();
    this.timer = setInterval(() => {
      // Three months are left to notice.
      this.ensure().catch((error: unknown) =>
        this.logger.error({ msg: 'no partitions were made', err: error }),
      );
    }, everyMs);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
