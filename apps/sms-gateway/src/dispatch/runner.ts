import { recipientPageSize } from '@peyk/contracts';
import { targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { RecipientPageDto } from '@peyk/contracts/targeting';
import type { Transactions } from '@peyk/database';
import { execute, query } from '@peyk/database';
import type { MessagingRuntime } from '@peyk/messaging';
import type { DataSource } from 'typeorm';
import { stateCode } from '../messages/message.entity';
import { layBatches, runsOf } from './batches';
import { optedOutOf } from '../opt-outs/opt-outs.service';
import { Round } from './round';

/** Different sends side by side, each in its own transaction; the pool bounds them. */
const sideBySide = 4;

interface OpenSend {
  readonly id: string;
  readonly customer_id: string;
  readonly link_id: string;
  readonly line_id: string;
  readonly advertising: boolean;
  readonly list_id: string;
  readonly first_position: number;
  readonly recipients: number;
  readonly cursor: number;
  readonly parts: number;
  readonly cancelling: boolean;
  readonly parts_per_second: number;
}

/**
 * Turns recipients into messages, page by page: messages, batches and cursor in one transaction, so that a crash
 * neither skips nor repeats anybody. It keeps a bounded stretch ahead of the workers; a cancelled send is written to its
 * end as cancelled, so that its report has everybody.
 */
export class Runner {
  /** A send whose page failed lets the others go first: its list may be gone for good. */
  private readonly writing: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
    private readonly lookahead: number,
    private readonly onNew: () => void,
  ) {
    this.writing = new Round('runner', messaging.logger, sideBySide);
  }

  /** One page for each send that needs one. Answers the pause in ms until the next step. */
  async step(): Promise<number> {
    const sends = await query<OpenSend>(
      this.dataSource,
      `SELECT s.id, s.customer_id, s.link_id, s.line_id, n.line_class = 'advertising' AS advertising, s.list_id, s.first_position, s.recipients, s.cursor, s.parts,
         s.state = 'cancelling' AS cancelling, l.parts_per_second
       FROM sends s JOIN links l ON l.id = s.link_id JOIN lines n ON n.id = s.line_id
       WHERE s.state IN ('queued', 'sending', 'cancelling') AND s.unwritten
         AND (s.state = 'cancelling' OR s.queued < $1) AND s.id <> ALL($2)
       ORDER BY CASE s.lane WHEN 'otp' THEN 0 WHEN 'transactional' THEN 1 ELSE 2 END, s.queued, s.id LIMIT 50`,
      [this.lookahead, this.writing.resting],
    );
    for (let at = 0, goesOn = true; goesOn && at < sends.length; at += sideBySide) {
      goesOn = await this.writing.each(
        sends.slice(at, at + sideBySide),
        ({ id }) => id,
        (send) => this.page(send),
      );
      this.onNew();
    }
    return sends.length > 0 ? 0 : 200;
  }

  private async page(send: OpenSend): Promise<void> {
    const limit = Math.min(recipientPageSize, send.recipients - send.cursor);
    const page = await this.messaging.rpc.call(
      targetingRecipientsRpc.page,
      {
        listId: send.list_id,
        customerId: send.customer_id,
        fromPosition: send.first_position + send.cursor,
        limit,
      },
      'service',
    );
    if (page.msisdns.length !== limit || page.operators.length !== limit) {
      throw new Error(`list ${send.list_id} gave ${page.msisdns.length} recipients instead of ${limit}`);
    }
    await this.write(send, page);
  }

  private write(send: OpenSend, page: RecipientPageDto): Promise<void> {
    const count = page.msisdns.length;
    return this.transactions.run(async (tx) => {
      // Who opted out gets no advertising, and that part of the hold goes back (SMS-206); a service line reaches all.
      const blocked =
        send.advertising && !send.cancelling
          ? await optedOutOf(tx, { lineId: send.line_id, customerId: send.customer_id }, page.msisdns)
          : new Set<number>();
      const moved = await execute(
        tx,
        send.cancelling
          ? `UPDATE sends SET cursor = cursor + $3, cancelled = cancelled + $3 WHERE id = $1 AND cursor = $2 AND state = 'cancelling'`
          : `UPDATE sends SET cursor = cursor + $3, queued = queued + $3 - $4, blocked = blocked + $4 WHERE id = $1 AND cursor = $2 AND state IN ('queued', 'sending')`,
        send.cancelling ? [send.id, send.cursor, count] : [send.id, send.cursor, count, blocked.size],
      );
      // Somebody paused or cancelled it meanwhile, or the page is written already.
      if (moved === 0) return;
      await execute(
        tx,
        `INSERT INTO messages (send_id, seq, msisdn, operator, state, parts, final_at)
         SELECT $1, $2 + v.at, v.msisdn, v.operator,
           CASE WHEN v.msisdn = ANY($8::bigint[]) THEN $9::smallint ELSE $5::smallint END, $6,
           CASE WHEN $7 OR v.msisdn = ANY($8::bigint[]) THEN now() END
         FROM unnest($3::bigint[], $4::smallint[]) WITH ORDINALITY AS v(msisdn, operator, at)`,
        [
          send.id,
          send.cursor,
          page.msisdns,
          page.operators,
          stateCode(send.cancelling ? 'cancelled' : 'queued'),
          send.parts,
          send.cancelling,
          [...blocked],
          stateCode('blocked'),
        ],
      );
      if (!send.cancelling) {
        const seqs = page.msisdns.flatMap((msisdn, index) =>
          blocked.has(msisdn) ? [] : [send.cursor + 1 + index],
        );
        await layBatches(
          tx,
          send.id,
          send.link_id,
          runsOf(seqs, batchSize(send.parts_per_second, send.parts)),
        );
      }
    });
  }
}

/** A batch is at most a quarter of a second of the link's contract, so that pause and priority act at once. */
export function batchSize(partsPerSecond: number, parts: number): number {
  if (partsPerSecond === 0) return 100;
  return Math.max(1, Math.min(100, Math.floor(partsPerSecond / 4 / parts)));
}
