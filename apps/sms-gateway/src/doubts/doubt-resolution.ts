import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import type { DoubtEnd, DoubtSettledDto, DoubtSettleDto } from '@peyk/contracts/sms';
import { Transactions, execute, query, uuidv7 } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { layBatches, runsOf } from '../messages/batches';
import { DoubtSettlement, stateCode } from '../messages/message.entity';
import { SendChanges } from '../messages/send-changes';
import { Send } from '../sends/send.entity';
import { DispatchSignals } from '../signals/dispatch-signals';

/** Resolved at once in one transaction. */
const doubtPage = 5_000;

/** Ends the doubt about messages by a person's word, or by the stated policy of their link (guarantee 2). */
@Injectable()
export class DoubtResolution {
  constructor(
    private readonly transactions: Transactions,
    private readonly signals: DispatchSignals,
  ) {}

  /**
   * Resolves messages in doubt (guarantee 2). `sent` charges all parts, `failed` releases,
   * `resend` puts them in line again. `resolvedBy`: the administrator; null: the link's policy.
   */
  async resolveDoubt(input: DoubtSettleDto, resolvedBy: string | null = null): Promise<DoubtSettledDto> {
    let messages = 0;
    for (;;) {
      const resolved = await this.resolvePage(input.sendId, input.as, input.position, resolvedBy);
      messages += resolved;
      if (resolved < doubtPage) break;
    }
    if (messages === 0 && input.position !== undefined) throw new DomainError('message.wrongState');
    this.signals.announceWork();
    return { messages };
  }

  private resolvePage(
    sendId: string,
    as: DoubtSettleDto['as'],
    position: number | undefined,
    resolvedBy: string | null,
  ): Promise<number> {
    const to: MessageState = as === 'resend' ? 'queued' : as;
    return this.transactions.run(async (tx) => {
      const rows = await query<{ seq: number; charged: number; parts: number }>(
        tx,
        `UPDATE messages m SET state = $3::smallint,
           submitted_mask = CASE WHEN $3::smallint = $5::smallint THEN (1 << m.parts) - 1 ELSE m.submitted_mask END,
           charged_rials = CASE WHEN $3::smallint = $5::smallint THEN m.parts * s.prices[m.operator + 1] WHEN $3::smallint = $6::smallint THEN bit_count(m.submitted_mask::bit(32))::int * s.prices[m.operator + 1] ELSE 0 END,
           submitted_at = CASE WHEN $3::smallint = $5::smallint THEN coalesce(m.submitted_at, now()) ELSE m.submitted_at END,
           final_at = CASE WHEN $3::smallint = $6::smallint THEN now() END
         FROM sends s
         WHERE s.id = $1 AND m.send_id = $1 AND m.seq IN (
           SELECT seq FROM messages WHERE send_id = $1 AND doubtful AND state = $2::smallint AND ($4::int IS NULL OR seq = $4) ORDER BY seq LIMIT ${doubtPage} FOR UPDATE)
         RETURNING m.seq, m.charged_rials AS charged, bit_count(m.submitted_mask::bit(32))::int AS parts`,
        [
          sendId,
          stateCode('in_doubt'),
          stateCode(to),
          position ?? null,
          stateCode('sent'),
          stateCode('failed'),
        ],
      );
      if (rows.length === 0) return 0;
      const changes = new SendChanges();
      changes.countMoves(
        [
          {
            send_id: sendId,
            state: stateCode(to),
            messages: rows.length,
            submitted_parts: rows.reduce((sum, row) => sum + row.parts, 0),
            charged: rows.reduce((sum, row) => sum + row.charged, 0),
            refunded: 0,
          },
        ],
        'in_doubt',
      );
      if (to === 'queued')
        await requeue(
          tx,
          sendId,
          rows.map((row) => row.seq),
        );
      await noteResolution(
        tx,
        sendId,
        rows.map((row) => row.seq),
        as,
        resolvedBy,
      );
      await changes.write(tx);
      return rows.length;
    });
  }
}

/** For the timeline of the messages, and for who asks who said so. */
export async function noteResolution(
  tx: EntityManager,
  sendId: string,
  seqs: readonly number[],
  resolvedAs: DoubtEnd,
  resolvedBy: string | null,
): Promise<void> {
  await tx
    .getRepository(DoubtSettlement)
    .insert({ id: uuidv7(), sendId, seqs: [...seqs], settledAs: resolvedAs, settledBy: resolvedBy });
}

async function requeue(tx: EntityManager, sendId: string, seqs: readonly number[]): Promise<void> {
  const send = await tx.getRepository(Send).findOneByOrFail({ id: sendId });
  if (send.state === 'cancelling') {
    await execute(
      tx,
      'UPDATE messages SET state = $3, final_at = now() WHERE send_id = $1 AND seq = ANY($2)',
      [sendId, seqs, stateCode('cancelled')],
    );
    await execute(tx, 'UPDATE sends SET queued = queued - $2, cancelled = cancelled + $2 WHERE id = $1', [
      sendId,
      seqs.length,
    ]);
    return;
  }
  await layBatches(tx, sendId, send.linkId, runsOf([...seqs].sort((a, b) => a - b)));
}
