import { Inject, Injectable } from '@nestjs/common';
import { Transactions, execute, query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { Round } from '../loops/round';
import { stateCode } from '../messages/message.entity';
import { DispatchSignals } from '../signals/dispatch-signals';

const dutyPauseMs = 50;
/** Sends of a link that are seen to in one step. */
const duePage = 20;
/** Messages of a send that are looked at in one transaction. */
const receiptStretch = 20_000;

interface AwaitingSendRow {
  readonly id: string;
  readonly recipients: number;
}

/** Messages whose receipt never came. */
@Injectable()
export class UnreportedMessages {
  private readonly givingUp: Round;
  /** By send, from which message on its receipts are still to be given up. */
  private readonly givenUpTo = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly signals: DispatchSignals,
    @Inject(MESSAGING) messaging: Pick<MessagingRuntime, 'logger'>,
  ) {
    this.givingUp = new Round('receipts given up', messaging.logger);
  }

  /** After the link's waiting time messages without a receipt are `unreported`: a final state, charged as sent. */
  @Scheduled({
    name: 'receipts given up',
    does: 'Makes messages unreported whose receipt did not come within the waiting time of their link.',
    everyMs: 5_000,
    runsIn: 'one replica',
    pauseMs: dutyPauseMs,
  })
  async giveUpReceipts(): Promise<boolean> {
    const due = await query<AwaitingSendRow>(
      this.dataSource,
      `SELECT s.id, s.recipients FROM links l CROSS JOIN LATERAL (
         SELECT id, recipients FROM sends WHERE link_id = l.id AND awaits_receipts
           AND finished_at < now() - l.receipt_wait_seconds * interval '1 second' AND id <> ALL($1)
         ORDER BY finished_at LIMIT ${duePage}) s`,
      [this.givingUp.resting],
    );
    const all = await this.givingUp.each(
      due,
      ({ id }) => id,
      (send) => this.giveUp(send),
    );
    return all && due.length > 0;
  }

  /** A stretch of its messages. The next one is had when the send is due again, as it is until none of them waits. */
  private async giveUp({ id, recipients }: AwaitingSendRow): Promise<void> {
    const from = this.givenUpTo.get(id) ?? 1;
    const left = await this.transactions.run(async (tx) => {
      const given = await execute(
        tx,
        'UPDATE messages SET state = $4, final_at = now() WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $5',
        [id, from, from + receiptStretch, stateCode('unreported'), stateCode('sent')],
      );
      const [send] = await query<{ sent: number }>(
        tx,
        'UPDATE sends SET sent = sent - $2, unreported = unreported + $2 WHERE id = $1 RETURNING sent',
        [id, given],
      );
      return send?.sent ?? 0;
    });
    this.signals.reportMovedSends([id]);
    const more = left > 0 && from + receiptStretch <= recipients;
    if (more) this.givenUpTo.set(id, from + receiptStretch);
    else this.givenUpTo.delete(id);
    // Looked at again, later and later: npm run reconcile tells more.
    if (left > 0 && !more)
      throw new Error(`the counts say that ${left} messages wait for a receipt, and none does`);
  }
}
