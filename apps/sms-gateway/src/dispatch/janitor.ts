import { dispatchWork, receiptStates } from '@peyk/contracts';
import type { Transactions } from '@peyk/database';
import { ensureMonthlyPartitions, execute, query, quoteIdentifier } from '@peyk/database';
import { outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { LinksService } from '../links/links.service';
import { stateCode } from '../messages/message.entity';
import type { MessagesService } from '../messages/messages.service';
import type { SendsService } from '../sends/sends.service';
import { Deltas } from './recorder';

const doubtPage = 5_000;
const receiptPage = 20_000;
/** A receipt that nobody knows is looked at again after so long, and forgotten later. */
const orphanPatienceSeconds = 5;
const orphanKeepDays = 3;
const batchKeepDays = 3;
const partitionMonths = 3;

/** What the clock brings: due sends, silent workers, receipts that never came, doubts that the link's policy settles. */
export class Janitor {
  private slowAtMs = 0;
  private dailyAtMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
    private readonly sends: SendsService,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly moved: (sendIds: Iterable<string>) => void,
  ) {}

  async step(): Promise<number> {
    const now = Date.now();
    if (now - this.dailyAtMs > 6 * 3_600_000) {
      await this.daily();
      this.dailyAtMs = now;
    }
    await this.sends.fireDue();
    await this.links.endSilentSessions();
    await this.tellEnded();
    if (now - this.slowAtMs > 5_000) {
      this.slowAtMs = now;
      await this.giveUpReceipts();
      await this.settleDoubts();
      await this.matchDoubtful();
    }
    return 1_000;
  }

  /** Month partitions for what is written from now on, with room for updates in place. */
  async partitions(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const from = new Date();
      await create(tx, 'messages', { from, months: partitionMonths, keyKind: 'uuidv7' }, 60);
      await create(tx, 'submissions', { from, months: partitionMonths, keyKind: 'timestamptz' }, 100);
    });
  }

  private async daily(): Promise<void> {
    await this.partitions();
    await execute(
      this.dataSource,
      `DELETE FROM orphan_receipts WHERE received_at < now() - interval '${orphanKeepDays} days'`,
    );
    await execute(
      this.dataSource,
      `DELETE FROM batches b USING sends s WHERE s.id = b.send_id AND b.state = 2 AND s.finished_at < now() - interval '${batchKeepDays} days'`,
    );
    await execute(
      this.dataSource,
      `DELETE FROM link_shares WHERE session_id IN (SELECT id FROM worker_sessions WHERE state = 'closed')`,
    );
    await execute(
      this.dataSource,
      `DELETE FROM worker_sessions WHERE state = 'closed' AND ended_at < now() - interval '1 day'`,
    );
  }

  /** Behind everything that a session reported: when the recorder meets it, nothing of that session is unread. */
  private async tellEnded(): Promise<void> {
    const sessions = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM worker_sessions WHERE state = 'ended' LIMIT 100`,
    );
    for (const { id } of sessions)
      await publishWork(this.messaging, dispatchWork.sessionEnded, outcomesQueue, { sessionId: id });
  }

  /** After the link's waiting time messages without a receipt are `unreported`: a final state, charged as sent. */
  private async giveUpReceipts(): Promise<void> {
    const due = await query<{ id: string }>(
      this.dataSource,
      `SELECT s.id FROM sends s JOIN links l ON l.id = s.link_id
       WHERE s.sent > 0 AND s.finished_at < now() - l.receipt_wait_seconds * interval '1 second' ORDER BY s.id LIMIT 20`,
    );
    for (const { id } of due) {
      await this.transactions.run(async (tx) => {
        const given = await execute(
          tx,
          `UPDATE messages SET state = $2, final_at = now() WHERE send_id = $1 AND seq IN (
             SELECT seq FROM messages WHERE send_id = $1 AND state = $3 ORDER BY seq LIMIT ${receiptPage} FOR UPDATE)`,
          [id, stateCode('unreported'), stateCode('sent')],
        );
        await execute(tx, 'UPDATE sends SET sent = sent - $2, unreported = unreported + $2 WHERE id = $1', [
          id,
          given,
        ]);
      });
      this.moved([id]);
    }
  }

  /** The link's stated policy, where it has one: after its waiting time doubts are settled as sent or as failed. */
  private async settleDoubts(): Promise<void> {
    const due = await query<{ id: string; settles_as: 'sent' | 'failed' }>(
      this.dataSource,
      `SELECT s.id, l.doubt_settles_as AS settles_as FROM sends s JOIN links l ON l.id = s.link_id
       WHERE s.in_doubt > 0 AND l.doubt_wait_seconds IS NOT NULL AND s.queued = 0 AND s.cursor = s.recipients
         AND NOT EXISTS (SELECT 1 FROM batches b WHERE b.send_id = s.id AND b.state < 2 )
         AND (SELECT max(b.assigned_at) FROM batches b WHERE b.send_id = s.id) < now() - l.doubt_wait_seconds * interval '1 second'
       ORDER BY s.id LIMIT 20`,
    );
    for (const { id, settles_as } of due) {
      await this.messages.settleDoubt({ sendId: id, as: settles_as });
      this.moved([id]);
    }
  }

  /**
   * A message in doubt has no operator's id, so its receipt matches nothing. A receipt that is still unknown after some
   * seconds, for a number with exactly one message in doubt on the link, is its receipt: it settles the doubt.
   */
  private async matchDoubtful(): Promise<void> {
    const orphans = await query<{
      id: string;
      link_id: string;
      msisdn: number;
      state: number;
      reported_at: Date;
    }>(
      this.dataSource,
      `SELECT id, link_id, msisdn, state, reported_at FROM orphan_receipts
       WHERE received_at < now() - $1 * interval '1 second' AND msisdn > 0 ORDER BY received_at LIMIT 5000`,
      [orphanPatienceSeconds],
    );
    if (orphans.length === 0) return;
    const doubtful = await query<{ link_id: string; send_id: string; seq: number; msisdn: number }>(
      this.dataSource,
      `SELECT s.link_id, m.send_id, m.seq, m.msisdn FROM sends s JOIN messages m ON m.send_id = s.id AND m.state = $1
       WHERE s.in_doubt > 0 LIMIT ${doubtPage}`,
      [stateCode('in_doubt')],
    );
    for (const orphan of orphans) {
      const candidates = doubtful.filter(
        (row) => row.link_id === orphan.link_id && row.msisdn === orphan.msisdn,
      );
      const [candidate] = candidates;
      const state = receiptStates[orphan.state];
      if (candidates.length !== 1 || !candidate || !state) continue;
      doubtful.splice(doubtful.indexOf(candidate), 1);
      await this.settleByReceipt(orphan, candidate, state === 'delivered');
    }
  }

  private async settleByReceipt(
    orphan: { id: string; reported_at: Date },
    message: { send_id: string; seq: number },
    delivered: boolean,
  ): Promise<void> {
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
        [message.send_id, message.seq, stateCode(to), delivered, orphan.reported_at, stateCode('in_doubt')],
      );
      await execute(tx, 'DELETE FROM orphan_receipts WHERE id = $1', [orphan.id]);
      const [change] = changes;
      if (!change) return;
      const deltas = new Deltas();
      deltas.add(
        [
          {
            send_id: message.send_id,
            state: stateCode(to),
            messages: 1,
            submitted_parts: change.parts,
            charged: change.charged,
            refunded: change.refunded,
          },
        ],
        'in_doubt',
      );
      await deltas.apply(tx);
    });
    this.moved([message.send_id]);
  }
}

async function create(
  tx: EntityManager,
  table: string,
  range: Parameters<typeof ensureMonthlyPartitions>[2],
  fillFactor: number,
): Promise<void> {
  for (const partition of await ensureMonthlyPartitions(tx, table, range)) {
    await tx.query(
      `ALTER TABLE ${quoteIdentifier(partition)} SET (fillfactor = ${fillFactor}, autovacuum_vacuum_scale_factor = 0.2, autovacuum_vacuum_insert_scale_factor = 0.5)`,
    );
  }
}
