import { execute } from '@peyk/database';
import type { DataSource } from 'typeorm';
import type { RecipientFileTotals } from '../recipients/recipient.collector';

/** A reading that is silent for so long is dead: another may take its list. */
export const leaseSeconds = 30;
/** At full speed about 50,000 rows. */
const everyMs = 500;

/** Shows how far a reading is and keeps its list, on a connection beside that of its transaction. */
export class Heartbeat {
  /** So far. */
  totals: RecipientFileTotals | undefined;
  private lost = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly listId: string,
    private readonly reading: string,
  ) {
    this.schedule();
  }

  /** The list went to another reading, or is gone. */
  get isLost(): boolean {
    return this.lost;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.beating;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.beating = this.beat()
        // The database is away: the reading's own transaction finds that out too.
        .catch(() => undefined)
        .finally(() => this.schedule());
    }, everyMs);
  }

  private async beat(): Promise<void> {
    const { rows = 0, valid = 0, duplicate = 0, invalid = 0, blank = 0 } = this.totals ?? {};
    const kept = await execute(
      this.dataSource,
      `UPDATE lists SET rows = $3, valid = $4, duplicates = $5, invalid = $6, blank = $7,
              leased_until = now() + interval '${leaseSeconds} seconds'
        WHERE id = $1 AND reading = $2`,
      [this.listId, this.reading, rows, valid, duplicate, invalid, blank],
    );
    if (kept === 0) this.lost = true;
  }
}
