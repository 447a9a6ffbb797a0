import { Injectable } from '@nestjs/common';
import { messageStates, operators } from '@peyk/contracts';
import { maxBreakdownHours } from '@peyk/contracts/sms';
import type { BreakdownDto, BreakdownHourDto } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { stateCode } from '../messages/message.entity';
import { finalSendStates } from '../sends/send.entity';
import type { Send } from '../sends/send.entity';

/** One of a moving send that is no longer true is still answered for so long, or ten times what it took to count, to a minute. */
const freshMs = 2_000;
const staleMaxMs = 60_000;
const keptSends = 200;

interface Group {
  readonly state: number;
  readonly operator: number;
  readonly submitted: Date | null;
  readonly final: Date | null;
  readonly messages: number;
  readonly net: number;
}

interface Kept {
  /** The send's counts when it was counted: while they are the same, so is the breakdown. */
  readonly counts: string;
  readonly untilMs: number;
  readonly breakdown: Promise<BreakdownDto>;
}

/**
 * Messages of a send by state, operator and hour. Half a million are read in about 0.6 s, and only once: what
 * was counted is kept while the send stands still, and for a while when it moves. Of one that is over it is never older
 * than the send's own counts.
 */
@Injectable()
export class BreakdownService {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly dataSource: DataSource) {}

  /** The send is the caller's own (checked before). */
  of(send: Send): Promise<BreakdownDto> {
    const counts = [
      send.cursor,
      ...[send.queued, send.sent, send.delivered, send.undelivered, send.failed],
      ...[send.blocked, send.cancelled, send.inDoubt, send.unreported, send.chargedRials, send.refundedRials],
    ].join(' ');
    const known = this.kept.get(send.id);
    const isOver = finalSendStates.includes(send.state) && send.sent + send.inDoubt === 0;
    if (known && (known.counts === counts || (!isOver && Date.now() < known.untilMs))) return known.breakdown;
    return this.keep(send.id, counts);
  }

  private keep(sendId: string, counts: string): Promise<BreakdownDto> {
    const beganMs = Date.now();
    const breakdown = this.count(sendId);
    this.kept.delete(sendId);
    this.kept.set(sendId, { counts, untilMs: Infinity, breakdown });
    const [oldest] = this.kept.keys();
    if (this.kept.size > keptSends && oldest !== undefined) this.kept.delete(oldest);
    const isOwn = (): boolean => this.kept.get(sendId)?.breakdown === breakdown;
    breakdown.then(
      () => {
        const nowMs = Date.now();
        const untilMs = nowMs + Math.min(staleMaxMs, Math.max(freshMs, 10 * (nowMs - beganMs)));
        if (isOwn()) this.kept.set(sendId, { counts, untilMs, breakdown });
      },
      () => {
        if (isOwn()) this.kept.delete(sendId);
      },
    );
    return breakdown;
  }

  private async count(sendId: string): Promise<BreakdownDto> {
    const at = new Date();
    // Hours of Asia/Tehran begin at :30 UTC; date_trunc with a time zone takes twice as long.
    const hourOf = (column: string): string => `date_bin('1 hour', ${column}, '2000-01-01 00:30Z')`;
    const groups = await query<Group>(
      this.dataSource,
      `SELECT state, operator, ${hourOf('submitted_at')} AS submitted, ${hourOf('final_at')} AS final,
         count(*)::int AS messages, sum(charged_rials - refunded_rials)::bigint AS net
       FROM messages WHERE send_id = $1 GROUP BY 1, 2, 3, 4`,
      [sendId],
    );
    const rows = new Map<string, { state: number; operator: number; messages: number; net: number }>();
    const hours = new Map<number, BreakdownHourDto>();
    const hour = (start: Date): BreakdownHourDto => {
      const known = hours.get(start.getTime());
      if (known) return known;
      const made = { startsAt: start.toISOString(), sent: 0, delivered: 0, undelivered: 0, failed: 0 };
      hours.set(start.getTime(), made);
      return made;
    };
    for (const { state, operator, submitted, final, messages, net } of groups) {
      const key = `${state} ${operator}`;
      const row = rows.get(key) ?? { state, operator, messages: 0, net: 0 };
      rows.set(key, row);
      row.messages += messages;
      row.net += net;
      if (submitted !== null && state !== stateCode('failed')) hour(submitted).sent += messages;
      const ended = messageStates[state];
      if (final !== null && (ended === 'delivered' || ended === 'undelivered' || ended === 'failed'))
        hour(final)[ended] += messages;
    }
    return {
      at: at.toISOString(),
      rows: [...rows.values()]
        .sort((a, b) => a.state - b.state || a.operator - b.operator)
        .map(({ state, operator, messages, net }) => ({
          state: messageStates[state] ?? 'queued',
          operator: operators[operator] ?? 'other',
          messages,
          netRials: net,
        })),
      hours: [...hours]
        .sort(([a], [b]) => a - b)
        .slice(0, maxBreakdownHours)
        .map(([, counted]) => counted),
    };
  }
}
