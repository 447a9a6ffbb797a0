import { Injectable } from '@nestjs/common';
import { DomainError, messageStates, operators } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import type {
  DoubtEnd,
  DoubtSettledDto,
  DoubtSettleDto,
  MessageDto,
  MessagesDto,
  MessagesQueryDto,
  ReconcileDto,
  ReconcileQueryDto,
  ReportPageDto,
} from '@peyk/contracts/sms';
import { Transactions, execute, query, uuidv7 } from '@peyk/database';
import { csvLines } from '@peyk/files';
import type { CsvCell } from '@peyk/files';
import { formatJalaliDateTime } from '@peyk/persian';
import { DataSource, EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor, numberPattern } from '../cursor';
import { layBatches, runsOf } from '../dispatch/batches';
import { Deltas } from '../dispatch/recorder';
import { Nudge } from '../dispatch/nudge';
import { Send } from '../sends/send.entity';
import { DoubtSettlement, Message, stateCode } from './message.entity';
import { wantedMobile } from './wanted-mobile';

const reportPageRows = 2_000;
const reconcilePageSends = 100;
/** Settled at once in one transaction. */
const doubtPage = 5_000;

const stateTexts: Readonly<Record<MessageState, string>> = {
  queued: 'در صف',
  sent: 'تحویل مخابرات',
  delivered: 'رسیده به گوشی',
  undelivered: 'نرسیده به گوشی',
  failed: 'ناموفق',
  blocked: 'مسدود (لیست سیاه)',
  cancelled: 'لغوشده',
  in_doubt: 'نامعلوم',
  unreported: 'بدون گزارش تحویل',
};

@Injectable()
export class MessagesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly nudge: Nudge,
  ) {}

  /** SMS-015, SMS-016, SMS-017. The send is the caller's own (checked before). */
  async list(send: Send, filter: MessagesQueryDto): Promise<MessagesDto> {
    const limit = filter.limit ?? 50;
    const after = Number(decodeCursor(filter.cursor, numberPattern) ?? 0);
    const search = this.dataSource
      .getRepository(Message)
      .createQueryBuilder('m')
      .where('m.send_id = :sendId AND m.seq > :after', { sendId: send.id, after })
      .orderBy('m.seq', 'ASC')
      .take(limit + 1);
    if (filter.state) search.andWhere('m.state = :state', { state: stateCode(filter.state) });
    if (filter.operator)
      search.andWhere('m.operator = :operator', { operator: operators.indexOf(filter.operator) });
    if (filter.msisdn) search.andWhere('m.msisdn = :msisdn', { msisdn: wantedMobile(filter.msisdn) });
    const found = await search.getMany();
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.map(messageToDto),
      ...(!filter.operator && !filter.msisdn && { total: totalOf(send, filter.state) }),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.seq) } : {}),
    };
  }

  /** SMS-214. Numbers, fixed words and times, and the operator's ids: the one cell with foreign text. */
  async reportPage(sendId: string, afterPosition: number): Promise<ReportPageDto> {
    const rows = await this.dataSource
      .getRepository(Message)
      .createQueryBuilder('m')
      .where('m.send_id = :sendId AND m.seq > :afterPosition', { sendId, afterPosition })
      .orderBy('m.seq', 'ASC')
      .take(reportPageRows)
      .getMany();
    const last = rows.at(-1);
    return {
      csv: csvLines(rows.map(reportRow)),
      ...(rows.length === reportPageRows && last ? { lastPosition: last.seq } : {}),
    };
  }

  /**
   * Settles messages in doubt by a person's word (guarantee 2). `sent` charges all parts, `failed` releases,
   * `resend` puts them in line again. `settledBy`: the administrator; null: the link's policy.
   */
  async settleDoubt(input: DoubtSettleDto, settledBy: string | null = null): Promise<DoubtSettledDto> {
    let messages = 0;
    for (;;) {
      const settled = await this.settlePage(input.sendId, input.as, input.position, settledBy);
      messages += settled;
      if (settled < doubtPage) break;
    }
    if (messages === 0 && input.position !== undefined) throw new DomainError('message.wrongState');
    this.nudge.dispatch();
    return { messages };
  }

  /** Recomputes sends from their messages, in id order. */
  async reconcile(input: ReconcileQueryDto): Promise<ReconcileDto> {
    const rows = await query<{
      send_id: string;
      state: Send['state'];
      quoted: number;
      recipients: number;
      settled: boolean;
      said_charged: number;
      said_refunded: number;
      charged: number;
      refunded: number;
      messages: number;
      open: number;
      said_margin: number | null;
      margin_least: number;
      margin_most: number;
    }>(
      this.dataSource,
      `SELECT s.id AS send_id, s.state, s.quoted_rials AS quoted, s.recipients, s.settled,
         s.charged_rials AS said_charged, s.refunded_rials AS said_refunded, s.margin_rials AS said_margin, m.*
       FROM (SELECT * FROM sends WHERE id > $1 AND state NOT IN ('scheduled', 'suspended', 'placing') AND messages_removed_at IS NULL ORDER BY id LIMIT $2) s
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(charged_rials), 0)::bigint AS charged, coalesce(sum(refunded_rials), 0)::bigint AS refunded,
           count(*)::int AS messages, count(*) FILTER (WHERE state = ANY($3))::int AS open,
           coalesce(sum((charged_rials - refunded_rials) / nullif(s.prices[operator + 1], 0)
             * greatest(s.prices[operator + 1] - s.costs[operator + 1], 0)), 0)::bigint AS margin_least,
           coalesce(sum(charged_rials / nullif(s.prices[operator + 1], 0)
             * greatest(s.prices[operator + 1] - s.costs[operator + 1], 0)), 0)::bigint AS margin_most
         FROM messages WHERE send_id = s.id) m
       ORDER BY s.id`,
      [
        input.afterSendId ?? '00000000-0000-0000-0000-000000000000',
        reconcilePageSends,
        [stateCode('queued'), stateCode('in_doubt')],
      ],
    );
    return {
      rows: rows.map((row) => ({
        sendId: row.send_id,
        state: row.state,
        quotedRials: row.quoted,
        chargedRials: row.charged,
        refundedRials: row.refunded,
        saidChargedRials: row.said_charged,
        saidRefundedRials: row.said_refunded,
        messages: row.messages,
        recipients: row.recipients,
        open: row.open,
        settled: row.settled,
        saidMarginRials: row.said_margin,
        marginLeastRials: row.margin_least,
        marginMostRials: row.margin_most,
      })),
    };
  }

  private settlePage(
    sendId: string,
    as: DoubtSettleDto['as'],
    position: number | undefined,
    settledBy: string | null,
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
      const deltas = new Deltas();
      deltas.add(
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
      await noteSettlement(
        tx,
        sendId,
        rows.map((row) => row.seq),
        as,
        settledBy,
      );
      await deltas.apply(tx);
      return rows.length;
    });
  }
}

/** For the timeline of the messages, and for who asks who said so. */
export async function noteSettlement(
  tx: EntityManager,
  sendId: string,
  seqs: readonly number[],
  settledAs: DoubtEnd,
  settledBy: string | null,
): Promise<void> {
  await tx
    .getRepository(DoubtSettlement)
    .insert({ id: uuidv7(), sendId, seqs: [...seqs], settledAs, settledBy });
}

/** How many messages the send has, all or of one state. */
function totalOf(send: Send, state: MessageState | undefined): number {
  if (!state) return send.cursor;
  const { queued, sent, delivered, undelivered, failed, blocked, cancelled, unreported } = send;
  const counts = { queued, sent, delivered, undelivered, failed, blocked, cancelled, unreported };
  return state === 'in_doubt' ? send.inDoubt : counts[state];
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

export function messageToDto(message: Message): MessageDto {
  return {
    position: message.seq,
    msisdn: String(message.msisdn),
    operator: operators[message.operator] ?? 'other',
    state: messageStates[message.state] ?? 'queued',
    parts: message.parts,
    submittedParts: bits(message.submittedMask),
    chargedRials: message.chargedRials,
    refundedRials: message.refundedRials,
    errorStatus: message.errorStatus,
    operatorIds: message.operatorIds,
    submittedAt: message.submittedAt?.toISOString() ?? null,
    finalAt: message.finalAt?.toISOString() ?? null,
  };
}

/** Columns of the report; the heading line is the gateway's. */
function reportRow(message: Message): CsvCell[] {
  const state = messageStates[message.state] ?? 'queued';
  const time = (date: Date | null): string => (date ? formatJalaliDateTime(date) : '');
  return [
    message.seq,
    `0${String(message.msisdn).slice(2)}`,
    operators[message.operator] ?? 'other',
    stateTexts[state],
    message.parts,
    bits(message.submittedMask),
    message.chargedRials,
    message.refundedRials,
    message.errorStatus ?? '',
    time(message.submittedAt),
    time(message.finalAt),
    message.operatorIds ?? '',
  ];
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
