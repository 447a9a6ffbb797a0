import { Injectable } from '@nestjs/common';
import { execute, query, uuidv7LowerBound } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { batchStateCode } from './batch.entity';

const dutyPauseMs = 50;
const deletedAtOnce = 5_000;
const firstUuid = '00000000-0000-0000-0000-000000000000';
const batchKeepDays = 3;
const through = batchStateCode('through');

interface OldBatchRow {
  readonly id: string;
  readonly send_id: string;
  readonly state: number;
}

/** Batches are kept a little longer than their send: receipts that come late are looked for along them. */
@Injectable()
export class OldBatches {
  /** The last batch that was looked at, and may stay. */
  private keptBatch = firstUuid;

  constructor(private readonly dataSource: DataSource) {}

  /** Batches of sends that are long over. They are looked at in the order in which they were made, oldest first. */
  @Scheduled({
    name: 'old batches',
    does: 'Deletes batches of sends that ended some days ago.',
    everyMs: 6 * 3_600_000,
    runsIn: 'one replica',
    pauseMs: dutyPauseMs,
  })
  async deleteOldBatches(): Promise<boolean> {
    const page = await query<OldBatchRow>(
      this.dataSource,
      `SELECT id, send_id, state FROM batches WHERE id > $1 AND id < $2 ORDER BY id LIMIT ${deletedAtOnce}`,
      [this.keptBatch, uuidv7LowerBound(new Date(Date.now() - batchKeepDays * 86_400_000))],
    );
    const sends = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE id = ANY($1) AND finished_at < now() - interval '${batchKeepDays} days'`,
      [[...new Set(page.map(({ send_id }) => send_id))]],
    );
    const over = new Set(sends.map(({ id }) => id));
    await execute(this.dataSource, `DELETE FROM batches WHERE id = ANY($1) AND state = ${through}`, [
      page.filter(({ send_id, state }) => state === through && over.has(send_id)).map(({ id }) => id),
    ]);
    const more = page.length === deletedAtOnce;
    this.keptBatch = (more && page.at(-1)?.id) || firstUuid;
    return more;
  }
}
