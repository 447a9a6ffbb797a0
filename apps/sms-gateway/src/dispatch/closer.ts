import { smsEvents } from '@peyk/contracts/sms';
import type { Transactions } from '@peyk/database';
import { execute, query } from '@peyk/database';
import type { Outbox } from '@peyk/messaging';
import type { Logger } from '@peyk/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { batchStateCode, endBatches } from '../messages/batch.entity';
import type { BatchRangeRow } from '../messages/batch.entity';
import { stateCode } from '../messages/message.entity';
import { plannedStates, statesBefore } from '../sends/send.entity';
import { Round } from '../loops/round';

/** Waiting batches cancelled in one transaction. */
const cancelBatches = 50;
const sweepEveryMs = 1_000;
const sweepSends = 1_000;
const settledAtOnce = 500;

interface WaitingBatchRow extends BatchRangeRow {
  readonly send_id: string;
}

/** Tells billing what was charged, ends sends, and cancels what waits of cancelled ones. */
export class Closer {
  private readonly dirty = new Set<string>();
  private sweptAtMs = 0;
  private lookedAtMs = 0;
  private readonly settling: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    logger: Logger,
  ) {
    this.settling = new Round('closer', logger);
  }

  /**
   * Sends with something that billing does not know, or that may end, no matter who moved them: after a start, another
   * replica that settled doubts, last recipients that were written as cancelled.
   */
  async load(): Promise<void> {
    this.sweptAtMs = Date.now();
    const rows = await query<{ id: string }>(
      this.dataSource,
      `(SELECT id FROM sends WHERE complete AND id <> ALL($1) LIMIT ${sweepSends})
       UNION (SELECT id FROM sends WHERE untold AND id <> ALL($1) LIMIT ${sweepSends})`,
      [this.settling.resting],
    );
    this.mark(rows.map(({ id }) => id));
  }

  /** A send may have been cancelled: look at once. */
  refresh(): void {
    this.lookedAtMs = 0;
  }

  mark(sendIds: Iterable<string>): void {
    for (const id of sendIds) this.dirty.add(id);
  }

  /** Answers the ids that were looked at. One that fails is looked at again later, and holds up no other. */
  async step(): Promise<string[]> {
    if (Date.now() - this.sweptAtMs >= sweepEveryMs) await this.load();
    const ids: string[] = [];
    for (const id of this.dirty) {
      if (ids.length === settledAtOnce) break;
      if (!this.settling.rests(id)) ids.push(id);
    }
    const settled: string[] = [];
    await this.settling.each(
      ids,
      (id) => id,
      async (id) => {
        // Before it is read: what moves meanwhile is marked again.
        this.dirty.delete(id);
        try {
          await this.settle(id);
        } catch (error) {
          this.dirty.add(id);
          throw error;
        }
        settled.push(id);
      },
    );
    return settled;
  }

  /** One send: charge reported, and ended when nothing of it is open. The events of a send leave in this order. */
  private async settle(sendId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [send] = await query<{
        id: string;
        customer_id: string;
        state: 'queued' | 'sending' | 'paused' | 'cancelling' | 'finished';
        capture: number;
        refund: number;
        charged: number;
        open: boolean;
      }>(
        tx,
        `SELECT id, customer_id, state, charged_rials - told_charged_rials AS capture, refunded_rials - told_refunded_rials AS refund,
           charged_rials AS charged, (queued > 0 OR in_doubt > 0 OR cursor < recipients) AS open
         FROM sends WHERE id = $1 FOR UPDATE`,
        [sendId],
      );
      if (!send) return;
      if (send.capture > 0 || send.refund > 0) {
        await this.outbox.add(tx, smsEvents.sendCharged, `send:${sendId}`, {
          sendId,
          customerId: send.customer_id,
          captureRials: send.capture,
          refundRials: send.refund,
        });
        await execute(
          tx,
          'UPDATE sends SET told_charged_rials = charged_rials, told_refunded_rials = refunded_rials WHERE id = $1',
          [sendId],
        );
      }
      if (!send.open) await this.end(tx, send);
    });
  }

  private async end(
    tx: EntityManager,
    send: { id: string; customer_id: string; state: string; charged: number },
  ): Promise<void> {
    const to = send.state === 'cancelling' ? 'cancelled' : 'finished';
    const moved = await execute(
      tx,
      'UPDATE sends SET state = $2, finished_at = now() WHERE id = $1 AND state = ANY($3)',
      [send.id, to, statesBefore(to).filter((state) => !plannedStates.includes(state))],
    );
    if (moved === 0) return;
    await this.outbox.add(tx, smsEvents.sendClosed, `send:${send.id}`, {
      sendId: send.id,
      customerId: send.customer_id,
      chargedRials: send.charged,
    });
    await this.outbox.add(tx, smsEvents.sendFinished, `send:${send.id}`, {
      sendId: send.id,
      customerId: send.customer_id,
      state: to,
    });
  }

  /** Messages of cancelled sends that wait: cancelled, some thousand at a time. Answers whether there is more. */
  async cancelWaiting(): Promise<boolean> {
    const now = Date.now();
    if (this.dirty.size === 0 && now - this.lookedAtMs < sweepEveryMs) return false;
    this.lookedAtMs = now;
    const touched = await this.transactions.run(async (tx) => {
      const batches = await query<WaitingBatchRow>(
        tx,
        `SELECT b.id, b.send_id, b.first_seq, b.count, b.next_index FROM sends s JOIN batches b ON b.send_id = s.id AND b.state = ${batchStateCode('waiting')}
         WHERE s.state = 'cancelling' ORDER BY b.id LIMIT ${cancelBatches} FOR UPDATE OF b SKIP LOCKED`,
      );
      if (batches.length === 0) return [];
      const moved = await query<{ send_id: string; messages: number }>(
        tx,
        `WITH v AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::int[]) AS v(send_id, first, until)),
         moved AS (UPDATE messages m SET state = $4, final_at = now() FROM v
           WHERE m.send_id = v.send_id AND m.seq >= v.first AND m.seq < v.until AND m.state = $5 RETURNING m.send_id)
         SELECT send_id, count(*)::int AS messages FROM moved GROUP BY send_id ORDER BY send_id`,
        [
          batches.map((batch) => batch.send_id),
          batches.map((batch) => batch.first_seq + batch.next_index),
          batches.map((batch) => batch.first_seq + batch.count),
          stateCode('cancelled'),
          stateCode('queued'),
        ],
      );
      for (const row of moved) {
        await execute(tx, 'UPDATE sends SET queued = queued - $2, cancelled = cancelled + $2 WHERE id = $1', [
          row.send_id,
          row.messages,
        ]);
      }
      await endBatches(
        tx,
        batches.map((batch) => batch.id),
      );
      return batches.map((batch) => batch.send_id);
    });
    this.mark(touched);
    if (touched.length > 0) this.refresh();
    return touched.length > 0;
  }
}
