import { Injectable } from '@nestjs/common';
import type { MessageState } from '@peyk/contracts';
import { execute, query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { stateCode } from '../messages/message.entity';
import type { MovesRow, SendChanges } from '../messages/send-changes';
import { canonicalId } from './operator-id';
import { ReceiptRulesCache } from './receipt-rules';
import { finalSeconds, stateAfter } from './reported-message';
import type { ReportedMessage } from './reported-message';

/**
 * Moves messages by their outcomes and receipts, many in one statement. Each statement moves only rows that are in a state
 * from which the move is allowed; counts and money follow from the rows that it really moved, so a repeated report changes
 * nothing.
 */
@Injectable()
export class MessageMoves {
  constructor(private readonly rules: ReceiptRulesCache) {}

  /** Answers whether every outcome moved its message. */
  async writeOutcomes(
    tx: EntityManager,
    all: readonly ReportedMessage[],
    changes: SendChanges,
  ): Promise<boolean> {
    const rows = all.filter((row) => row.outcome);
    if (rows.length === 0) return true;
    let moved = await this.moveOutcomes(tx, rows, 'queued', changes);
    if (moved === rows.length) return true;
    // Some were in doubt and are settled now, or this is a repetition.
    const answers = rows.filter((row) => row.outcome !== 'in_doubt');
    if (answers.length > 0) {
      moved += await this.moveOutcomes(tx, answers, 'in_doubt', changes);
      // Receipts of its other parts may have come while it was in doubt.
      await this.moveReceipts(tx, answers, 'sent', changes);
    }
    return moved === rows.length;
  }

  private async moveOutcomes(
    tx: EntityManager,
    rows: readonly ReportedMessage[],
    from: MessageState,
    changes: SendChanges,
  ): Promise<number> {
    const moved = await query<MovesRow>(
      tx,
      `WITH v AS (
         SELECT * FROM unnest($1::uuid[], $2::int[], $3::smallint[], $4::int[], $5::int[], $6::int[], $7::bigint[], $8::text[], $9::float8[], $10::float8[])
           AS v(send_id, seq, state, submitted, delivered, undelivered, status, ids, at, final_at)),
       moved AS (
         UPDATE messages m SET state = v.state, submitted_mask = v.submitted, delivered_mask = m.delivered_mask | v.delivered,
           undelivered_mask = (m.undelivered_mask | v.undelivered) & ~(m.delivered_mask | v.delivered), error_status = nullif(v.status, 0), operator_ids = nullif(v.ids, ''),
           submitted_at = CASE WHEN v.submitted <> 0 THEN to_timestamp(v.at) END,
           final_at = CASE WHEN v.final_at > 0 THEN to_timestamp(v.final_at) END,
           charged_rials = CASE WHEN v.state = $12 THEN 0 ELSE bit_count(v.submitted::bit(32))::int * s.prices[m.operator + 1] END,
           refunded_rials = CASE WHEN v.state = $13 AND s.refund_policy = 'delivered' THEN bit_count(v.submitted::bit(32))::int * s.prices[m.operator + 1] ELSE 0 END
         FROM v JOIN sends s ON s.id = v.send_id
         WHERE m.send_id = v.send_id AND m.seq = v.seq AND m.state = $11
         RETURNING m.send_id, m.state, m.submitted_mask, m.charged_rials, m.refunded_rials,
           CASE WHEN m.state = $14 THEN coalesce(m.error_status, 0) END AS error_status)
       SELECT send_id, state, error_status, count(*)::int AS messages, sum(bit_count(submitted_mask::bit(32)))::int AS submitted_parts,
         sum(charged_rials)::bigint AS charged, sum(refunded_rials)::bigint AS refunded
       FROM moved GROUP BY send_id, state, error_status`,
      [
        rows.map((row) => row.sendId),
        rows.map((row) => row.seq),
        rows.map((row) => stateCode(stateAfter(row, this.rules.rulesOf(row.linkId)))),
        rows.map((row) => row.submitted),
        rows.map((row) => row.delivered),
        rows.map((row) => row.undelivered),
        rows.map((row) => row.status),
        rows.map((row) => row.ids),
        rows.map((row) => row.at / 1_000),
        rows.map((row) => finalSeconds(row, this.rules.rulesOf(row.linkId))),
        stateCode(from),
        stateCode('in_doubt'),
        stateCode('undelivered'),
        stateCode('failed'),
      ],
    );
    return changes.countMoves(moved, from);
  }

  /** @returns rows with receipts for whom no message was found in a state that takes them */
  async writeReceipts(
    tx: EntityManager,
    all: readonly ReportedMessage[],
    changes: SendChanges,
  ): Promise<ReportedMessage[]> {
    let rows = all.filter((row) => (row.delivered | row.undelivered) !== 0);
    for (const from of ['sent', 'unreported', 'in_doubt'] as const) {
      if (rows.length === 0) return rows;
      const moved = await this.moveReceipts(tx, rows, from, changes);
      rows = rows.filter((row) => !moved.has(`${row.sendId} ${row.seq}`));
    }
    return rows;
  }

  async moveReceipts(
    tx: EntityManager,
    rows: readonly ReportedMessage[],
    from: MessageState,
    changes: SendChanges,
  ): Promise<Set<string>> {
    // A receipt for a part in doubt says that the operator took it: all parts of the message count as submitted. One for
    // a part that is known to be submitted says nothing of the others: the message stays in doubt.
    const settles = '((v.delivered | v.undelivered) & ~m.submitted_mask) <> 0';
    const taken =
      from === 'in_doubt'
        ? `CASE WHEN ${settles} THEN (1 << m.parts) - 1 ELSE m.submitted_mask END`
        : 'm.submitted_mask';
    const moved = await query<{
      send_id: string;
      seq: number;
      state: number;
      charged: number;
      refunded: number;
      submitted_parts: number;
    }>(
      tx,
      `WITH v AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::float8[], $11::boolean[], $12::boolean[])
           AS v(send_id, seq, delivered, undelivered, at, lasts, waits)),
       w AS (
         SELECT v.*, m.parts, m.operator, ${taken} AS taken, ${from === 'in_doubt' ? `NOT (${settles})` : 'false'} AS doubtful,
           CASE WHEN v.lasts THEN (m.delivered_mask & ~v.undelivered) | v.delivered ELSE m.delivered_mask | v.delivered END AS d,
           CASE WHEN v.lasts THEN (m.undelivered_mask & ~v.delivered) | v.undelivered
                ELSE (m.undelivered_mask | v.undelivered) & ~(m.delivered_mask | v.delivered) END AS u
         FROM v JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq WHERE m.state = $6),
       x AS (
         SELECT w.*, NOT doubtful AND taken & ~d = 0 AND NOT (lasts AND waits) AS is_delivered,
           NOT doubtful AND taken & ~(d | u) = 0 AND NOT waits AS is_final FROM w),
       moved AS (
         UPDATE messages m SET delivered_mask = x.d, undelivered_mask = x.u, submitted_mask = x.taken,
           state = CASE WHEN x.doubtful THEN m.state WHEN x.is_delivered THEN $7::smallint WHEN x.is_final THEN $8::smallint
                        WHEN $6 = $9 THEN $10::smallint ELSE m.state END,
           final_at = CASE WHEN x.is_delivered OR x.is_final THEN to_timestamp(x.at) ELSE m.final_at END,
           submitted_at = coalesce(m.submitted_at, to_timestamp(x.at)),
           charged_rials = CASE WHEN $6 = $9 AND NOT x.doubtful THEN bit_count(x.taken::bit(32))::int * s.prices[x.operator + 1] ELSE m.charged_rials END,
           refunded_rials = CASE WHEN x.is_final AND NOT x.is_delivered AND s.refund_policy = 'delivered'
                                 THEN bit_count(x.taken::bit(32))::int * s.prices[x.operator + 1] ELSE m.refunded_rials END
         FROM x JOIN sends s ON s.id = x.send_id
         WHERE m.send_id = x.send_id AND m.seq = x.seq AND m.state = $6
         RETURNING m.send_id, m.seq, m.state, m.charged_rials, m.refunded_rials, m.submitted_mask)
       SELECT send_id, seq, state, CASE WHEN $6 = $9 THEN charged_rials ELSE 0 END AS charged, refunded_rials AS refunded,
         CASE WHEN $6 = $9 THEN bit_count(submitted_mask::bit(32))::int ELSE 0 END AS submitted_parts FROM moved`,
      [
        rows.map((row) => row.sendId),
        rows.map((row) => row.seq),
        rows.map((row) => row.delivered),
        rows.map((row) => row.undelivered),
        rows.map((row) => Math.max(row.receiptAt, row.at) / 1_000),
        stateCode(from),
        stateCode('delivered'),
        stateCode('undelivered'),
        stateCode('in_doubt'),
        stateCode('sent'),
        rows.map((row) => this.rules.rulesOf(row.linkId).lastWins),
        rows.map((row) => this.rules.rulesOf(row.linkId).waitSeconds > 0),
      ],
    );
    changes.countMoves(
      moved
        .filter((change) => change.state !== stateCode(from))
        .map((change) => ({ ...change, messages: 1 })),
      from,
    );
    return new Set(moved.map((change) => `${change.send_id} ${change.seq}`));
  }

  /** Operator's ids of parts whose receipt is still to come. */
  async writeSubmissions(tx: EntityManager, all: readonly ReportedMessage[]): Promise<void> {
    const rows = all.filter((row) => row.ids !== '');
    if (rows.length === 0) return;
    const columns = {
      ids: [] as string[],
      links: [] as string[],
      sends: [] as string[],
      seqs: [] as number[],
      parts: [] as number[],
      at: [] as number[],
    };
    for (const row of rows) {
      const ids = row.ids.split(' ');
      for (let part = 0; part < ids.length; part++) {
        const id = ids[part] ?? '-';
        if (id === '-' || id === '' || ((row.delivered | row.undelivered) >> part) & 1) continue;
        columns.ids.push(canonicalId(id));
        columns.links.push(row.linkId);
        columns.sends.push(row.sendId);
        columns.seqs.push(row.seq);
        columns.parts.push(part);
        columns.at.push(row.at / 1_000);
      }
    }
    if (columns.ids.length === 0) return;
    await execute(
      tx,
      `INSERT INTO submissions (operator_id, link_id, submitted_at, send_id, seq, part, msisdn)
       SELECT v.id, v.link_id, to_timestamp(v.at), v.send_id, v.seq, v.part, m.msisdn
       FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::smallint[], $6::float8[]) AS v(id, link_id, send_id, seq, part, at)
       JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq
       ON CONFLICT DO NOTHING`,
      [columns.ids, columns.links, columns.sends, columns.seqs, columns.parts, columns.at],
    );
  }
}
