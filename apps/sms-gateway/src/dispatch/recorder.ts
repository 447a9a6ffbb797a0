import { messageStates } from '@peyk/contracts';
import { outcomeKinds, receiptStates } from '@peyk/contracts/sms';
import type { MessageState } from '@peyk/contracts';
import type { DispatchBatchDto, InboundPartDto, OutcomeBatchDto, ReceiptState } from '@peyk/contracts/sms';
import type { Transactions } from '@peyk/database';
import { execute, query, uuidv7 } from '@peyk/database';
import type { MessagingRuntime } from '@peyk/messaging';
import { gauge } from '@peyk/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { countActivity } from '../activity/activity.entity';
import type { ActivityFigures } from '../activity/activity.entity';
import type { InboxService } from '../inbox/inbox.service';
import { stateCode } from '../messages/message.entity';
import { layBatches, runsOf } from './batches';
import type { Nudge } from './nudge';
import { canonicalId, idForms } from './operator-id';

/** What this process knows of a batch that is on its way. */
interface BatchInfo {
  readonly id: string;
  readonly sendId: string;
  readonly linkId: string;
  readonly firstSeq: number;
  readonly parts: number;
  count: number;
  startedTo: number;
  /** Rows without an outcome; -1: not known, must be counted. */
  open: number;
  sessionId: string | null;
}

/** Everything that came in of one message within a flush. */
interface Row {
  readonly sendId: string;
  readonly linkId: string;
  readonly seq: number;
  readonly parts: number;
  outcome: 'sent' | 'failed' | 'in_doubt' | undefined;
  submitted: number;
  status: number;
  ids: string;
  at: number;
  delivered: number;
  undelivered: number;
  receiptAt: number;
  /** Receipts that came with their place in a batch. */
  receipts?: Receipt[];
}

interface Receipt {
  readonly linkId: string;
  /** '' when it names no message. */
  readonly id: string;
  /** The id of its text where its TLV has another, else ''. */
  readonly otherId: string;
  readonly state: ReceiptState;
  /** Likelier recipient, and its other address where that is a number; 0: none. */
  readonly msisdn: number;
  readonly otherMsisdn: number;
  readonly at: number;
}

interface Change {
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

const infoCacheSize = 50_000;
/** A receipt may overtake its answer by so much; an older one with the same id and recipient is of another message. */
const overtakeSeconds = 600;
/** Receipts that match nothing, of one link; more are not kept. */
const keptReceiptsMax = 100_000;
const orphansAFlush = 5_000;

const unmatched = gauge('receipts_unmatched', 'Receipts kept that match no message', ['link']);
/** What workers may report of the past (a queue that nobody read), and how far a clock may be ahead. */
export const clockPastMs = 27 * 86_400_000;
const clockAheadMs = 60_000;
/** How receipts of a link are read (its columns of these names); at most so old. */
interface ReceiptRules {
  readonly oneForAll: boolean;
  readonly lastWins: boolean;
  readonly waitSeconds: number;
}
const plainRules: ReceiptRules = { oneForAll: false, lastWins: false, waitSeconds: 0 };
const rulesCacheMs = 2_000;
const finalWordsAStep = 1_000;
/** Order of the columns in `Deltas.apply`. */
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

export interface RecorderHooks {
  readonly answered: (sessionId: string, linkId: string, parts: number) => void;
  readonly seen: (batchId: string) => void;
  readonly through: (batchId: string) => void;
  readonly sessionClosed: (sessionId: string) => void;
  /** Sends whose counts moved. */
  readonly moved: (sendIds: Iterable<string>) => void;
}

/**
 * Writes what the workers report: one transaction for many messages, set by set, never a statement a message. Every
 * statement only moves rows that are in a state from which the move is allowed, and counts and money follow from the
 * rows that it really moved: a repeated report changes nothing.
 */
export class Recorder {
  private readonly infos = new Map<string, BatchInfo>();
  /** False while no receipt without a message is kept: spares a query a flush. */
  private orphans = true;
  private rules: ReadonlyMap<string, ReceiptRules> = new Map();
  private rulesUntilMs = 0;
  /** Receipts that match nothing, by link, when they were last counted. */
  private kept: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
    private readonly inbox: InboxService,
    private readonly nudge: Nudge,
    private readonly hooks: RecorderHooks,
  ) {}

  /** The releaser gave this batch out. */
  assigned(batch: DispatchBatchDto, sessionId: string): void {
    if (this.infos.size > infoCacheSize) this.infos.clear();
    this.infos.set(batch.batchId, {
      id: batch.batchId,
      sendId: batch.sendId,
      linkId: batch.linkId,
      firstSeq: (batch.seqs[0] ?? 1) - batch.fromIndex,
      parts: batch.parts,
      count: batch.fromIndex + batch.seqs.length,
      startedTo: batch.fromIndex,
      open: batch.seqs.length,
      sessionId,
    });
  }

  /** Records reports in the order in which they came; resolves when all is committed. */
  async flush(reports: readonly OutcomeBatchDto[]): Promise<void> {
    await this.loadInfos(reports);
    await this.loadRules();
    const after: (() => void)[] = [];
    await this.transactions.run(
      async (tx) => {
        after.length = 0;
        await this.record(tx, reports, after);
      },
      { retrySerialization: 3 },
    );
    for (const act of after) act();
  }

  /**
   * All that a session reported is recorded: what it started and did not answer is in doubt (guarantee 2), what it did
   * not start waits again.
   */
  async closeSession(sessionId: string): Promise<void> {
    const touched = new Set<string>();
    await this.transactions.run(async (tx) => {
      const batches = await query<{
        id: string;
        send_id: string;
        link_id: string;
        first_seq: number;
        count: number;
        next_index: number;
        started_to: number;
      }>(
        tx,
        'SELECT id, send_id, link_id, first_seq, count, next_index, started_to FROM batches WHERE session_id = $1 AND state = 1 ORDER BY id FOR UPDATE',
        [sessionId],
      );
      for (const batch of batches) {
        touched.add(batch.send_id);
        // Rows that were started and then given back unwritten wait in another batch.
        const started = Math.min(batch.count, Math.max(batch.next_index, batch.started_to));
        const doubtful = await execute(
          tx,
          'UPDATE messages SET state = $4 WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $5',
          [
            batch.send_id,
            batch.first_seq + batch.next_index,
            batch.first_seq + started,
            stateCode('in_doubt'),
            stateCode('queued'),
          ],
        );
        if (doubtful > 0) {
          await execute(tx, 'UPDATE sends SET queued = queued - $2, in_doubt = in_doubt + $2 WHERE id = $1', [
            batch.send_id,
            doubtful,
          ]);
          this.messaging.logger.warn(
            { sendId: batch.send_id, batchId: batch.id, messages: doubtful },
            'messages in doubt',
          );
        }
        const waiting = await query<{ seq: number }>(
          tx,
          'SELECT seq FROM messages WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $4 ORDER BY seq',
          [batch.send_id, batch.first_seq + started, batch.first_seq + batch.count, stateCode('queued')],
        );
        await execute(tx, 'UPDATE batches SET state = 2 WHERE id = $1', [batch.id]);
        await layBatches(tx, batch.send_id, batch.link_id, runsOf(waiting.map((row) => row.seq)));
      }
      await execute(tx, `UPDATE worker_sessions SET state = 'closed' WHERE id = $1`, [sessionId]);
      await execute(tx, 'DELETE FROM link_binds WHERE session_id = $1', [sessionId]);
    });
    for (const info of [...this.infos.values()]) if (info.sessionId === sessionId) this.infos.delete(info.id);
    this.hooks.sessionClosed(sessionId);
    this.hooks.moved(touched);
  }

  private async loadInfos(reports: readonly OutcomeBatchDto[]): Promise<void> {
    const missing = new Set(reports.flatMap((report) => report.batchIds.filter((id) => !this.infos.has(id))));
    if (missing.size === 0) return;
    const rows = await query<{
      id: string;
      send_id: string;
      link_id: string;
      first_seq: number;
      count: number;
      parts: number;
      started_to: number;
      session_id: string | null;
    }>(
      this.dataSource,
      `SELECT b.id, b.send_id, b.link_id, b.first_seq, b.count, s.parts, b.started_to, b.session_id
       FROM batches b JOIN sends s ON s.id = b.send_id WHERE b.id = ANY($1)`,
      [[...missing]],
    );
    for (const row of rows) {
      this.infos.set(row.id, {
        id: row.id,
        sendId: row.send_id,
        linkId: row.link_id,
        firstSeq: row.first_seq,
        parts: row.parts,
        count: row.count,
        startedTo: row.started_to,
        open: -1,
        sessionId: row.session_id,
      });
    }
  }

  private async loadRules(): Promise<void> {
    if (Date.now() < this.rulesUntilMs) return;
    const links = await query<{ id: string; one: boolean; last: boolean; wait: number }>(
      this.dataSource,
      `SELECT id, receipt_rule = 'one_for_all' AS one, receipt_wins = 'last' AS last, receipt_final_wait_seconds AS wait FROM links`,
    );
    this.rules = new Map(
      links.map(({ id, one, last, wait }) => [id, { oneForAll: one, lastWins: last, waitSeconds: wait }]),
    );
    this.rulesUntilMs = Date.now() + rulesCacheMs;
  }

  private rulesOf(linkId: string): ReceiptRules {
    return this.rules.get(linkId) ?? plainRules;
  }

  /**
   * Words that could have been overruled and were not are final now: undelivered is paid back where the line's policy says
   * so. Run by the leader; costs as much as what waits.
   */
  async finishWords(): Promise<number> {
    let finished = 0;
    let touched: readonly string[] = [];
    await this.transactions.run(
      async (tx) => {
        const due = await query<{ send_id: string; seq: number }>(
          tx,
          `DELETE FROM receipt_waits WHERE (send_id, seq) IN (
             SELECT send_id, seq FROM receipt_waits WHERE due_at <= now() ORDER BY due_at LIMIT ${finalWordsAStep} FOR UPDATE)
           RETURNING send_id, seq`,
        );
        finished = due.length;
        if (finished === 0) return;
        const rows = due.map((row) => ({ ...emptyRow(row.send_id, '', row.seq, 0), receiptAt: Date.now() }));
        const deltas = new Deltas();
        for (const from of ['sent', 'unreported'] as const) await this.moveReceipts(tx, rows, from, deltas);
        touched = await deltas.apply(tx);
      },
      { retrySerialization: 3 },
    );
    this.hooks.moved(touched);
    return finished;
  }

  /** Messages of which every part has a word that may still be overruled. */
  private async awaitFinalWords(tx: EntityManager, rows: readonly Row[]): Promise<void> {
    const waiting = rows.filter(
      (row) => (row.delivered | row.undelivered) !== 0 && this.rulesOf(row.linkId).waitSeconds > 0,
    );
    if (waiting.length === 0) return;
    await execute(
      tx,
      `INSERT INTO receipt_waits (send_id, seq, due_at)
       SELECT m.send_id, m.seq, now() + v.wait * interval '1 second'
       FROM unnest($1::uuid[], $2::int[], $3::int[]) AS v(send_id, seq, wait)
       JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq
       WHERE m.state IN ($4, $5) AND m.submitted_mask <> 0 AND m.submitted_mask & ~(m.delivered_mask | m.undelivered_mask) = 0
       ON CONFLICT DO NOTHING`,
      [
        waiting.map((row) => row.sendId),
        waiting.map((row) => row.seq),
        waiting.map((row) => this.rulesOf(row.linkId).waitSeconds),
        stateCode('sent'),
        stateCode('unreported'),
      ],
    );
  }

  private async record(
    tx: EntityManager,
    reports: readonly OutcomeBatchDto[],
    after: (() => void)[],
  ): Promise<void> {
    const rows = new Map<BatchInfo, (Row | undefined)[]>();
    const started = new Map<BatchInfo, number>();
    const returned = new Map<BatchInfo, { index: number; sessionId: string }>();
    const receipts: Receipt[] = [];
    const inbound: { linkId: string; part: InboundPartDto }[] = [];
    for (const report of reports) this.gather(report, rows, started, returned, receipts, inbound);

    if (started.size > 0) {
      await execute(
        tx,
        `UPDATE batches b SET started_to = greatest(b.started_to, v.to) FROM unnest($1::uuid[], $2::int[]) AS v(id, "to")
         WHERE b.id = v.id AND b.state = 1`,
        [[...started.keys()].map((info) => info.id), [...started.values()]],
      );
      after.push(() => {
        for (const [info, to] of started) info.startedTo = to;
      });
    }
    const matched = await this.match(tx, receipts);
    const all: Row[] = [];
    for (const list of rows.values()) for (const row of list) if (row) all.push(row);
    all.push(...this.merge(rows, matched));

    const deltas = new Deltas();
    const isNews = await this.writeOutcomes(tx, all, deltas);
    // Receipts of a message whose outcome is news went along with it, but for a doubt, which they settle. One whose outcome was recorded before (the report
    // came twice) has only them to add.
    const early = await this.writeReceipts(
      tx,
      isNews ? all.filter((row) => !row.outcome || row.outcome === 'in_doubt') : all,
      deltas,
    );
    await this.keepEarly(tx, early);
    await this.awaitFinalWords(tx, all);
    await this.writeSubmissions(tx, all);
    for (const [info, { index, sessionId }] of returned)
      await this.takeBack(tx, info, index, sessionId, after);
    await this.finishBatches(tx, rows, after);
    for (const { linkId, part } of inbound) {
      for (const customerId of await this.inbox.receive(tx, linkId, part)) deltas.received(customerId);
    }
    if (this.orphans) await this.matchOrphans(tx, all, deltas, after);
    const moved = await deltas.apply(tx);
    after.push(() => {
      for (const [sendId, parts] of deltas.submittedParts) this.nudge.countParts(sendId, parts);
      this.hooks.moved(moved);
    });
  }

  private gather(
    report: OutcomeBatchDto,
    rows: Map<BatchInfo, (Row | undefined)[]>,
    started: Map<BatchInfo, number>,
    returned: Map<BatchInfo, { index: number; sessionId: string }>,
    receipts: Receipt[],
    inbound: { linkId: string; part: InboundPartDto }[],
  ): void {
    const infos = report.batchIds.map((id) => this.infos.get(id));
    const rowOf = (info: BatchInfo, index: number): Row => {
      let list = rows.get(info);
      if (!list) rows.set(info, (list = []));
      return (list[index] ??= emptyRow(info.sendId, info.linkId, info.firstSeq + index, info.parts));
    };
    for (let i = 0; i < report.startedBatch.length; i++) {
      const info = infos[report.startedBatch[i] ?? -1];
      const to = report.startedTo[i] ?? 0;
      if (!info) continue;
      this.hooks.seen(info.id);
      if (to > (started.get(info) ?? info.startedTo)) started.set(info, to);
    }
    for (let i = 0; i < report.outcomeBatch.length; i++) {
      const info = infos[report.outcomeBatch[i] ?? -1];
      const kind = outcomeKinds[report.outcomeKind[i] ?? -1];
      const index = report.outcomeIndex[i] ?? 0;
      if (!info || !kind) continue;
      if (kind === 'returned') {
        returned.set(info, { index, sessionId: report.sessionId });
        continue;
      }
      const row = rowOf(info, index);
      // A later answer settles a doubt; a doubt never unsettles an answer.
      if (row.outcome && kind === 'in_doubt') continue;
      row.outcome = kind;
      row.submitted = report.outcomeParts[i] ?? 0;
      row.status = report.outcomeStatus[i] ?? 0;
      row.ids = report.outcomeIds[i] ?? '';
      row.at = plausible(report.outcomeAt[i] ?? 0);
    }
    for (let i = 0; i < report.receiptId.length; i++) {
      const state = receiptStates[report.receiptState[i] ?? -1];
      const id = report.receiptId[i] ?? '';
      // What is no end is not waited for; what names nothing is kept, so that it can be counted.
      if (!state || ((state === 'accepted' || state === 'unknown') && id !== '')) continue;
      const at = plausible(report.receiptAt[i] ?? 0);
      const receipt: Receipt = {
        linkId: report.linkId,
        id,
        otherId: report.receiptOtherId?.[i] ?? '',
        state,
        msisdn: report.receiptMsisdn[i] ?? 0,
        otherMsisdn: report.receiptOtherMsisdn?.[i] ?? 0,
        at,
      };
      const info = infos[report.receiptBatch[i] ?? -1];
      if (!info) {
        receipts.push(receipt);
        continue;
      }
      const row = rowOf(info, report.receiptIndex[i] ?? 0);
      noteReceipt(row, 1 << (report.receiptPart[i] ?? 0), state, at, this.rulesOf(row.linkId));
      (row.receipts ??= []).push(receipt);
    }
    for (const part of report.inbound) inbound.push({ linkId: report.linkId, part });
  }

  /** Messages of receipts whose id only the database knows. The rest is kept: it may have overtaken its answer. */
  private async match(tx: EntityManager, receipts: readonly Receipt[]): Promise<Row[]> {
    if (receipts.length === 0) return [];
    const { rows, known } = await this.find(tx, receipts);
    await this.keep(
      tx,
      receipts.filter((_receipt, index) => !known.has(index)),
    );
    return rows;
  }

  /**
   * By id and recipient together: an operator gives an id twice (nodes behind one address, counters begun anew). Of
   * several messages for one recipient it is the newest that was submitted before. A receipt that names no recipient
   * is matched when only one message has its id. All parts of the message that have the id are reported.
   */
  private async find(
    tx: EntityManager,
    receipts: readonly Receipt[],
  ): Promise<{ readonly rows: Row[]; readonly known: ReadonlySet<number> }> {
    const rows = new Map<string, Row>();
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
      const row = rows.get(key) ?? emptyRow(first.send_id, receipt.linkId, first.seq, first.parts);
      rows.set(key, row);
      const mask = own
        .filter((hit) => isOfFirst(hit) && hit.rank === first.rank)
        .reduce((bits, hit) => bits | (1 << hit.part), 0);
      noteReceipt(row, mask, receipt.state, receipt.at, this.rulesOf(row.linkId));
    }
    return { rows: [...rows.values()], known };
  }

  /** Until the answer that names their message is recorded, and as long as they are counted. */
  private async keep(tx: EntityManager, unmatched: readonly Receipt[]): Promise<void> {
    const orphans = unmatched.filter(({ linkId }) => (this.kept.get(linkId) ?? 0) < keptReceiptsMax);
    if (orphans.length === 0) return;
    this.orphans = true;
    await execute(
      tx,
      `INSERT INTO orphan_receipts (id, link_id, operator_id, other_id, msisdn, other_msisdn, state, reported_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::smallint[], $8::timestamptz[])`,
      [
        orphans.map(() => uuidv7()),
        orphans.map((receipt) => receipt.linkId),
        orphans.map((receipt) => canonicalId(receipt.id)),
        orphans.map((receipt) => canonicalId(receipt.otherId)),
        orphans.map((receipt) => receipt.msisdn),
        orphans.map((receipt) => receipt.otherMsisdn),
        orphans.map((receipt) => receiptStates.indexOf(receipt.state)),
        orphans.map((receipt) => new Date(receipt.at)),
      ],
    );
  }

  /** Receipts that match nothing, by link: for the metric, and so that one link's cannot grow without end. */
  async countKept(): Promise<void> {
    const rows = await query<{ link_id: string; receipts: number }>(
      this.dataSource,
      'SELECT link_id, count(*)::int AS receipts FROM orphan_receipts GROUP BY link_id',
    );
    for (const linkId of this.kept.keys()) unmatched.set({ link: linkId }, 0);
    this.kept = new Map(rows.map(({ link_id, receipts }) => [link_id, receipts]));
    for (const [linkId, receipts] of this.kept) unmatched.set({ link: linkId }, receipts);
  }

  /**
   * Receipts whose place is known and whose message still waits for its answer: the reports changed their order when
   * RabbitMQ gave back what a lost leader held. They are kept like any receipt that overtook its answer; those of
   * messages that are through are repetitions.
   */
  private async keepEarly(tx: EntityManager, rows: readonly Row[]): Promise<void> {
    const placed = rows.filter((row) => row.receipts);
    if (placed.length === 0) return;
    const waiting = await query<{ send_id: string; seq: number }>(
      tx,
      `SELECT m.send_id, m.seq FROM unnest($1::uuid[], $2::int[]) AS v(send_id, seq)
       JOIN messages m ON m.send_id = v.send_id AND m.seq = v.seq WHERE m.state = $3`,
      [placed.map((row) => row.sendId), placed.map((row) => row.seq), stateCode('queued')],
    );
    const keys = new Set(waiting.map((row) => `${row.send_id} ${row.seq}`));
    if (keys.size > 0)
      this.messaging.logger.warn(
        { messages: keys.size },
        'receipts came before their answers; they are kept',
      );
    await this.keep(
      tx,
      placed.filter((row) => keys.has(`${row.sendId} ${row.seq}`)).flatMap((row) => row.receipts ?? []),
    );
  }

  /** Rows that the flush has already get the receipts; the others are answered. */
  private merge(rows: Map<BatchInfo, (Row | undefined)[]>, matched: readonly Row[]): Row[] {
    if (matched.length === 0) return [];
    const known = new Map<string, Row>();
    for (const list of rows.values())
      for (const row of list) if (row) known.set(`${row.sendId} ${row.seq}`, row);
    return matched.filter((row) => {
      const own = known.get(`${row.sendId} ${row.seq}`);
      if (!own) return true;
      own.delivered |= row.delivered;
      own.undelivered |= row.undelivered;
      own.receiptAt = Math.max(own.receiptAt, row.receiptAt);
      return false;
    });
  }

  /** Answers whether every outcome moved its message. */
  private async writeOutcomes(tx: EntityManager, all: readonly Row[], deltas: Deltas): Promise<boolean> {
    const rows = all.filter((row) => row.outcome);
    if (rows.length === 0) return true;
    let moved = await this.moveOutcomes(tx, rows, 'queued', deltas);
    if (moved === rows.length) return true;
    // Some were in doubt and are settled now, or this is a repetition.
    const answers = rows.filter((row) => row.outcome !== 'in_doubt');
    if (answers.length > 0) {
      moved += await this.moveOutcomes(tx, answers, 'in_doubt', deltas);
      // Receipts of its other parts may have come while it was in doubt.
      await this.moveReceipts(tx, answers, 'sent', deltas);
    }
    return moved === rows.length;
  }

  private async moveOutcomes(
    tx: EntityManager,
    rows: readonly Row[],
    from: MessageState,
    deltas: Deltas,
  ): Promise<number> {
    const changes = await query<Change>(
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
        rows.map((row) => stateCode(stateAfter(row, this.rulesOf(row.linkId)))),
        rows.map((row) => row.submitted),
        rows.map((row) => row.delivered),
        rows.map((row) => row.undelivered),
        rows.map((row) => row.status),
        rows.map((row) => row.ids),
        rows.map((row) => row.at / 1_000),
        rows.map((row) => finalSeconds(row, this.rulesOf(row.linkId))),
        stateCode(from),
        stateCode('in_doubt'),
        stateCode('undelivered'),
        stateCode('failed'),
      ],
    );
    return deltas.add(changes, from);
  }

  /** @returns rows with receipts for whom no message was found in a state that takes them */
  private async writeReceipts(tx: EntityManager, all: readonly Row[], deltas: Deltas): Promise<Row[]> {
    let rows = all.filter((row) => (row.delivered | row.undelivered) !== 0);
    for (const from of ['sent', 'unreported', 'in_doubt'] as const) {
      if (rows.length === 0) return rows;
      const moved = await this.moveReceipts(tx, rows, from, deltas);
      rows = rows.filter((row) => !moved.has(`${row.sendId} ${row.seq}`));
    }
    return rows;
  }

  private async moveReceipts(
    tx: EntityManager,
    rows: readonly Row[],
    from: MessageState,
    deltas: Deltas,
  ): Promise<Set<string>> {
    // A receipt for a part in doubt says that the operator took it: all parts of the message count as submitted. One for
    // a part that is known to be submitted says nothing of the others: the message stays in doubt.
    const settles = '((v.delivered | v.undelivered) & ~m.submitted_mask) <> 0';
    const taken =
      from === 'in_doubt'
        ? `CASE WHEN ${settles} THEN (1 << m.parts) - 1 ELSE m.submitted_mask END`
        : 'm.submitted_mask';
    const changes = await query<{
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
        rows.map((row) => this.rulesOf(row.linkId).lastWins),
        rows.map((row) => this.rulesOf(row.linkId).waitSeconds > 0),
      ],
    );
    deltas.add(
      changes
        .filter((change) => change.state !== stateCode(from))
        .map((change) => ({ ...change, messages: 1 })),
      from,
    );
    return new Set(changes.map((change) => `${change.send_id} ${change.seq}`));
  }

  /** Operator's ids of parts whose receipt is still to come. */
  private async writeSubmissions(tx: EntityManager, all: readonly Row[]): Promise<void> {
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

  /** Receipts that came before their answer: the submissions just written may name their message. */
  private async matchOrphans(
    tx: EntityManager,
    all: readonly Row[],
    deltas: Deltas,
    after: (() => void)[],
  ): Promise<void> {
    const [any] = await query<{ any: boolean }>(tx, 'SELECT EXISTS (SELECT 1 FROM orphan_receipts) AS any');
    if (!any?.any) {
      after.push(() => (this.orphans = false));
      return;
    }
    const forms = new Map<string, Set<string>>();
    for (const row of all) {
      for (const id of row.ids.split(' ')) {
        if (id === '' || id === '-') continue;
        const own = forms.get(row.linkId) ?? new Set<string>();
        forms.set(row.linkId, own);
        for (const form of idForms(id)) own.add(form);
      }
    }
    for (const [linkId, ids] of forms) {
      const found = await query<{
        id: string;
        operator_id: string;
        other_id: string;
        msisdn: number;
        other_msisdn: number;
        state: number;
        reported_at: Date;
      }>(
        tx,
        `SELECT id, operator_id, other_id, msisdn, other_msisdn, state, reported_at FROM orphan_receipts
         WHERE link_id = $1 AND (operator_id = ANY($2) OR (other_id <> '' AND other_id = ANY($2)))
         ORDER BY reported_at LIMIT ${orphansAFlush}`,
        [linkId, [...ids]],
      );
      const receipts = found.map((row): Receipt => ({
        linkId,
        id: row.operator_id,
        otherId: row.other_id,
        state: receiptStates[row.state] ?? 'unknown',
        msisdn: row.msisdn,
        otherMsisdn: row.other_msisdn,
        at: row.reported_at.getTime(),
      }));
      const matched = await this.find(tx, receipts);
      await execute(tx, 'DELETE FROM orphan_receipts WHERE id = ANY($1)', [
        [...matched.known].map((index) => found[index]?.id),
      ]);
      await this.writeReceipts(tx, matched.rows, deltas);
      await this.awaitFinalWords(tx, matched.rows);
    }
  }

  /** The worker gives rows back from `index` on: they wait again as a batch of their own. */
  private async takeBack(
    tx: EntityManager,
    info: BatchInfo,
    index: number,
    sessionId: string,
    after: (() => void)[],
  ): Promise<void> {
    const [batch] = await query<{ count: number; first_seq: number; next_index: number }>(
      tx,
      'SELECT count, first_seq, next_index FROM batches WHERE id = $1 AND state = 1 AND session_id = $2 FOR UPDATE',
      [info.id, sessionId],
    );
    if (!batch || index >= batch.count) return;
    const from = Math.max(index, batch.next_index);
    await layBatches(tx, info.sendId, info.linkId, [[batch.first_seq + from, batch.count - from]]);
    await execute(
      tx,
      'UPDATE batches SET count = $2, state = CASE WHEN $2 <= next_index THEN 2 ELSE state END WHERE id = $1',
      [info.id, from],
    );
    const given = batch.count - from;
    after.push(() => {
      info.count = from;
      if (info.open >= 0) info.open = Math.max(0, info.open - given);
      this.hooks.answered(sessionId, info.linkId, given * info.parts);
      if (from <= batch.next_index) this.hooks.through(info.id);
    });
    // The rest may be answered already.
    this.checkLater.add(info);
  }

  private readonly checkLater = new Set<BatchInfo>();

  /** Batches of which every row has an outcome are through. */
  private async finishBatches(
    tx: EntityManager,
    rows: Map<BatchInfo, (Row | undefined)[]>,
    after: (() => void)[],
  ): Promise<void> {
    const candidates: BatchInfo[] = [...this.checkLater];
    this.checkLater.clear();
    for (const [info, list] of rows) {
      const outcomes = list.reduce((sum, row) => sum + (row?.outcome ? 1 : 0), 0);
      if (outcomes === 0) continue;
      const { sessionId } = info;
      if (sessionId) after.push(() => this.hooks.answered(sessionId, info.linkId, outcomes * info.parts));
      // Counting down is only a hint (a late answer counts twice): the query below decides.
      const open = info.open < 0 ? -1 : Math.max(0, info.open - outcomes);
      after.push(() => (info.open = open));
      if (open <= 0) candidates.push(info);
    }
    if (candidates.length === 0) return;
    const through = await query<{ id: string }>(
      tx,
      `UPDATE batches b SET state = 2 WHERE b.id = ANY($1) AND b.state = 1 AND NOT EXISTS (
         SELECT 1 FROM messages m WHERE m.send_id = b.send_id AND m.seq >= b.first_seq + b.next_index AND m.seq < b.first_seq + b.count AND m.state = $2)
       RETURNING b.id`,
      [candidates.map((info) => info.id), stateCode('queued')],
    );
    after.push(() => {
      for (const { id } of through) this.hooks.through(id);
    });
  }

  /** Messages of the send that were in doubt or waiting were moved by somebody else: forget what was cached. */
  forget(sendId: string): void {
    for (const info of [...this.infos.values()]) if (info.sendId === sendId) this.infos.delete(info.id);
  }
}

/** A worker's clock may be wrong; a time outside the months that have a partition could not be stored. */
function plausible(at: number): number {
  const now = Date.now();
  return at < now - clockPastMs || at > now + clockAheadMs ? now : at;
}

function emptyRow(sendId: string, linkId: string, seq: number, parts: number): Row {
  return {
    sendId,
    linkId,
    seq,
    parts,
    outcome: undefined,
    submitted: 0,
    status: 0,
    ids: '',
    at: 0,
    delivered: 0,
    undelivered: 0,
    receiptAt: 0,
  };
}

/** `mask`: the parts that the receipt is of. */
function noteReceipt(row: Row, mask: number, state: ReceiptState, at: number, rules: ReceiptRules): void {
  const parts = rules.oneForAll ? (1 << row.parts) - 1 : mask;
  if (state === 'delivered') {
    row.delivered |= parts;
    row.undelivered &= ~parts;
  } else if (rules.lastWins) {
    row.undelivered |= parts;
    row.delivered &= ~parts;
  } else {
    row.undelivered |= parts & ~row.delivered;
  }
  row.receiptAt = Math.max(row.receiptAt, at);
}

/** State of a message right after its outcome, receipts of the same flush included. */
function stateAfter(row: Row, { lastWins, waitSeconds }: ReceiptRules): MessageState {
  if (row.outcome === 'failed') return 'failed';
  if (row.outcome === 'in_doubt') return 'in_doubt';
  const waits = waitSeconds > 0;
  if ((row.submitted & ~row.delivered) === 0) return lastWins && waits ? 'sent' : 'delivered';
  return (row.submitted & ~(row.delivered | row.undelivered)) === 0 && !waits ? 'undelivered' : 'sent';
}

function finalSeconds(row: Row, rules: ReceiptRules): number {
  const state = stateAfter(row, rules);
  if (state === 'failed') return row.at / 1_000;
  return state === 'delivered' || state === 'undelivered' ? row.receiptAt / 1_000 : 0;
}

/** Changes of the sends' counts and money, gathered over a transaction and written once a send, last of all. */
export class Deltas {
  private readonly byState = new Map<string, number[]>();
  private readonly money = new Map<string, { charged: number; refunded: number }>();
  readonly submittedParts = new Map<string, number>();
  /** By send, what it adds to its customer's activity; by customer what came in. */
  private readonly figures = new Map<string, Figures>();
  private readonly receivedBy = new Map<string, number>();
  /** Refusals by send and command_status. */
  private readonly refusals: { sendId: string; status: number; messages: number }[] = [];

  /** Messages that went from one state to others. Answers how many. */
  add(changes: readonly Change[], from: MessageState): number {
    let messages = 0;
    for (const change of changes) {
      messages += change.messages;
      this.count(change.send_id, stateCode(from), -change.messages);
      this.count(change.send_id, change.state, change.messages);
      const money = this.money.get(change.send_id) ?? { charged: 0, refunded: 0 };
      money.charged += change.charged;
      money.refunded += change.refunded;
      this.money.set(change.send_id, money);
      this.note(change, from);
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

  /** Answers the sends that it changed. In id order: two flushes never wait for each other in a ring. */
  async apply(tx: EntityManager): Promise<string[]> {
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
  received(customerId: string): void {
    this.receivedBy.set(customerId, (this.receivedBy.get(customerId) ?? 0) + 1);
  }

  private note(change: Change, from: MessageState): void {
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
