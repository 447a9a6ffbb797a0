import { lanes } from '@peyk/contracts';
import { dispatchWork } from '@peyk/contracts/sms';
import type { Lane } from '@peyk/contracts';
import type { DispatchBatchDto } from '@peyk/contracts/sms';
import type { Transactions } from '@peyk/database';
import { execute, query } from '@peyk/database';
import { UnroutableError, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { tehranHour } from '@peyk/persian';
import type { DataSource, EntityManager } from 'typeorm';
import type { LinksService } from '../links/links.service';
import { batchStateCode, endBatches } from '../messages/batch.entity';
import type { BatchRangeRow } from '../messages/batch.entity';
import { stateCode } from '../messages/message.entity';
import { layBatches, runsOf } from '../messages/batches';

interface SessionOnLink {
  readonly sessionId: string;
  readonly queue: string;
  readonly linkId: string;
  /** Parts a second; 0: no limit. */
  readonly share: number;
  readonly limited: boolean;
}

interface ReadySend {
  readonly id: string;
  readonly customer_id: string;
  readonly link_id: string;
  /** Number of its line. */
  readonly source: string;
  readonly lane: Lane;
  readonly body: string;
  readonly parts: number;
  readonly is_66_char: boolean;
}

interface Assigned {
  readonly batchId: string;
  readonly sessionId: string;
  readonly atMs: number;
  /** Anything heard of it: it arrived. */
  seen: boolean;
}

/** A worker holds about this much of its share; without a limit this many parts. */
const heldSeconds = 0.5;
const heldPartsUnlimited = 6_000;
/** The quick lanes may go over it by this many parts, so that they never wait for room behind bulk. */
const quickExtraParts = 300;
const maxBatchesAStep = 64;
const refreshMs = 200;
/** Waiting sends of a link and lane that a look brings, divided among those who have any there; each has some. */
const readySends = { ofLane: 2_000, ofCustomer: 16 } as const;
/** While nothing waits and nothing is out; what is new is said at once. */
const idleRefreshMs = 1_000;
/** While batches are out, and while nothing is. */
const pingEveryMs = { busy: 200, idle: 1_000 } as const;
/** Between two steps while sends wait for room. */
const pickEveryMs = 20;
const republishAfterMs = 3_000;
/** What is out is counted again so often, and sooner while sends wait and no session seems to have room. */
const recountEveryMs = 10_000;
const recountWithoutRoomMs = 1_000;

/**
 * Gives waiting batches to worker sessions: strict by lane, in turn between customers, never more than about half a
 * second of a worker's share, so that pause, cancel and priority act at once. A batch belongs to one session in the
 * database before it is published, so publishing it twice is harmless and losing it is noticed.
 */
export class Releaser {
  private sessions: SessionOnLink[] = [];
  private ready: ReadySend[] = [];
  private refreshedAtMs = 0;
  private pingedAtMs = 0;
  private sessionsReadAtMs = 0;
  /** Parts that were given out and are not answered, by session and link. */
  private outstanding = new Map<string, number>();
  private countedAtMs = 0;
  /** Parts that were answered while they are counted. */
  private answeredMeanwhile: Map<string, number> | undefined;
  private readonly assigned = new Map<string, Assigned>();
  private readonly lastCustomer = new Map<string, string>();
  private readonly empty = new Set<string>();
  private readonly publishing = new Set<Promise<void>>();
  /** An assignment may be in the database without being known here. */
  private mustLoad = true;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly messaging: MessagingRuntime,
    private readonly links: LinksService,
    private readonly onAssigned: (batch: DispatchBatchDto, sessionId: string) => void,
  ) {}

  /**
   * Counts from the database what was given out, by an earlier life of this program too, and is not answered. Once is
   * not enough: an answer whose commit nobody heard of never comes here, and its parts would fill the room for ever.
   */
  async load(): Promise<void> {
    this.mustLoad = false;
    const meanwhile = (this.answeredMeanwhile = new Map<string, number>());
    const rows = await query<{ id: string; session_id: string; link_id: string; parts: number }>(
      this.dataSource,
      `SELECT b.id, b.session_id, b.link_id, (count(m.seq) * max(m.parts))::int AS parts
       FROM batches b JOIN messages m ON m.send_id = b.send_id AND m.seq >= b.first_seq + b.next_index AND m.seq < b.first_seq + b.count AND m.state = $1
       WHERE b.state = ${batchStateCode('assigned')} GROUP BY b.id`,
      [stateCode('queued')],
    );
    this.answeredMeanwhile = undefined;
    this.countedAtMs = Date.now();
    // What was answered since the count began may be in it or not; too little is put right by the next count, too much
    // would stand still.
    this.outstanding = new Map([...meanwhile].map(([key, parts]) => [key, -parts]));
    for (const row of rows) {
      const key = `${row.session_id} ${row.link_id}`;
      this.outstanding.set(key, (this.outstanding.get(key) ?? 0) + row.parts);
    }
    for (const [key, parts] of this.outstanding) if (parts < 0) this.outstanding.set(key, 0);
    const open = new Set(rows.map(({ id }) => id));
    for (const { batchId, atMs } of [...this.assigned.values()])
      if (!open.has(batchId) && Date.now() - atMs > republishAfterMs) this.assigned.delete(batchId);
    for (const row of rows) {
      if (this.assigned.has(row.id)) continue;
      this.assigned.set(row.id, {
        batchId: row.id,
        sessionId: row.session_id,
        atMs: Date.now(),
        seen: false,
      });
    }
  }

  /** Something new may be waiting: look at once. */
  refresh(): void {
    this.refreshedAtMs = 0;
  }

  onAnswered(sessionId: string, linkId: string, parts: number): void {
    const key = `${sessionId} ${linkId}`;
    this.answeredMeanwhile?.set(key, (this.answeredMeanwhile.get(key) ?? 0) + parts);
    this.add(sessionId, linkId, -parts);
  }
  onSeen(batchId: string): void {
    const entry = this.assigned.get(batchId);
    if (entry) entry.seen = true;
  }
  onThrough(batchId: string): void {
    this.assigned.delete(batchId);
  }
  onSessionClosed(sessionId: string): void {
    for (const key of [...this.outstanding.keys()])
      if (key.startsWith(sessionId)) this.outstanding.delete(key);
    for (const entry of [...this.assigned.values()])
      if (entry.sessionId === sessionId) this.assigned.delete(entry.batchId);
  }

  /** A worker says what it holds: what was given to it long ago and never arrived is published again. */
  onHeld(sessionId: string, held: ReadonlySet<string>): void {
    const lost = [...this.assigned.values()].filter(
      (entry) =>
        entry.sessionId === sessionId &&
        !entry.seen &&
        !held.has(entry.batchId) &&
        Date.now() - entry.atMs > republishAfterMs,
    );
    for (const entry of this.assigned.values()) if (held.has(entry.batchId)) entry.seen = true;
    const session = this.sessions.find((row) => row.sessionId === sessionId);
    if (!session || lost.length === 0) return;
    this.track(
      this.republish(
        session.queue,
        lost.slice(0, 100).map((entry) => entry.batchId),
      ),
    );
    for (const entry of lost) this.assigned.set(entry.batchId, { ...entry, atMs: Date.now() });
  }

  async step(): Promise<number> {
    const now = Date.now();
    if (this.mustLoad) await this.load();
    const looks = now - this.refreshedAtMs >= refreshMs;
    if (looks) await this.look();
    if (now - this.pingedAtMs >= (this.isIdle ? pingEveryMs.idle : pingEveryMs.busy)) this.ping();
    let picks = this.pick();
    const ageMs = now - this.countedAtMs;
    if (ageMs > recountEveryMs || (picks.length === 0 && this.isCrowded() && ageMs > recountWithoutRoomMs)) {
      await this.load();
      picks = this.pick();
    }
    if (picks.length > 0) await this.assign(picks);
    if (picks.length >= maxBatchesAStep) return 0;
    // Without a waiting send only the next look can change something, or what asks for it at once.
    if (this.ready.length > 0) return pickEveryMs;
    return looks && this.isIdle ? idleRefreshMs : refreshMs;
  }

  async drain(): Promise<void> {
    await Promise.allSettled([...this.publishing]);
  }

  private async look(): Promise<void> {
    const now = (this.refreshedAtMs = Date.now());
    const reading = this.readWaiting();
    const needsSessions =
      !this.isIdle || now - this.sessionsReadAtMs >= pingEveryMs.idle || (await reading).length > 0;
    const [ready] = await Promise.all([reading, needsSessions ? this.readSessions() : undefined]);
    this.ready = ready;
    this.empty.clear();
  }

  /**
   * What may leave now: only of links that a session is bound to, of lines that are on and in their hours, and of each
   * link, lane, line and customer the oldest. So nobody's many, nothing that waits for the morning and no link that is
   * down hides anything else. `turns` steps from one (link, lane, line, customer) to the next in the index `sends_ready`
   * without reading the sends between: a look costs as much as there are customers with something open.
   */
  private readWaiting(): Promise<ReadySend[]> {
    return query<ReadySend>(
      this.dataSource,
      `WITH RECURSIVE usable AS (
         SELECT DISTINCT b.link_id FROM worker_sessions w JOIN link_binds b ON b.session_id = w.id
         WHERE w.state = 'live' AND NOT w.leaving AND NOT b.leaving AND b.state IN ('bound', 'throttled')),
       turns AS (
         SELECT u.link_id, v.lane, f.line_id, f.customer_id
         FROM usable u CROSS JOIN unnest($1::text[]) AS v(lane) CROSS JOIN LATERAL (
           SELECT line_id, customer_id FROM sends
           WHERE state IN ('queued', 'sending') AND link_id = u.link_id AND lane = v.lane
           ORDER BY line_id, customer_id LIMIT 1) f
         UNION ALL
         SELECT t.link_id, t.lane, n.line_id, n.customer_id FROM turns t CROSS JOIN LATERAL (
           SELECT line_id, customer_id FROM sends
           WHERE state IN ('queued', 'sending') AND link_id = t.link_id AND lane = t.lane
             AND (line_id, customer_id) > (t.line_id, t.customer_id)
           ORDER BY line_id, customer_id LIMIT 1) n),
       opened AS (
         SELECT t.*, l.number AS source, count(*) OVER (PARTITION BY t.link_id, t.lane) AS turns
         FROM turns t JOIN lines l ON l.id = t.line_id
         WHERE l.active AND CASE WHEN l.hours_from < l.hours_to
           THEN $2 >= l.hours_from AND $2 < l.hours_to ELSE $2 >= l.hours_from OR $2 < l.hours_to END)
       SELECT s.id, o.customer_id, o.link_id, o.source, o.lane, s.body, s.parts, s.is_66_char
       FROM opened o CROSS JOIN LATERAL (
         SELECT id, body, parts, is_66_char FROM sends s
         WHERE state IN ('queued', 'sending') AND link_id = o.link_id AND lane = o.lane
           AND line_id = o.line_id AND customer_id = o.customer_id
           AND EXISTS (SELECT FROM batches b WHERE b.send_id = s.id AND b.state = ${batchStateCode('waiting')})
         ORDER BY id LIMIT greatest(${readySends.ofCustomer}, ${readySends.ofLane} / o.turns)) s
       ORDER BY s.id`,
      [lanes, tehranHour(new Date())],
    );
  }

  private async readSessions(): Promise<void> {
    const sessions = await query<{
      session_id: string;
      queue: string;
      link_id: string;
      granted: number;
      limited: boolean;
    }>(
      this.dataSource,
      `SELECT DISTINCT w.id AS session_id, w.queue, b.link_id, coalesce(s.granted, 0) AS granted, l.parts_per_second > 0 AS limited
       FROM worker_sessions w JOIN link_binds b ON b.session_id = w.id AND NOT b.leaving AND b.state IN ('bound', 'throttled')
       JOIN links l ON l.id = b.link_id LEFT JOIN link_shares s ON s.link_id = b.link_id AND s.session_id = w.id AND s.free_at IS NULL
       WHERE w.state = 'live' AND NOT w.leaving`,
    );
    this.sessions = sessions.map((row) => ({
      sessionId: row.session_id,
      queue: row.queue,
      linkId: row.link_id,
      share: row.granted,
      limited: row.limited,
    }));
    this.sessionsReadAtMs = Date.now();
  }

  private room(session: SessionOnLink): number {
    const most = session.limited ? Math.max(1, session.share * heldSeconds) : heldPartsUnlimited;
    if (session.limited && session.share === 0) return -quickExtraParts;
    return most - (this.outstanding.get(`${session.sessionId} ${session.linkId}`) ?? 0);
  }

  /** Nothing waits, and nothing that was given out is open. */
  get isIdle(): boolean {
    return this.ready.length === 0 && this.assigned.size === 0;
  }

  /** Sends wait for links whose sessions hold as much as they may. */
  private isCrowded(): boolean {
    return this.ready.some((send) => this.sessions.some((session) => session.linkId === send.link_id));
  }

  /** Which send gives its next batch to which session. */
  private pick(): { send: ReadySend; session: SessionOnLink; batches: number }[] {
    const picks = new Map<string, { send: ReadySend; session: SessionOnLink; batches: number }>();
    let total = 0;
    for (const linkId of new Set(this.sessions.map((session) => session.linkId))) {
      const sessions = this.sessions.filter((session) => session.linkId === linkId);
      const rooms = new Map(sessions.map((session) => [session, this.room(session)]));
      for (const lane of lanes) {
        const waiting = this.ready.filter(
          (send) => send.link_id === linkId && send.lane === lane && !this.empty.has(send.id),
        );
        const taken = new Map<string, number>();
        const extra = lane === 'bulk' ? 0 : quickExtraParts;
        for (const send of this.inTurn(`${linkId} ${lane}`, waiting)) {
          const [session, room] = [...rooms].sort((a, b) => b[1] - a[1])[0] ?? [];
          if (!session || room === undefined || room + extra <= 0 || total >= maxBatchesAStep) break;
          this.lastCustomer.set(`${linkId} ${lane}`, send.customer_id);
          const key = `${send.id} ${session.sessionId}`;
          const pick = picks.get(key) ?? { send, session, batches: 0 };
          pick.batches++;
          picks.set(key, pick);
          total++;
          taken.set(send.id, (taken.get(send.id) ?? 0) + 1);
          // Its real size is known when it is taken; a full batch is a good guess.
          rooms.set(session, room - this.guess(session, send.parts));
        }
      }
    }
    return [...picks.values()];
  }

  private guess(session: SessionOnLink, parts: number): number {
    return session.limited ? Math.max(parts, Math.min(100 * parts, session.share / 4)) : 100 * parts;
  }

  /** Customer by customer, a batch each, beginning behind the one that was served last; endless while anything waits. */
  private *inTurn(key: string, waiting: readonly ReadySend[]): Generator<ReadySend> {
    const customers = [...new Set(waiting.map((send) => send.customer_id))].sort();
    if (customers.length === 0) return;
    const sendsOf = new Map(
      customers.map((customer) => [customer, waiting.filter((send) => send.customer_id === customer)]),
    );
    const last = this.lastCustomer.get(key) ?? '';
    let at = Math.max(
      0,
      customers.findIndex((customer) => customer > last),
    );
    for (let round = 0; round < maxBatchesAStep; round++) {
      for (let step = 0; step < customers.length; step++) {
        const customer = customers[at % customers.length] ?? '';
        at++;
        const sends = sendsOf.get(customer) ?? [];
        const send = sends[round % sends.length];
        if (!send) continue;
        yield send;
      }
    }
  }

  private async assign(
    picks: readonly { send: ReadySend; session: SessionOnLink; batches: number }[],
  ): Promise<void> {
    // The connection may break after the commit: then only the database knows what was given out.
    this.mustLoad = true;
    const out = await this.transactions.run(async (tx) => {
      // Waits for a pause or cancel that is being written, and makes a later one wait until these batches are visible.
      const running = await query<{ id: string; state: string }>(
        tx,
        `SELECT id, state FROM sends WHERE id = ANY($1) AND state IN ('queued', 'sending') ORDER BY id FOR SHARE`,
        [[...new Set(picks.map((pick) => pick.send.id))]],
      );
      const alive = new Set(running.map(({ id }) => id));
      const live = await query<{ id: string }>(
        tx,
        `SELECT id FROM worker_sessions WHERE id = ANY($1) AND state = 'live' FOR SHARE`,
        [[...new Set(picks.map((pick) => pick.session.sessionId))]],
      );
      const liveSessions = new Set(live.map(({ id }) => id));
      const taken: { batch: DispatchBatchDto; session: SessionOnLink }[] = [];
      for (const pick of picks) {
        if (!alive.has(pick.send.id) || !liveSessions.has(pick.session.sessionId)) {
          this.empty.add(pick.send.id);
          continue;
        }
        const batches = await this.take(tx, pick.send, pick.session.sessionId, pick.batches);
        if (batches.length < pick.batches) this.empty.add(pick.send.id);
        taken.push(...batches.map((batch) => ({ batch, session: pick.session })));
      }
      const begun = new Set(taken.map(({ batch }) => batch.sendId));
      const fresh = running.filter((send) => send.state === 'queued' && begun.has(send.id));
      if (fresh.length > 0) {
        await execute(
          tx,
          `UPDATE sends SET state = 'sending', started_at = coalesce(started_at, now()) WHERE id = ANY($1)`,
          [fresh.map(({ id }) => id)],
        );
      }
      return taken;
    });
    this.mustLoad = false;
    for (const { batch, session } of out) {
      this.add(session.sessionId, session.linkId, batch.seqs.length * batch.parts);
      this.assigned.set(batch.batchId, {
        batchId: batch.batchId,
        sessionId: session.sessionId,
        atMs: Date.now(),
        seen: false,
      });
      this.onAssigned(batch, session.sessionId);
      this.track(this.publish(session.queue, session.sessionId, batch));
    }
  }

  private async take(
    tx: EntityManager,
    send: ReadySend,
    sessionId: string,
    limit: number,
  ): Promise<DispatchBatchDto[]> {
    const rows = await query<BatchRangeRow>(
      tx,
      `UPDATE batches b SET state = ${batchStateCode('assigned')}, session_id = $2, assigned_at = now(), started_to = next_index
       FROM (SELECT id FROM batches WHERE send_id = $1 AND state = ${batchStateCode('waiting')} ORDER BY first_seq LIMIT $3 FOR UPDATE SKIP LOCKED) free
       WHERE b.id = free.id RETURNING b.id, b.first_seq, b.count, b.next_index`,
      [send.id, sessionId, limit],
    );
    const batches: DispatchBatchDto[] = [];
    if (rows.length === 0) return batches;
    const first = Math.min(...rows.map((row) => row.first_seq));
    const end = Math.max(...rows.map((row) => row.first_seq + row.count));
    const messages = await query<{ seq: number; msisdn: number }>(
      tx,
      'SELECT seq, msisdn FROM messages WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $4 ORDER BY seq',
      [send.id, first, end, stateCode('queued')],
    );
    const msisdns = new Map(messages.map((message) => [message.seq, message.msisdn]));
    for (const row of rows.sort((a, b) => a.first_seq - b.first_seq)) {
      const seqs = Array.from(
        { length: row.count - row.next_index },
        (_, index) => row.first_seq + row.next_index + index,
      );
      const queued = seqs.filter((seq) => msisdns.has(seq));
      if (queued.length < seqs.length) {
        // Never send what is not waiting any more. Cannot happen; if it does, only what truly waits goes on.
        this.messaging.logger.error(
          { batchId: row.id, sendId: send.id },
          'a waiting batch has messages that do not wait',
        );
        await endBatches(tx, [row.id]);
        await layBatches(tx, send.id, send.link_id, runsOf(queued));
        continue;
      }
      batches.push(
        this.message(
          send,
          row.id,
          row.next_index,
          seqs,
          seqs.map((seq) => msisdns.get(seq) ?? 0),
        ),
      );
    }
    return batches;
  }

  private message(
    send: ReadySend,
    batchId: string,
    fromIndex: number,
    seqs: number[],
    msisdns: number[],
  ): DispatchBatchDto {
    return {
      batchId,
      sendId: send.id,
      customerId: send.customer_id,
      linkId: send.link_id,
      lane: send.lane,
      source: send.source,
      text: send.body,
      is66Char: send.is_66_char,
      parts: send.parts,
      fromIndex,
      seqs,
      msisdns,
    };
  }

  private async publish(queue: string, sessionId: string, batch: DispatchBatchDto): Promise<void> {
    try {
      await publishWork(this.messaging, dispatchWork.batch, queue, batch);
    } catch (error) {
      // It is assigned all the same: it is published again when the worker says that it does not hold it, or comes back
      // when the session ends.
      if (error instanceof UnroutableError) await this.links.suspect(sessionId);
      else
        this.messaging.logger.warn(
          { err: error, batchId: batch.batchId },
          'a batch was not published; it is published again',
        );
    }
  }

  private async republish(queue: string, batchIds: readonly string[]): Promise<void> {
    const rows = await query<
      ReadySend & {
        batch_id: string;
        first_seq: number;
        count: number;
        next_index: number;
        session_id: string;
      }
    >(
      this.dataSource,
      `SELECT s.id, s.customer_id, s.link_id, n.number AS source, s.lane, s.body, s.parts, s.is_66_char,
         b.id AS batch_id, b.first_seq, b.count, b.next_index, b.session_id
       FROM batches b JOIN sends s ON s.id = b.send_id JOIN lines n ON n.id = s.line_id WHERE b.id = ANY($1) AND b.state = ${batchStateCode('assigned')}`,
      [batchIds],
    );
    for (const row of rows) {
      const messages = await query<{ seq: number; msisdn: number }>(
        this.dataSource,
        'SELECT seq, msisdn FROM messages WHERE send_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq',
        [row.id, row.first_seq + row.next_index, row.first_seq + row.count],
      );
      const batch = this.message(
        row,
        row.batch_id,
        row.next_index,
        messages.map((message) => message.seq),
        messages.map((message) => message.msisdn),
      );
      await this.publish(queue, row.session_id, batch);
    }
  }

  /** Notices within a fraction of a second that a worker's connection is gone. */
  private ping(): void {
    this.pingedAtMs = Date.now();
    if (!this.messaging.broker.connected) return;
    for (const session of new Map(this.sessions.map((row) => [row.sessionId, row])).values()) {
      this.track(
        publishWork(this.messaging, dispatchWork.ping, session.queue, {}).catch(async (error: unknown) => {
          if (error instanceof UnroutableError) await this.links.suspect(session.sessionId);
        }),
      );
    }
  }

  private add(sessionId: string, linkId: string, parts: number): void {
    const key = `${sessionId} ${linkId}`;
    this.outstanding.set(key, Math.max(0, (this.outstanding.get(key) ?? 0) + parts));
  }

  private track(work: Promise<void>): void {
    const tracked: Promise<void> = work
      .catch((error: unknown) => this.messaging.logger.warn({ err: error }, 'release follow-up failed'))
      .finally(() => this.publishing.delete(tracked));
    this.publishing.add(tracked);
  }
}
