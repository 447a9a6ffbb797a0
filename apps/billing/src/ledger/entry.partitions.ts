import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';

/** The current month and those after it: an entry without its partition would be refused. */
const monthsAhead = 4;
const everyMs = 12 * 3_600_000;

/** Keeps partitions of `entries` ready. Runs before the first message is taken. */
@Injectable()
export class EntryPartitions implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(EntryPartitions.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** @returns names of the partitions that were missing */
  async ensure(from = new Date()): Promise<string[]> {
    const [row] = await query<{ made: string[] }>(
      this.dataSource,
      'SELECT ledger_make_partitions($1, $2) AS made',
      [from, monthsAhead],
    );
    return row?.made ?? [];
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
