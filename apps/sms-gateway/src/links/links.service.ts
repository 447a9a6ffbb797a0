import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import {
  bindStates,
  maxLinkThrottles,
  sessionLeaseMs,
  shareLeaseMs,
  shareQuarantineMs,
  smsWorkersRpc,
} from '@peyk/contracts/sms';
import type {
  HeartbeatAnswerDto,
  HeartbeatDto,
  LinkAssignmentDto,
  LinkDetailDto,
  LinkDto,
  LinkErrorDto,
  LinksDto,
} from '@peyk/contracts/sms';
import { Transactions, endingAt, execute, query, reserved } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource, EntityManager, In } from 'typeorm';
import { batchStateCode } from '../messages/batch.entity';
import { stateCode } from '../messages/message.entity';
import { HeartbeatQueue } from './heartbeat-queue';
import { Link, LinkBind, LinkShare, LinkThrottle, WorkerSession } from './link.entity';
import { LinkPasswords } from './link-passwords';
import { balanceBinds, divideShares } from './shares';

/**
 * Who owns which bind, at which share (docs/adr/0003). Everything is decided in one short transaction under one
 * advisory lock, so any replica may answer a heartbeat.
 */
@Injectable()
export class LinksService {
  private readonly heartbeats = new HeartbeatQueue((beat) =>
    reserved(() => endingAt(Date.now() + smsWorkersRpc.heartbeat.deadlineMs, () => this.onHeartbeat(beat))),
  );
  /** Sessions that are being taken for gone. */
  private readonly suspecting = new Set<string>();
  /** Since when (ms) this program writes heartbeats down. */
  private writingSinceMs = Date.now();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly passwords: LinkPasswords,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** Throws service.unavailable when a newer heartbeat of the session came before this one's turn. */
  heartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    return this.heartbeats.add(beat);
  }

  private async onHeartbeat(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    try {
      return await this.decide(beat);
    } catch (error) {
      // The database is away: nobody is heard of.
      this.writingSinceMs = Date.now();
      throw error;
    }
  }

  private decide(beat: HeartbeatDto): Promise<HeartbeatAnswerDto> {
    return this.transactions.run(async (tx) => {
      await lockBinds(tx);
      const [session] = await query<{ state: string }>(
        tx,
        `INSERT INTO worker_sessions (id, worker, queue, state, leaving, seen_at) VALUES ($1, $2, $3, 'live', $4, clock_timestamp())
         ON CONFLICT (id) DO UPDATE SET leaving = excluded.leaving,
           seen_at = CASE WHEN worker_sessions.state = 'live' THEN clock_timestamp() ELSE worker_sessions.seen_at END
         RETURNING state`,
        [beat.sessionId, beat.worker, beat.queue, beat.leaving],
      );
      if (session?.state !== 'live') return { alive: false, links: [] };
      if (this.isSilenceMeaningful) await endSilent(tx);
      await noteShares(tx, beat);
      const links = await tx.getRepository(Link).find({ where: { active: true }, order: { id: 'ASC' } });
      const binds = await this.assignBinds(tx, links, beat);
      const shares = await this.assignShares(tx, links, binds);
      // From the answer on the worker may keep to it; its next heartbeat says what it truly keeps to.
      await execute(
        tx,
        'UPDATE link_shares SET applied = granted WHERE session_id = $1 AND free_at IS NULL AND applied < granted',
        [beat.sessionId],
      );
      return {
        alive: true,
        links: links.flatMap((link) => {
          const own = binds.filter(
            (bind) => bind.linkId === link.id && bind.sessionId === beat.sessionId && !bind.leaving,
          );
          if (own.length === 0) return [];
          return [
            assignmentOf(
              link,
              this.passwords.open(link),
              own.map((bind) => bind.bindNo).sort((a, b) => a - b),
              shares.get(`${link.id} ${beat.sessionId}`) ?? 0,
            ),
          ];
        }),
      };
    });
  }

  /** Sessions silent for longer than their lease are over. */
  async endSilentSessions(): Promise<void> {
    if (!this.isSilenceMeaningful) return;
    await this.transactions.run(async (tx) => {
      await lockBinds(tx);
      await endSilent(tx);
    });
  }

  /**
   * Whether silence means something. After this program started, or the broker was away, every worker was silent, and
   * wrote nothing meanwhile (it fences itself): ending their sessions would only put messages in doubt for nothing.
   */
  private get isSilenceMeaningful(): boolean {
    const heardMs = Math.min(Date.now() - this.writingSinceMs, this.messaging.broker.connectedMs);
    return heardMs > sessionLeaseMs;
  }

  /** The queue of the session is gone: its connection to the broker broke. It may come back; its share is free soon. */
  async suspect(sessionId: string): Promise<void> {
    if (this.suspecting.has(sessionId)) return;
    this.suspecting.add(sessionId);
    try {
      await this.transactions.run(async (tx) => {
        await lockBinds(tx);
        await execute(
          tx,
          `UPDATE link_shares SET reserved = greatest(granted, applied), granted = 0, applied = 0,
             free_at = clock_timestamp() + $2 * interval '1 ms'
           WHERE session_id = $1 AND free_at IS NULL`,
          [sessionId, shareQuarantineMs],
        );
      });
    } finally {
      this.suspecting.delete(sessionId);
    }
  }

  async list(): Promise<LinksDto> {
    return {
      links: await this.describe(
        await this.dataSource.getRepository(Link).find({ order: { name: 'ASC' }, take: 200 }),
      ),
    };
  }

  /** What these links have contracted, parts a second (0: no limit), by their id. */
  async contracts(linkIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const links = await this.dataSource.getRepository(Link).findBy({ id: In([...new Set(linkIds)]) });
    return new Map(links.map(({ id, partsPerSecond }) => [id, partsPerSecond]));
  }

  /** Throws link.notFound. */
  async read(linkId: string): Promise<LinkDetailDto> {
    const link = await this.dataSource.getRepository(Link).findOneBy({ id: linkId });
    if (!link) throw new DomainError('link.notFound');
    const [[described], [open], throttles, errors] = await Promise.all([
      this.describe([link]),
      query<{ given: number; flying: number }>(
        this.dataSource,
        `SELECT count(*)::int AS given, count(*) FILTER (WHERE m.seq < b.first_seq + b.started_to)::int AS flying
         FROM batches b JOIN messages m ON m.send_id = b.send_id AND m.seq >= b.first_seq + b.next_index
           AND m.seq < b.first_seq + b.count AND m.state = $2
         WHERE b.state = ${batchStateCode('assigned')} AND b.link_id = $1`,
        [linkId, stateCode('queued')],
      ),
      this.dataSource
        .getRepository(LinkThrottle)
        .find({ where: { linkId }, order: { minute: 'DESC' }, take: maxLinkThrottles }),
      query<LinkErrorDto>(
        this.dataSource,
        `SELECT status, sum(messages)::int AS messages FROM link_errors
         WHERE link_id = $1 AND minute > now() - interval '1 hour' GROUP BY status ORDER BY 2 DESC, 1 LIMIT 100`,
        [linkId],
      ),
    ]);
    if (!described) throw new DomainError('link.notFound');
    return {
      ...described,
      active: link.active,
      host: link.host,
      port: link.port,
      systemId: link.systemId,
      hasPassword: link.password !== '' || link.sealedPassword !== null,
      systemType: link.systemType,
      tls: link.tls,
      caCertificate: link.caCertificate,
      tlsName: link.tlsName,
      responseTimeoutMs: link.responseTimeoutMs,
      enquireLinkMs: link.enquireLinkMs,
      sourceTon: link.sourceTon,
      sourceNpi: link.sourceNpi,
      destinationTon: link.destinationTon,
      destinationNpi: link.destinationNpi,
      givenOut: open?.given ?? 0,
      inFlight: open?.flying ?? 0,
      receiptWaitSeconds: link.receiptWaitSeconds,
      bindTimeoutMs: link.bindTimeoutMs,
      receiptRule: link.receiptRule,
      receiptWins: link.receiptWins,
      receiptFinalWaitSeconds: link.receiptFinalWaitSeconds,
      doubtWaitSeconds: link.doubtWaitSeconds,
      doubtSettlesAs: link.doubtSettlesAs,
      throttles: throttles.map(({ minute, worker, times }) => ({ at: minute.toISOString(), worker, times })),
      errors,
    };
  }

  private async describe(links: readonly Link[]): Promise<LinkDto[]> {
    const ids = links.map((link) => link.id);
    const [binds, sessions, shares, unmatched, counts] = await Promise.all([
      this.dataSource.getRepository(LinkBind).find({ where: { linkId: In(ids) }, order: { bindNo: 'ASC' } }),
      this.dataSource.getRepository(WorkerSession).findBy({ state: 'live' }),
      this.dataSource.getRepository(LinkShare).findBy({ linkId: In(ids) }),
      query<{ link_id: string; receipts: number }>(
        this.dataSource,
        `SELECT link_id, count(*)::int AS receipts FROM orphan_receipts
         WHERE link_id = ANY($1) AND received_at < now() - interval '10 seconds' GROUP BY link_id`,
        [ids],
      ),
      query<{ link_id: string; backlog: number; in_doubt: number }>(
        this.dataSource,
        `SELECT link_id, sum(queued + CASE WHEN state = 'placing' THEN 0 ELSE recipients - cursor END)::bigint AS backlog, sum(in_doubt)::bigint AS in_doubt
         FROM sends WHERE state NOT IN ('finished', 'cancelled', 'refused', 'missed', 'scheduled', 'suspended') GROUP BY link_id`,
      ),
    ]);
    return links.map((link): LinkDto => {
      const own = shares.filter((share) => share.linkId === link.id);
      const count = counts.find((row) => row.link_id === link.id);
      return {
        id: link.id,
        name: link.name,
        partsPerSecond: link.partsPerSecond,
        window: link.windowSize,
        // Switched off nobody says any more what it does.
        currentPartsPerSecond: own
          .filter((share) => link.active && !share.freeAt)
          .reduce((sum, share) => sum + share.currentPartsPerSecond, 0),
        backlog: count?.backlog ?? 0,
        inDoubt: count?.in_doubt ?? 0,
        throttled: own.reduce((sum, share) => sum + share.throttled, 0),
        unmatchedReceipts: unmatched.find((row) => row.link_id === link.id)?.receipts ?? 0,
        binds: Array.from({ length: link.binds }, (_, no) => {
          const bind = binds.find((row) => row.linkId === link.id && row.bindNo === no);
          return {
            no,
            worker: sessions.find((session) => session.id === bind?.sessionId)?.worker ?? null,
            state: bindStates.find((state) => state === bind?.state) ?? 'closed',
            since: bind?.since.toISOString() ?? null,
          };
        }),
      };
    });
  }

  /**
   * Gives free binds out, asks some back where a worker came or left, and takes those that were given back. However many
   * binds change, with the same few statements: all heartbeats wait for each other meanwhile.
   */
  private async assignBinds(
    tx: EntityManager,
    links: readonly Link[],
    beat: HeartbeatDto,
  ): Promise<LinkBind[]> {
    const live = await query<{ id: string }>(
      tx,
      `SELECT id FROM worker_sessions WHERE state = 'live' AND NOT leaving ORDER BY id`,
    );
    const sessions = live.map(({ id }) => id);
    const known = await tx.getRepository(LinkBind).find();
    const said = new Map(beat.binds.map((bind) => [keyOf(bind), bind.state]));
    const saidOf = (bind: LinkBind): string | undefined =>
      bind.sessionId === beat.sessionId ? said.get(keyOf(bind)) : bind.state;
    const isReturned = (bind: LinkBind): boolean => bind.leaving && saidOf(bind) === undefined;
    const [returned, binds] = [known.filter(isReturned), known.filter((bind) => !isReturned(bind))];
    const changed = binds.flatMap((bind) => {
      const state = saidOf(bind) ?? bind.state;
      return state === bind.state ? [] : [{ ...bind, state }];
    });
    const byKey = new Map(binds.map((bind) => [keyOf(bind), bind]));
    const given: LinkBind[] = [];
    const asked: LinkBind[] = [];
    for (const { id: linkId, binds: count } of links) {
      const owned = Array.from({ length: count }, (_, bindNo) => byKey.get(keyOf({ linkId, bindNo })));
      const wanted = balanceBinds(
        owned.map((bind) => bind?.sessionId),
        sessions,
      );
      for (const [bindNo, bind] of owned.entries()) {
        const sessionId = wanted[bindNo];
        if (!bind && sessionId !== undefined)
          given.push({ linkId, bindNo, sessionId, state: 'connecting', since: new Date(), leaving: false });
        else if (bind && bind.leaving !== (bind.sessionId !== sessionId)) asked.push(bind);
      }
    }
    // Of a link that was switched off, or above its contract since that was changed: given back by its holder.
    const wantedBinds = new Map(links.map(({ id, binds: count }) => [id, count]));
    for (const bind of binds)
      if (!bind.leaving && bind.bindNo >= (wantedBinds.get(bind.linkId) ?? 0)) asked.push(bind);
    for (const bind of asked) bind.leaving = !bind.leaving;
    if (returned.length > 0) await writeBinds(tx, returned, 'DELETE FROM link_binds b USING v WHERE');
    if (changed.length > 0)
      await writeBinds(
        tx,
        changed,
        'UPDATE link_binds b SET state = v.state, since = clock_timestamp() FROM v WHERE',
      );
    if (asked.length > 0)
      await writeBinds(tx, asked, 'UPDATE link_binds b SET leaving = v.leaving FROM v WHERE');
    if (given.length > 0) await tx.getRepository(LinkBind).insert(given);
    return [...binds, ...given];
  }

  private async assignShares(
    tx: EntityManager,
    links: readonly Link[],
    binds: readonly LinkBind[],
  ): Promise<Map<string, number>> {
    const rows = await query<{
      link_id: string;
      session_id: string;
      granted: number;
      applied: number;
      reserved: number;
      gone: boolean;
    }>(
      tx,
      `SELECT link_id, session_id, granted, applied, CASE WHEN free_at > clock_timestamp() THEN reserved ELSE 0 END AS reserved,
         free_at IS NOT NULL AS gone FROM link_shares`,
    );
    const result = new Map<string, number>();
    const changed: { linkId: string; sessionId: string; granted: number }[] = [];
    for (const link of links.filter((entry) => entry.partsPerSecond > 0)) {
      const own = rows.filter((row) => row.link_id === link.id);
      const holders = own
        .filter((row) => !row.gone)
        .map((row) => ({
          sessionId: row.session_id,
          binds: binds.filter(
            (bind) => bind.linkId === link.id && bind.sessionId === row.session_id && !bind.leaving,
          ).length,
          granted: row.granted,
          applied: row.applied,
        }));
      const reserved = own.reduce((sum, row) => sum + row.reserved, 0);
      for (const [sessionId, granted] of divideShares(link.partsPerSecond, holders, reserved)) {
        result.set(`${link.id} ${sessionId}`, granted);
        if (granted !== holders.find((holder) => holder.sessionId === sessionId)?.granted)
          changed.push({ linkId: link.id, sessionId, granted });
      }
    }
    if (changed.length > 0)
      await execute(
        tx,
        `UPDATE link_shares s SET granted = v.granted FROM unnest($1::uuid[], $2::uuid[], $3::int[]) AS v(link_id, session_id, granted)
         WHERE s.link_id = v.link_id AND s.session_id = v.session_id`,
        [
          changed.map(({ linkId }) => linkId),
          changed.map(({ sessionId }) => sessionId),
          changed.map(({ granted }) => granted),
        ],
      );
    return result;
  }
}

/** One decision at a time, over all replicas. */
async function lockBinds(tx: EntityManager): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('link binds'))");
}

function keyOf({ linkId, bindNo }: Pick<LinkBind, 'linkId' | 'bindNo'>): string {
  return `${linkId} ${bindNo}`;
}

/** @param what the statement up to its condition, for `link_binds b` and these binds as `v` */
async function writeBinds(tx: EntityManager, binds: readonly LinkBind[], what: string): Promise<void> {
  await execute(
    tx,
    `WITH v AS (SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::bool[]) AS v(link_id, bind_no, state, leaving))
     ${what} b.link_id = v.link_id AND b.bind_no = v.bind_no`,
    [
      binds.map(({ linkId }) => linkId),
      binds.map(({ bindNo }) => bindNo),
      binds.map(({ state }) => state),
      binds.map(({ leaving }) => leaving),
    ],
  );
}

async function endSilent(tx: EntityManager): Promise<void> {
  // A session that is silent for longer than its share lease writes nothing more; one operator window later its share is free.
  await execute(
    tx,
    `UPDATE link_shares s SET reserved = greatest(granted, applied), granted = 0, applied = 0,
       free_at = w.seen_at + $1 * interval '1 ms'
     FROM worker_sessions w
     WHERE w.id = s.session_id AND s.free_at IS NULL AND w.seen_at < clock_timestamp() - $2 * interval '1 ms'`,
    [shareLeaseMs + shareQuarantineMs, shareLeaseMs],
  );
  const ended = await query<{ id: string }>(
    tx,
    `UPDATE worker_sessions SET state = 'ended', ended_at = clock_timestamp()
     WHERE state = 'live' AND seen_at < clock_timestamp() - $1 * interval '1 ms' RETURNING id`,
    [sessionLeaseMs],
  );
  if (ended.length > 0) await tx.getRepository(LinkBind).delete({ sessionId: In(ended.map(({ id }) => id)) });
}

/** What the worker keeps to. One that was taken for gone gets a share again once its old one has run out. */
async function noteShares(tx: EntityManager, beat: HeartbeatDto): Promise<void> {
  // What it says is of its whole life; what is new of it belongs to this minute.
  if (beat.links.some(({ throttled }) => throttled > 0))
    await execute(
      tx,
      `INSERT INTO link_throttles AS t (link_id, minute, session_id, worker, times)
       SELECT v.id, date_trunc('minute', clock_timestamp()), $1, $2, v.throttled - coalesce(s.throttled, 0)
       FROM unnest($3::uuid[], $4::int[]) AS v(id, throttled) JOIN links l ON l.id = v.id AND l.active
       LEFT JOIN link_shares s ON s.link_id = v.id AND s.session_id = $1 WHERE v.throttled > coalesce(s.throttled, 0)
       ON CONFLICT (link_id, minute, session_id) DO UPDATE SET times = t.times + excluded.times`,
      [
        beat.sessionId,
        beat.worker,
        beat.links.map((link) => link.linkId),
        beat.links.map((link) => link.throttled),
      ],
    );
  await execute(
    tx,
    `INSERT INTO link_shares (link_id, session_id, granted, applied, current_parts_per_second, throttled)
     SELECT l.id, $1, 0, coalesce(v.applied, 0), coalesce(v.pace, 0), coalesce(v.throttled, 0) FROM links l
     LEFT JOIN unnest($2::uuid[], $3::int[], $4::real[], $5::int[]) AS v(id, applied, pace, throttled) ON v.id = l.id
     WHERE l.active
     ON CONFLICT (link_id, session_id) DO UPDATE SET
       applied = excluded.applied, current_parts_per_second = excluded.current_parts_per_second, throttled = excluded.throttled,
       reserved = CASE WHEN link_shares.free_at > clock_timestamp() THEN link_shares.reserved ELSE 0 END,
       free_at = CASE WHEN link_shares.free_at > clock_timestamp() THEN link_shares.free_at END`,
    [
      beat.sessionId,
      beat.links.map((link) => link.linkId),
      beat.links.map((link) => link.appliedShare),
      beat.links.map((link) => link.partsPerSecond),
      beat.links.map((link) => link.throttled),
    ],
  );
}

/** A link as workers get it. */
export function assignmentOf(
  link: Link,
  password: string,
  bindNos: number[],
  share: number,
): LinkAssignmentDto {
  return {
    linkId: link.id,
    name: link.name,
    host: link.host,
    port: link.port,
    systemId: link.systemId,
    password,
    systemType: link.systemType,
    tls: link.tls ? { caCertificate: link.caCertificate, name: link.tlsName ?? link.host } : null,
    addresses: {
      sourceTon: link.sourceTon,
      sourceNpi: link.sourceNpi,
      destinationTon: link.destinationTon,
      destinationNpi: link.destinationNpi,
    },
    window: link.windowSize,
    share,
    limited: link.partsPerSecond > 0,
    bindTimeoutMs: link.bindTimeoutMs,
    responseTimeoutMs: link.responseTimeoutMs,
    enquireLinkMs: link.enquireLinkMs,
    bindNos,
  };
}
