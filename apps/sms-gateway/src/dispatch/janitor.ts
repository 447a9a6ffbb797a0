import { dispatchWork, receiptStates } from '@peyk/contracts';
import type { Transactions } from '@peyk/database';
import { ensureMonthlyPartitions, execute, query, quoteIdentifier } from '@peyk/database';
import { outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { LinksService } from '../links/links.service';
import { stateCode } from '../messages/message.entity';
import { noteSettlement } from '../messages/messages.service';
import type { MessagesService } from '../messages/messages.service';
import { idForms } from './operator-id';
import { Deltas, clockPastMs } from './recorder';

const doubtPage = 5_000;
const receiptPage = 20_000;
/** A receipt that nobody knows is looked at again after so long, and forgotten later. */
const orphanPatienceSeconds = 5;
const orphanKeepDays = 3;
const batchKeepDays = 3;
const watchKeepDays = 7;
/** The last month (reports of its last day come in this one), this one, and two to come. */
const partitionMonths = 4;

/** A receipt that nobody knows, and the one message in doubt for its number. */
interface OrphanOfDoubt {
  readonly id: string;
  readonly link_id: string;
  readonly operator_id: string;
  readonly msisdn: number;
  readonly state: number;
  readonly reported_at: Date;
  readonly send_id: string;
  readonly seq: number;
}

/** What the clock brings: silent workers, receipts that never came, doubts that the link's policy settles. */
export class Janitor {
  private slowAtMs = 0;
  private dailyAtMs = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
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
      const from = new Date(Date.now() - clockPastMs);
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
    for (const table of ['link_throttles', 'link_errors'])
      await execute(
        this.dataSource,
        `DELETE FROM ${table} WHERE minute < now() - interval '${watchKeepDays} days'`,
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
    const pairs = await query<OrphanOfDoubt>(
      this.dataSource,
      `WITH doubtful AS (
         SELECT s.link_id, m.send_id, m.seq, m.msisdn, count(*) OVER (PARTITION BY s.link_id, m.msisdn) AS candidates
         FROM sends s JOIN messages m ON m.send_id = s.id AND m.state = $1
         WHERE s.in_doubt > 0 AND s.state NOT IN ('finished', 'cancelled', 'refused'))
       SELECT DISTINCT ON (d.send_id, d.seq) o.id, o.link_id, o.operator_id, o.msisdn, o.state, o.reported_at, d.send_id, d.seq
       FROM orphan_receipts o JOIN doubtful d ON d.link_id = o.link_id AND d.msisdn = o.msisdn AND d.candidates = 1
       WHERE o.received_at < now() - $2 * interval '1 second'
       ORDER BY d.send_id, d.seq, o.received_at LIMIT ${doubtPage}`,
      [stateCode('in_doubt'), orphanPatienceSeconds],
    );
    for (const pair of pairs) {
      const state = receiptStates[pair.state];
      if (!state || (await this.isRepetition(pair))) continue;
      await this.settleByReceipt(pair, state === 'delivered');
    }
  }

  /**
   * Operators report twice. The id of a message that was reported together with its answer stands in the message alone;
   * its second report must not settle another message's doubt. Looked for only where a doubt would be settled.
   */
  private async isRepetition(orphan: OrphanOfDoubt): Promise<boolean> {
    const [known] = await query<{ known: boolean }>(
      this.dataSource,
      `SELECT EXISTS (
         SELECT FROM sends s JOIN messages m ON m.send_id = s.id
         WHERE s.link_id = $1 AND s.started_at > now() - interval '${orphanKeepDays} days' AND m.msisdn = $2 AND m.operator_ids IS NOT NULL
           AND EXISTS (SELECT FROM unnest(string_to_array(lower(m.operator_ids), ' ')) AS id WHERE ltrim(id, '0') = ANY($3))) AS known`,
      [orphan.link_id, orphan.msisdn, idForms(orphan.operator_id)],
    );
    if (!known?.known) return false;
    await execute(this.dataSource, 'DELETE FROM orphan_receipts WHERE id = $1', [orphan.id]);
    return true;
  }

  private async settleByReceipt(orphan: OrphanOfDoubt, delivered: boolean): Promise<void> {
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
      await noteSettlement(tx, orphan.send_id, [orphan.seq], 'receipt', null);
      const deltas = new Deltas();
      deltas.add(
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
      await deltas.apply(tx);
    });
    this.moved([orphan.send_id]);
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
