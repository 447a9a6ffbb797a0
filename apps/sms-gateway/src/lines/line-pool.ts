import { Injectable, Logger } from '@nestjs/common';
import { execute, query, uuidv7 } from '@peyk/database';
import { Scheduled, counter, gauge } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';

const countEveryMs = 60_000;

const free = gauge('line_pool_free', 'Lines that wait for new customers');
const missing = counter('line_pool_empty_total', 'New customers for whom no line was left; they share one');

/** Lines that were bought ahead, one for each customer who signs up (IDN-215). */
@Injectable()
export class LinePool {
  private readonly logger = new Logger(LinePool.name);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Gives the customer a line of the pool unless it has one. When none is left it sends with the shared lines until
   * somebody gives it its own, and a person on call sees that the pool is empty.
   */
  async handOut(tx: EntityManager, customerId: string): Promise<void> {
    const given = await execute(
      tx,
      `WITH taken AS (
         DELETE FROM line_pool WHERE id = (
           SELECT p.id FROM line_pool p JOIN links k ON k.id = p.link_id
           WHERE k.active AND NOT EXISTS (SELECT FROM lines l
               WHERE line_key(l.number) = line_key(p.number) AND l.retired_at IS NULL)
             AND NOT EXISTS (SELECT FROM lines l WHERE l.customer_id = $1 AND l.retired_at IS NULL)
           ORDER BY p.id LIMIT 1 FOR UPDATE OF p SKIP LOCKED)
         RETURNING *)
       INSERT INTO lines (id, customer_id, link_id, number, line_class, hours_from, hours_to, refund_policy)
       SELECT $2, $1, link_id, number, line_class, hours_from, hours_to, refund_policy FROM taken
       ON CONFLICT (line_key(number)) DO UPDATE SET number = excluded.number, customer_id = excluded.customer_id, link_id = excluded.link_id,
         line_class = excluded.line_class, hours_from = excluded.hours_from, hours_to = excluded.hours_to,
         refund_policy = excluded.refund_policy, active = true, retired_at = NULL, secretary_text = NULL`,
      [customerId, uuidv7()],
    );
    if (given > 0) return;
    const own = await query(tx, 'SELECT FROM lines WHERE customer_id = $1 AND retired_at IS NULL LIMIT 1', [
      customerId,
    ]);
    if (own.length > 0) return;
    missing.inc();
    this.logger.warn({ msg: 'the pool has no line for a new customer; it shares one', customerId });
  }

  /** Every replica shows the same figure: whichever is scraped. */
  @Scheduled({
    name: 'lines in the pool',
    does: 'Counts the lines that wait for new customers.',
    everyMs: countEveryMs,
    runsIn: 'every replica',
  })
  async countFree(): Promise<void> {
    const [row] = await query<{ lines: number }>(
      this.dataSource,
      'SELECT count(*)::int AS lines FROM line_pool',
    );
    free.set(row?.lines ?? 0);
  }
}
