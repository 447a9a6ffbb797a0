import { Inject, Injectable } from '@nestjs/common';
import { receiptStates } from '@peyk/contracts/sms';
import { Transactions, execute, query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { Round } from '../loops/round';
import { stateCode } from '../messages/message.entity';
import { SendChanges } from '../messages/send-changes';
import { RepetitionSearch } from '../receipts/repetition-search';
import type { OrphanOfDoubt } from '../receipts/repetition-search';
import { DispatchSignals } from '../signals/dispatch-signals';
import { noteResolution } from './doubt-resolution';

const dutyPauseMs = 50;
const doubtPage = 5_000;
/** A receipt that nobody knows is looked at again after so long. */
const orphanPatienceSeconds = 5;

/** Doubts that a receipt of the operator resolves. */
@Injectable()
export class DoubtReceipts {
  private readonly repetitions: RepetitionSearch;
  private readonly ofDoubts: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly signals: DispatchSignals,
    @Inject(MESSAGING) messaging: Pick<MessagingRuntime, 'logger'>,
  ) {
    this.ofDoubts = new Round('receipts of doubts', messaging.logger);
    this.repetitions = new RepetitionSearch(dataSource);
  }

  /**
   * A message in doubt has no operator's id, so its receipt matches nothing. A receipt that is still unknown after some
   * seconds, for a number with exactly one message in doubt on the link, is its receipt: it resolves the doubt. Unless it
   * is the second report of another message.
   */
  @Scheduled({
    name: 'receipts of doubts',
    does: 'Finds receipts that name no message and are those of the one message in doubt for their number.',
    everyMs: 5_000,
    runsIn: 'one replica',
    pauseMs: dutyPauseMs,
  })
  async matchReceipts(): Promise<boolean> {
    const pairs = await this.orphansOfDoubts();
    if (pairs.length === 0) {
      this.repetitions.forget();
      return false;
    }
    const { through, repeated } = await this.repetitions.step(pairs);
    await execute(this.dataSource, 'DELETE FROM orphan_receipts WHERE id = ANY($1)', [repeated]);
    if (!through) return true;
    // One search for all that were there when it began; whatever came or went meanwhile is seen in the rows of now.
    const now = pairs.filter((pair) => this.repetitions.covers(pair.id) && !repeated.includes(pair.id));
    this.repetitions.forget();
    await this.ofDoubts.each(
      now,
      ({ id }) => id,
      async (pair) => {
        const state = receiptStates[pair.state];
        if (state) await this.resolveByReceipt(pair, state === 'delivered');
      },
    );
    return now.length < pairs.length;
  }

  private orphansOfDoubts(): Promise<OrphanOfDoubt[]> {
    return query<OrphanOfDoubt>(
      this.dataSource,
      `WITH doubtful AS (
         SELECT s.link_id, m.send_id, m.seq, m.msisdn, count(*) OVER (PARTITION BY s.link_id, m.msisdn) AS candidates
         FROM sends s JOIN messages m ON m.send_id = s.id AND m.doubtful WHERE s.has_doubts)
       SELECT DISTINCT ON (d.send_id, d.seq) o.id, o.link_id, o.operator_id, o.msisdn, o.state, o.reported_at, d.send_id, d.seq
       FROM orphan_receipts o JOIN doubtful d ON d.link_id = o.link_id AND d.msisdn = o.msisdn AND d.candidates = 1
       WHERE o.received_at < now() - $1 * interval '1 second' AND o.id <> ALL($2)
       ORDER BY d.send_id, d.seq, o.received_at LIMIT ${doubtPage}`,
      [orphanPatienceSeconds, this.ofDoubts.resting],
    );
  }

  private async resolveByReceipt(orphan: OrphanOfDoubt, delivered: boolean): Promise<void> {
    const to = delivered ? 'delivered' : 'undelivered';
    await this.transactions.run(async (tx) => {
      const changes = await query<{ charged: number; refunded: number; parts: number }>(
        tx,
        `UPDATE messages m SET state = $3, submitted_mask = (1 << m.parts) - 1, delivered_mask = CASE WHEN $4 THEN (1 << m.parts) - 1 ELSE 0 END,
           undelivered_mask = CASE WHEN $4 THEN 0 ELSE (1 << m.parts) - 1 END,
           charged_rials = m.parts * s.prices[m.operator + 1],
           refunded_rials = CASE WHEN NOT $4 AND s.refund_policy = 'delivered' THEN m.parts * s.prices[m.operator + 1] ELSE 0 END,
           submitted_at = coalesce(m.submitted_at, $5), final_at = $5
         FROM sends s WHERE s.id = m.send_id AND m.send_id = $1 AND m.seq = $2 AND m.state = $6
         RETURNING m.charged_rials AS charged, m.refunded_rials AS refunded, m.parts`,
        [orphan.send_id, orphan.seq, stateCode(to), delivered, orphan.reported_at, stateCode('in_doubt')],
      );
      await execute(tx, 'DELETE FROM orphan_receipts WHERE id = $1', [orphan.id]);
      const [change] = changes;
      if (!change) return;
      await noteResolution(tx, orphan.send_id, [orphan.seq], 'receipt', null);
      const sendChanges = new SendChanges();
      sendChanges.countMoves(
        [
          {
            send_id: orphan.send_id,
            state: stateCode(to),
            messages: 1,
            submitted_parts: change.parts,
            charged: change.charged,
            refunded: change.refunded,
          },
        ],
        'in_doubt',
      );
      await sendChanges.write(tx);
    });
    this.signals.reportMovedSends([orphan.send_id]);
  }
}
