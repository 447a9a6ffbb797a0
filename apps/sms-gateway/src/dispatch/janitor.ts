import { dispatchWork, receiptStates } from '@peyk/contracts/sms';
import type { TableLives, Transactions } from '@peyk/database';
import {
  ensureMonthlyPartitions,
  execute,
  isPruned,
  pruneTable,
  query,
  quoteIdentifier,
  uuidv7LowerBound,
} from '@peyk/database';
import { outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { LinksService } from '../links/links.service';
import { stateCode } from '../messages/message.entity';
import { noteSettlement } from '../messages/messages.service';
import type { MessagesService } from '../messages/messages.service';
import type { InboxSearch } from '../inbox/inbox-search';
import type { SendSearch } from '../sends/send-search';
import { Deltas, clockPastMs } from './recorder';
import { RepetitionSearch } from './repetition-search';
import type { OrphanOfDoubt } from './repetition-search';
import { Round } from './round';

const dailyMs = 6 * 3_600_000;
const doubtPage = 5_000;
/** Sends of a link that are seen to in one step. */
const duePage = 20;
/** Messages of a send that are looked at in one transaction. */
const receiptStretch = 20_000;
const deletedAtOnce = 5_000;
const firstUuid = '00000000-0000-0000-0000-000000000000';
/** A receipt that nobody knows is looked at again after so long. */
const orphanPatienceSeconds = 5;
const batchKeepDays = 3;
/** The last month (reports of its last day come in this one), this one, and two to come. */
const partitionMonths = 4;

/** Something that the clock brings. */
export interface Duty {
  readonly name: string;
  /** Pause (ms) when nothing is left. */
  readonly everyMs: number;
  /** One bounded piece of it. Answers whether there is more to do now. */
  readonly run: () => Promise<boolean>;
}

/**
 * What the clock brings: silent workers, receipts that never came, doubts that the link's policy settles, old rows. Each
 * duty has a loop of its own: one that fails or is slow takes nothing from the others. What a duty costs is what is open
 * or what is to go, never what ever was.
 */
export class Janitor {
  readonly duties: readonly Duty[];
  private readonly givingUp: Round;
  /** By send, from which message on its receipts are still to be given up. */
  private readonly givenUpTo = new Map<string, number>();
  private readonly settling: Round;
  private readonly repetitions: RepetitionSearch;
  private readonly ofDoubts: Round;
  /** The last batch that was looked at, and may stay. */
  private keptBatch = firstUuid;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly lives: () => TableLives,
    search: { readonly sends: Pick<SendSearch, 'fill'>; readonly inbox: Pick<InboxSearch, 'fill'> },
    private readonly moved: (sendIds: Iterable<string>) => void,
  ) {
    this.givingUp = new Round('receipts given up', messaging.logger);
    this.settling = new Round('doubts', messaging.logger);
    this.ofDoubts = new Round('receipts of doubts', messaging.logger);
    this.repetitions = new RepetitionSearch(dataSource);
    const once = (act: () => Promise<void>) => (): Promise<boolean> => act().then(() => false);
    const daily = (name: string, run: () => Promise<boolean>): Duty => ({ name, everyMs: dailyMs, run });
    const seldom = (name: string, run: () => Promise<boolean>): Duty => ({ name, everyMs: 5_000, run });
    this.duties = [
      { name: 'silent sessions', everyMs: 1_000, run: once(() => this.links.endSilentSessions()) },
      { name: 'ended sessions', everyMs: 1_000, run: once(() => this.tellEnded()) },
      seldom('receipts given up', () => this.giveUpReceipts()),
      seldom('doubts', () => this.settleDoubts()),
      seldom('receipts of doubts', () => this.matchDoubtful()),
      daily(
        'partitions',
        once(() => this.partitions()),
      ),
      daily('words of sends', () => search.sends.fill()),
      daily('words of the inbox', () => search.inbox.fill()),
      daily('old batches', () => this.deleteBatches()),
      ...Object.entries(this.lives()).flatMap(([table, life]) =>
        isPruned(life)
          ? [
              daily(`old rows of ${table}`, async () => {
                const now = this.lives()[table];
                return now !== undefined && isPruned(now) && pruneTable(this.dataSource, table, now);
              }),
            ]
          : [],
      ),
    ];
  }

  /** Month partitions for what is written from now on, with room for updates in place. */
  async partitions(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const from = new Date(Date.now() - clockPastMs);
      await create(tx, 'messages', { from, months: partitionMonths, keyKind: 'uuidv7' }, 60);
      await create(tx, 'submissions', { from, months: partitionMonths, keyKind: 'timestamptz' }, 100);
    });
  }

  /** Batches of sends that are long over. They are looked at in the order in which they were made, oldest first. */
  private async deleteBatches(): Promise<boolean> {
    const page = await query<{ id: string; send_id: string; state: number }>(
      this.dataSource,
      `SELECT id, send_id, state FROM batches WHERE id > $1 AND id < $2 ORDER BY id LIMIT ${deletedAtOnce}`,
      [this.keptBatch, uuidv7LowerBound(new Date(Date.now() - batchKeepDays * 86_400_000))],
    );
    const sends = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE id = ANY($1) AND finished_at < now() - interval '${batchKeepDays} days'`,
      [[...new Set(page.map(({ send_id }) => send_id))]],
    );
    const over = new Set(sends.map(({ id }) => id));
    await execute(this.dataSource, 'DELETE FROM batches WHERE id = ANY($1) AND state = 2', [
      page.filter(({ send_id, state }) => state === 2 && over.has(send_id)).map(({ id }) => id),
    ]);
    const more = page.length === deletedAtOnce;
    this.keptBatch = (more && page.at(-1)?.id) || firstUuid;
    return more;
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
  private async giveUpReceipts(): Promise<boolean> {
    const due = await query<{ id: string; recipients: number }>(
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
  private async giveUp({
    id,
    recipients,
  }: {
    readonly id: string;
    readonly recipients: number;
  }): Promise<void> {
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
    this.moved([id]);
    const more = left > 0 && from + receiptStretch <= recipients;
    if (more) this.givenUpTo.set(id, from + receiptStretch);
    else this.givenUpTo.delete(id);
    // Looked at again, later and later: npm run reconcile tells more.
    if (left > 0 && !more)
      throw new Error(`the counts say that ${left} messages wait for a receipt, and none does`);
  }

  /** The link's stated policy, where it has one: after its waiting time doubts are settled as sent or as failed. */
  private async settleDoubts(): Promise<boolean> {
    const due = await query<{ id: string; settles_as: 'sent' | 'failed' }>(
      this.dataSource,
      `SELECT s.id, l.doubt_settles_as AS settles_as FROM links l JOIN sends s ON s.link_id = l.id AND s.has_doubts
       WHERE l.doubt_wait_seconds IS NOT NULL AND s.queued = 0 AND NOT s.unwritten AND s.id <> ALL($1)
         AND (SELECT max(b.assigned_at) FROM batches b WHERE b.send_id = s.id) < now() - l.doubt_wait_seconds * interval '1 second'
       ORDER BY s.id LIMIT ${duePage}`,
      [this.settling.resting],
    );
    const all = await this.settling.each(
      due,
      ({ id }) => id,
      async ({ id, settles_as }) => {
        await this.messages.settleDoubt({ sendId: id, as: settles_as });
        this.moved([id]);
      },
    );
    return all && due.length === duePage;
  }

  /**
   * A message in doubt has no operator's id, so its receipt matches nothing. A receipt that is still unknown after some
   * seconds, for a number with exactly one message in doubt on the link, is its receipt: it settles the doubt. Unless it
   * is the second report of another message.
   */
  private async matchDoubtful(): Promise<boolean> {
    const pairs = await this.orphansOfDoubts();
    if (pairs.length === 0) {
      this.repetitions.forget();
      return false;
    }
    const { through, repeated } = await this.repetitions.step(pairs);
    await execute(this.dataSource, 'DELETE FROM orphan_receipts WHERE id = ANY($1)', [repeated]);
    if (!through) return true;
    // One search for all that were there when it began; whatever came or went meanwhile is seen in the rows of now.
    const now = pairs.filter((pair) => this.repetitions.covers(pair.id) && !repeated.includes(pair.id));
    this.repetitions.forget();
    await this.ofDoubts.each(
      now,
      ({ id }) => id,
      async (pair) => {
        const state = receiptStates[pair.state];
        if (state) await this.settleByReceipt(pair, state === 'delivered');
      },
    );
    return now.length < pairs.length;
  }

  private orphansOfDoubts(): Promise<OrphanOfDoubt[]> {
    return query<OrphanOfDoubt>(
      this.dataSource,
      `WITH doubtful AS (
         SELECT s.link_id, m.send_id, m.seq, m.msisdn, count(*) OVER (PARTITION BY s.link_id, m.msisdn) AS candidates
         FROM sends s JOIN messages m ON m.send_id = s.id AND m.doubtful WHERE s.has_doubts)
       SELECT DISTINCT ON (d.send_id, d.seq) o.id, o.link_id, o.operator_id, o.msisdn, o.state, o.reported_at, d.send_id, d.seq
       FROM orphan_receipts o JOIN doubtful d ON d.link_id = o.link_id AND d.msisdn = o.msisdn AND d.candidates = 1
       WHERE o.received_at < now() - $1 * interval '1 second' AND o.id <> ALL($2)
       ORDER BY d.send_id, d.seq, o.received_at LIMIT ${doubtPage}`,
      [orphanPatienceSeconds, this.ofDoubts.resting],
    );
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
