import { messageStates } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import { execute, query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { countActivity } from '../activity/activity.entity';
import type { ActivityFigures } from '../activity/activity.entity';
import { stateCode } from './message.entity';

/** Messages of one send that went to one state: a row that a moving statement returns. */
export interface MovesRow {
  readonly send_id: string;
  readonly state: number;
  readonly messages: number;
  readonly submitted_parts: number;
  readonly charged: number;
  readonly refunded: number;
  /** command_status of refusals. */
  readonly error_status?: number | null;
}

/** Of `ActivityFigures`, what follows from outcomes and receipts. */
type Figures = Pick<ActivityFigures, 'sent' | 'parts' | 'delivered' | 'undelivered' | 'failed'>;

/** Order of the columns in `SendChanges.write`. */
const counted: readonly MessageState[] = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'blocked',
  'cancelled',
  'in_doubt',
  'unreported',
];

/** Changes of the sends' counts and money, gathered over a transaction and written once a send, last of all. */
export class SendChanges {
  private readonly byState = new Map<string, number[]>();
  private readonly money = new Map<string, { charged: number; refunded: number }>();
  readonly submittedParts = new Map<string, number>();
  /** By send, what it adds to its customer's activity; by customer what came in. */
  private readonly figures = new Map<string, Figures>();
  private readonly receivedBy = new Map<string, number>();
  /** Refusals by send and command_status. */
  private readonly refusals: { sendId: string; status: number; messages: number }[] = [];

  /** @returns how many messages moved */
  countMoves(moves: readonly MovesRow[], from: MessageState): number {
    let messages = 0;
    for (const change of moves) {
      messages += change.messages;
      this.count(change.send_id, stateCode(from), -change.messages);
      this.count(change.send_id, change.state, change.messages);
      const money = this.money.get(change.send_id) ?? { charged: 0, refunded: 0 };
      money.charged += change.charged;
      money.refunded += change.refunded;
      this.money.set(change.send_id, money);
      this.noteFigures(change, from);
      if (change.error_status !== undefined && change.error_status !== null)
        this.refusals.push({
          sendId: change.send_id,
          status: change.error_status,
          messages: change.messages,
        });
      this.submittedParts.set(
        change.send_id,
        (this.submittedParts.get(change.send_id) ?? 0) + change.submitted_parts,
      );
    }
    return messages;
  }

  /** @returns the sends that it changed. In id order: two flushes never wait for each other in a ring. */
  async write(tx: EntityManager): Promise<string[]> {
    const ids = [...this.byState.keys()].sort();
    if (ids.length === 0 && this.receivedBy.size === 0) return [];
    const column = (state: MessageState): number[] =>
      ids.map((id) => this.byState.get(id)?.[stateCode(state)] ?? 0);
    const owners = await query<{ id: string; customer_id: string; link_id: string }>(
      tx,
      `UPDATE sends s SET queued = s.queued + v.queued, sent = s.sent + v.sent, delivered = s.delivered + v.delivered,
         undelivered = s.undelivered + v.undelivered, failed = s.failed + v.failed, blocked = s.blocked + v.blocked,
         cancelled = s.cancelled + v.cancelled, in_doubt = s.in_doubt + v.in_doubt, unreported = s.unreported + v.unreported,
         charged_rials = s.charged_rials + v.charged, refunded_rials = s.refunded_rials + v.refunded
       FROM unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[], $11::bigint[], $12::bigint[])
         AS v(id, queued, sent, delivered, undelivered, failed, blocked, cancelled, in_doubt, unreported, charged, refunded)
       WHERE s.id = v.id RETURNING s.id, s.customer_id, s.link_id`,
      [
        ids,
        ...counted.map((state) => column(state)),
        ids.map((id) => this.money.get(id)?.charged ?? 0),
        ids.map((id) => this.money.get(id)?.refunded ?? 0),
      ],
    );
    await this.countRefusals(tx, new Map(owners.map(({ id, link_id }) => [id, link_id])));
    await this.countActivity(tx, owners);
    return ids;
  }

  /** A message came in at this customer. */
  countReceived(customerId: string): void {
    this.receivedBy.set(customerId, (this.receivedBy.get(customerId) ?? 0) + 1);
  }

  private noteFigures(change: MovesRow, from: MessageState): void {
    const to = messageStates[change.state];
    if (to === undefined || to === 'in_doubt' || to === 'queued') return;
    const figures: Figures = this.figures.get(change.send_id) ?? {
      sent: 0,
      parts: 0,
      delivered: 0,
      undelivered: 0,
      failed: 0,
    };
    this.figures.set(change.send_id, figures);
    if (to !== 'failed' && (from === 'queued' || from === 'in_doubt')) figures.sent += change.messages;
    if (to === 'delivered' || to === 'undelivered' || to === 'failed') figures[to] += change.messages;
    figures.parts += change.submitted_parts;
  }

  private async countRefusals(tx: EntityManager, links: ReadonlyMap<string, string>): Promise<void> {
    if (this.refusals.length === 0) return;
    await execute(
      tx,
      `INSERT INTO link_errors AS e (link_id, minute, status, messages)
       SELECT v.link_id, date_trunc('minute', now()), v.status, sum(v.messages)
       FROM unnest($1::uuid[], $2::bigint[], $3::int[]) AS v(link_id, status, messages) GROUP BY 1, 3 ORDER BY 1, 3
       ON CONFLICT (link_id, minute, status) DO UPDATE SET messages = e.messages + excluded.messages`,
      [
        this.refusals.map(({ sendId }) => links.get(sendId)),
        this.refusals.map(({ status }) => status),
        this.refusals.map(({ messages }) => messages),
      ],
    );
  }

  private async countActivity(
    tx: EntityManager,
    owners: readonly { readonly id: string; readonly customer_id: string }[],
  ): Promise<void> {
    const byCustomer = new Map<string, Partial<ActivityFigures>>();
    for (const { id, customer_id } of owners) {
      const { charged = 0, refunded = 0 } = this.money.get(id) ?? {};
      const figures = this.figures.get(id);
      if (!figures) continue;
      const sum = byCustomer.get(customer_id) ?? {};
      byCustomer.set(customer_id, sum);
      const all = { ...figures, chargedRials: charged, refundedRials: refunded };
      for (const [name, value] of Object.entries(all) as [keyof typeof all, number][])
        sum[name] = (sum[name] ?? 0) + value;
    }
    for (const [customerId, received] of this.receivedBy)
      byCustomer.set(customerId, { ...byCustomer.get(customerId), received });
    await countActivity(tx, byCustomer);
  }

  private count(sendId: string, state: number, messages: number): void {
    const counts = this.byState.get(sendId) ?? messageStates.map(() => 0);
    counts[state] = (counts[state] ?? 0) + messages;
    this.byState.set(sendId, counts);
  }
}
