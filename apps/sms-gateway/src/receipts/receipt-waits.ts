import { Injectable } from '@nestjs/common';
import { Transactions, execute, query } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import type { EntityManager } from 'typeorm';
import { stateCode } from '../messages/message.entity';
import { SendChanges } from '../messages/send-changes';
import { DispatchSignals } from '../signals/dispatch-signals';
import { MessageMoves } from './message-moves';
import { ReceiptRulesCache } from './receipt-rules';
import { newReportedMessage } from './reported-message';
import type { ReportedMessage } from './reported-message';

const waitsAStep = 1_000;

/** Receipts that a later one may still overrule: when their link's waiting time is over, they are final. */
@Injectable()
export class ReceiptWaits {
  constructor(
    private readonly transactions: Transactions,
    private readonly rules: ReceiptRulesCache,
    private readonly moves: MessageMoves,
    private readonly signals: DispatchSignals,
  ) {}

  /**
   * A receipt that could have been overruled and was not is final now: undelivered is paid back where the line's policy
   * says so. Costs as much as what waits. @returns how many became final
   */
  @Scheduled({
    name: 'final receipts',
    does: 'Makes receipts final that no later one overruled within the waiting time of their link.',
    everyMs: 1_000,
    runsIn: 'one replica',
  })
  async finishWaits(): Promise<number> {
    let finished = 0;
    let touched: readonly string[] = [];
    await this.transactions.run(
      async (tx) => {
        const due = await query<{ send_id: string; seq: number }>(
          tx,
          `DELETE FROM receipt_waits WHERE (send_id, seq) IN (
             SELECT send_id, seq FROM receipt_waits WHERE due_at <= now() ORDER BY due_at LIMIT ${waitsAStep} FOR UPDATE)
           RETURNING send_id, seq`,
        );
        finished = due.length;
        if (finished === 0) return;
        const rows = due.map((row) => ({
          ...newReportedMessage(row.send_id, '', row.seq, 0),
          receiptAt: Date.now(),
        }));
        const changes = new SendChanges();
        for (const from of ['sent', 'unreported'] as const)
          await this.moves.moveReceipts(tx, rows, from, changes);
        touched = await changes.write(tx);
      },
      { retrySerialization: 3 },
    );
    this.signals.reportMovedSends(touched);
    return finished;
  }

  /** Notes the messages of which every part has a receipt that may still be overruled. */
  async awaitFinalReceipts(tx: EntityManager, rows: readonly ReportedMessage[]): Promise<void> {
    const waiting = rows.filter(
      (row) => (row.delivered | row.undelivered) !== 0 && this.rules.rulesOf(row.linkId).waitSeconds > 0,
    );
    if (waiting.length === 0) return;
    await execute(
      tx,
      `INSERT INTO receipt_waits (send_id, seq, due_at)
       SELECT m.send_id, m.seq, now() + v.wait * interval '1 second'
       FROM unnest($1::uuid[], $2::int[], $3::int[]) AS v(send_id, seq, wait)
       JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq
       WHERE m.state IN ($4, $5) AND m.submitted_mask <> 0 AND m.submitted_mask & ~(m.delivered_mask | m.undelivered_mask) = 0
       ON CONFLICT DO NOTHING`,
      [
        waiting.map((row) => row.sendId),
        waiting.map((row) => row.seq),
        waiting.map((row) => this.rules.rulesOf(row.linkId).waitSeconds),
        stateCode('sent'),
        stateCode('unreported'),
      ],
    );
  }
}
