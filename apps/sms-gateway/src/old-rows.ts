import { Inject, Injectable } from '@nestjs/common';
import { isPruned, pruneTable } from '@peyk/database';
import type { TableLives } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from './config';
import type { SmsGatewayConfig } from './config';
import { smsLives } from './retention';

const dutyPauseMs = 50;

/** Rows whose life is over (retention.ts). */
@Injectable()
export class OldRows {
  /** Tables of the run that goes on of which something may be left. */
  private left: Set<string> | undefined;
  private readonly failures: unknown[] = [];

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SMS_CONFIG)
    private readonly config: Pick<SmsGatewayConfig, 'messagesKeepDays' | 'sendsKeepDays' | 'inboxKeepDays'>,
  ) {}

  /** A page of each table, side by side: one that fails or is slow keeps no other waiting. */
  @Scheduled({
    name: 'old rows',
    does: 'Prunes the tables as [retention.md](retention.md) says, each by itself.',
    everyMs: 6 * 3_600_000,
    runsIn: 'one replica',
    pauseMs: dutyPauseMs,
  })
  async pruneOldRows(): Promise<boolean> {
    this.left ??= new Set(Object.keys(this.lives()));
    const pages = await Promise.allSettled([...this.left].map((table) => this.prunePage(table)));
    for (const page of pages) if (page.status === 'rejected') this.failures.push(page.reason);
    if (this.left.size > 0) return true;
    this.left = undefined;
    const failures = this.failures.splice(0);
    if (failures.length > 0) throw new AggregateError(failures, 'tables were not pruned');
    return false;
  }

  private lives(): TableLives {
    return smsLives(this.config);
  }

  /** A table that is done, or that fails, is left out until the next run. */
  private async prunePage(table: string): Promise<void> {
    const life = this.lives()[table];
    let hasMore = false;
    try {
      hasMore = life !== undefined && isPruned(life) && (await pruneTable(this.dataSource, table, life));
    } finally {
      if (!hasMore) this.left?.delete(table);
    }
  }
}
