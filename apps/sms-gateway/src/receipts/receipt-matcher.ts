import { Injectable } from '@nestjs/common';
import { query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { idForms } from './operator-id';
import { ReceiptRulesCache } from './receipt-rules';
import { newReportedMessage, noteReceipt } from './reported-message';
import type { Receipt, ReportedMessage } from './reported-message';

/** A receipt may overtake its answer by so much; an older one with the same id and recipient is of another message. */
const overtakeSeconds = 600;

/** Finds the messages of receipts of which only the operator's id is known. */
@Injectable()
export class ReceiptMatcher {
  constructor(private readonly rules: ReceiptRulesCache) {}

  /**
   * By id and recipient together: an operator gives an id twice (nodes behind one address, counters begun again). Of
   * several messages for one recipient it is the newest that was submitted before. A receipt that names no recipient
   * is matched when only one message has its id. All parts of the message that have the id are reported.
   */
  async findMessages(
    tx: EntityManager,
    receipts: readonly Receipt[],
  ): Promise<{ readonly rows: ReportedMessage[]; readonly known: ReadonlySet<number> }> {
    const rows = new Map<string, ReportedMessage>();
    const known = new Set<number>();
    const forms = receipts.flatMap((receipt, index) =>
      [receipt.id, receipt.otherId]
        .flatMap((id) => (id === '' ? [] : idForms(id)))
        .map((form, rank) => ({ index, form, rank, receipt })),
    );
    if (forms.length === 0) return { rows: [], known };
    const found = await query<{
      index: number;
      rank: number;
      send_id: string;
      seq: number;
      part: number;
      parts: number;
    }>(
      tx,
      `SELECT v.index, v.rank, s.send_id, s.seq, s.part, sends.parts
       FROM unnest($1::int[], $2::int[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::float8[])
         AS v(index, rank, form, link_id, msisdn, other, at)
       JOIN submissions s ON s.operator_id = v.form AND s.link_id = v.link_id
         AND (s.msisdn = v.msisdn OR s.msisdn = v.other OR (v.msisdn = 0 AND v.other = 0))
         AND s.submitted_at < to_timestamp(v.at) + ${overtakeSeconds} * interval '1 second'
       JOIN sends ON sends.id = s.send_id
       ORDER BY v.index, v.rank, s.submitted_at DESC, s.send_id, s.seq`,
      [
        forms.map((form) => form.index),
        forms.map((form) => form.rank),
        forms.map((form) => form.form),
        forms.map((form) => form.receipt.linkId),
        forms.map((form) => form.receipt.msisdn),
        forms.map((form) => form.receipt.otherMsisdn),
        forms.map((form) => form.receipt.at / 1_000),
      ],
    );
    const hits = new Map<number, typeof found>();
    for (const hit of found) {
      const own = hits.get(hit.index);
      if (own) own.push(hit);
      else hits.set(hit.index, [hit]);
    }
    for (const [index, own] of hits) {
      const receipt = receipts[index];
      const [first] = own;
      if (!receipt || !first) continue;
      const isOfFirst = (hit: (typeof found)[number]): boolean =>
        hit.send_id === first.send_id && hit.seq === first.seq;
      if (receipt.msisdn === 0 && receipt.otherMsisdn === 0 && !own.every(isOfFirst)) continue;
      known.add(index);
      const key = `${first.send_id} ${first.seq}`;
      const row = rows.get(key) ?? newReportedMessage(first.send_id, receipt.linkId, first.seq, first.parts);
      rows.set(key, row);
      const mask = own
        .filter((hit) => isOfFirst(hit) && hit.rank === first.rank)
        .reduce((bits, hit) => bits | (1 << hit.part), 0);
      noteReceipt(row, mask, receipt.state, receipt.at, this.rules.rulesOf(row.linkId));
    }
    return { rows: [...rows.values()], known };
  }
}
