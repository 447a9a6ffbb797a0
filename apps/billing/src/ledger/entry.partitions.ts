import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { query } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';

/** The current month and those after it: an entry without its partition would be refused. */
const monthsAhead = 4;

/** Keeps partitions of `entries` ready. Runs before the first message is taken. */
@Injectable()
export class EntryPartitions implements OnModuleInit {
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

  /** Three months are left to notice when it fails. */
  @Scheduled({
    name: 'partitions of entries',
    does: 'Makes the partitions of ledger entries of this month and the next three.',
    everyMs: 12 * 3_600_000,
    runsIn: 'every replica',
  })
  async ensureAhead(): Promise<void> {
    await this.ensure();
  }

  async onModuleInit(): Promise<void> {
    await this.ensure();
  }
}
