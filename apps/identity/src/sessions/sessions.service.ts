import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { identityEvents, maxOpenSessions } from '@peyk/contracts/identity';
import type { RoleScopes } from '@peyk/contracts';
import type {
  AccountDto,
  ClientDto,
  OwnSessionDto,
  RefreshCallDto,
  SessionEndReason,
  SessionGrantDto,
} from '@peyk/contracts/identity';
import { query, Transactions, uuidv7, pruneRows } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { toAccountDto, usernameOf } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit.service';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { SigningKeysService } from '../keys/signing-keys.service';
import { KnownDevices } from '../sign-in-safety/known-devices';
import { signAccessToken } from './access-token';
import { printable } from '../printable';
import { isGenuine, readRefreshToken, refreshSeedBytes, writeRefreshToken } from './refresh-token';
import type { RefreshToken } from './refresh-token';
import { identityLives } from '../retention';

/** No session lasts longer (IDN-005). */
const absoluteLife = `interval '15 days'`;
/**
 * A token that was just replaced still finds the session: several tabs refresh at once, and answers get lost. It is
 * answered with the token that is valid by then. Only to the same device; a thief's copy is theft at once.
 */
const grace = `interval '10 seconds'`;
const rotationsKept = 8;
const sweepRowsMax = 500;

/** A session with its account, as both statements of a refresh return it. */
interface LiveSession {
  readonly session_id: string;
  readonly persistent: boolean;
  readonly expires_at: Date;
  readonly refresh_seed: Buffer;
  readonly generation: number;
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: AccountDto['roles'];
  readonly scopes: RoleScopes;
  readonly permission_stamp: number;
}
const liveSession = `s.id AS session_id, s.persistent, s.expires_at, s.refresh_seed, s.generation,
  a.id, ${usernameOf}, a.name, a.roles, a.scopes, a.permission_stamp`;

interface ListedTimes {
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
}

interface EndedSession {
  readonly id: string;
  readonly account_id: string;
  readonly address: string;
  readonly device: string;
}

const refreshes = counter('session_refreshes_total', 'Tries to renew a session', ['outcome']);

@Injectable()
export class SessionsService {
  private readonly logger = new Logger(SessionsService.name);
  private readonly tokenKey: Buffer;
  /** SQL. Without remember-me a session ends with the browser (IDN-006), and on the server so long after its last use. */
  private readonly idleLife: string;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly keys: SigningKeysService,
    private readonly audit: AuditLog,
    private readonly devices: KnownDevices,
    config: IdentityConfig,
  ) {
    this.idleLife = `interval '${config.sessionIdleMinutes} minutes'`;
    this.tokenKey = deriveKey(config.hashSecret, 'refresh-tokens');
  }

  /**
   * Opens a session for the person who proved to be this account. Undefined: it was disabled, or its password or roles changed,
   * since its row was read.
   */
  async open(
    tx: EntityManager,
    account: { readonly id: string; readonly permission_stamp: number },
    { persistent, client }: { persistent: boolean; client: ClientDto },
  ): Promise<SessionGrantDto | undefined> {
    const [session] = await query<LiveSession & { created_at: Date }>(
      tx,
      `WITH a AS (
         SELECT * FROM accounts WHERE id = $1 AND permission_stamp = $2 AND NOT disabled FOR SHARE
       ), s AS (
         INSERT INTO sessions (id, account_id, persistent, created_at, last_used_at, address, device, ends_at, expires_at,
           refresh_seed, generation, rotated_at)
         SELECT $3, a.id, $4::boolean, now(), now(), $5, $6, now() + ${absoluteLife},
           now() + CASE WHEN $4::boolean THEN ${absoluteLife} ELSE ${this.idleLife} END, $7, 0, '{}'
         FROM a RETURNING *
       )
       SELECT ${liveSession}, s.created_at FROM s JOIN a ON a.id = s.account_id`,
      [
        account.id,
        account.permission_stamp,
        uuidv7(),
        persistent,
        printable(client.address),
        printable(client.device),
        randomBytes(refreshSeedBytes),
      ],
    );
    if (!session) return undefined;
    await this.endBeyondMax(tx, account.id);
    await this.outbox.add(tx, identityEvents.sessionStarted, aggregateOf(session.session_id), {
      sessionId: session.session_id,
      accountId: session.id,
      at: session.created_at.toISOString(),
      persistent,
    });
    return this.grant(session);
  }

  /**
   * Exchanges the refresh token for its successor and a new access token. Any number of calls with one token, at once or
   * within 10 s, by one device, get the same successor; a later one ends the session (RFC 9700 section 4.14.2).
   * @throws session.ended
   */
  async refresh({ refreshToken, client }: RefreshCallDto): Promise<SessionGrantDto> {
    const token = await this.genuine(refreshToken);
    if (!token) return this.refuse('unknown');
    const device = printable(client.device);
    const [rotated] = await query<LiveSession>(
      this.dataSource,
      `UPDATE sessions s SET
         generation = s.generation + 1,
         rotated_at = (ARRAY[now()] || s.rotated_at)[1:${rotationsKept}],
         last_used_at = now(), address = $3, device = $4,
         expires_at = CASE WHEN s.persistent THEN s.ends_at ELSE least(s.ends_at, now() + ${this.idleLife}) END
       FROM accounts a
       WHERE s.id = $1 AND s.generation = $2::int AND s.ended_at IS NULL AND s.expires_at > now()
         AND a.id = s.account_id AND NOT a.disabled
       RETURNING ${liveSession}`,
      [token.sessionId, token.generation, printable(client.address), device],
    );
    if (rotated) {
      refreshes.inc({ outcome: 'rotated' });
      return this.grant(rotated);
    }
    const [current] = await query<LiveSession & { in_grace: boolean }>(
      this.dataSource,
      `SELECT ${liveSession},
         s.device = $3 AND coalesce(s.rotated_at[s.generation - $2::int] > now() - ${grace}, false) AS in_grace
       FROM sessions s JOIN accounts a ON a.id = s.account_id
       WHERE s.id = $1 AND s.generation > $2::int AND s.ended_at IS NULL AND s.expires_at > now() AND NOT a.disabled`,
      [token.sessionId, token.generation, device],
    );
    if (!current) return this.refuse('ended');
    if (!current.in_grace) {
      this.logger.warn({
        msg: 'refresh token used twice; its session was ended',
        sessionId: token.sessionId,
      });
      await this.end(token.sessionId, 'reuse_detected');
      return this.refuse('reused');
    }
    refreshes.inc({ outcome: 'in_grace' });
    return this.grant(current);
  }

  /** Ends the session of a genuine token, be it replaced or not; anything else changes nothing (IDN-210). */
  async signOut(refreshToken: string): Promise<void> {
    const token = await this.genuine(refreshToken);
    if (token) await this.end(token.sessionId, 'signed_out');
  }

  /** Open sessions of an account, the one used last first, at most 100. */
  async list(accountId: string, currentId: string): Promise<OwnSessionDto[]> {
    const sessions = await query<Omit<OwnSessionDto, 'startedAt' | 'lastUsedAt' | 'expiresAt'> & ListedTimes>(
      this.dataSource,
      `SELECT id, id = $2 AS current, persistent, device, address, created_at, last_used_at, expires_at
       FROM sessions WHERE account_id = $1 AND ended_at IS NULL AND expires_at > now()
       ORDER BY last_used_at DESC, id LIMIT ${maxOpenSessions}`,
      [accountId, currentId],
    );
    return sessions.map(({ created_at, last_used_at, expires_at, ...session }) => ({
      ...session,
      startedAt: created_at.toISOString(),
      lastUsedAt: last_used_at.toISOString(),
      expiresAt: expires_at.toISOString(),
    }));
  }

  /**
   * Ends a session of this account for its owner; one that has ended stays as it is.
   * @throws session.notFound also when it is another's
   */
  async endOwn(accountId: string, sessionId: string): Promise<void> {
    const [own] = await query(this.dataSource, 'SELECT 1 FROM sessions WHERE id = $1 AND account_id = $2', [
      sessionId,
      accountId,
    ]);
    if (!own) throw new DomainError('session.notFound');
    await this.end(sessionId, 'ended_by_user');
  }

  /** All of them for their owner, but `exceptId`. Without it no device is known any more either. @returns how many */
  endOwnAll(accountId: string, exceptId?: string): Promise<number> {
    return this.transactions.run(async (tx) => {
      if (!exceptId) await this.devices.forget(tx, accountId);
      return this.endAll(tx, accountId, 'ended_by_user', exceptId);
    });
  }

  /** Ends all open sessions of an account, but `exceptId`. Their tokens are refused everywhere. @returns how many */
  async endAll(
    tx: EntityManager,
    accountId: string,
    reason: SessionEndReason,
    exceptId?: string,
  ): Promise<number> {
    const ended = await query<EndedSession>(
      tx,
      `UPDATE sessions SET ended_at = now(), end_reason = $2
       WHERE account_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $3
       RETURNING id, account_id, address, device`,
      [accountId, reason, exceptId ?? null],
    );
    await this.announceEnds(tx, ended, reason);
    return ended.length;
  }

  /**
   * New tokens for an open session of the account, as after a change of its password: the refresh token until now is
   * replaced, with the same grace as by `refresh`. Undefined: the session has ended.
   */
  async renew(tx: EntityManager, accountId: string, sessionId: string): Promise<SessionGrantDto | undefined> {
    const [session] = await query<LiveSession>(
      tx,
      `UPDATE sessions s SET generation = s.generation + 1,
         rotated_at = (ARRAY[now()] || s.rotated_at)[1:${rotationsKept}]
       FROM accounts a
       WHERE s.id = $1 AND s.account_id = $2 AND s.ended_at IS NULL AND s.expires_at > now()
         AND a.id = s.account_id AND NOT a.disabled
       RETURNING ${liveSession}`,
      [sessionId, accountId],
    );
    return session && this.grant(session);
  }

  /** Ends sessions whose time is over, at most 500; replicas share the work. @returns how many */
  endExpired(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const ended = await query<EndedSession>(
        tx,
        `UPDATE sessions SET ended_at = expires_at, end_reason = 'expired' WHERE id IN (
           SELECT id FROM sessions WHERE ended_at IS NULL AND expires_at <= now()
           ORDER BY expires_at LIMIT ${sweepRowsMax} FOR UPDATE SKIP LOCKED)
         RETURNING id, account_id, address, device`,
      );
      await this.announceEnds(tx, ended, 'expired');
      return ended.length;
    });
  }

  /** Forgets sessions that ended 90 days ago, a page of them. @returns how many */
  forgetEnded(): Promise<number> {
    return pruneRows(this.dataSource, 'sessions', identityLives().sessions);
  }

  private async end(sessionId: string, reason: SessionEndReason): Promise<void> {
    await this.transactions.run(async (tx) => {
      const ended = await query<EndedSession>(
        tx,
        `UPDATE sessions SET ended_at = now(), end_reason = $2 WHERE id = $1 AND ended_at IS NULL AND expires_at > now()
         RETURNING id, account_id, address, device`,
        [sessionId, reason],
      );
      await this.announceEnds(tx, ended, reason);
    });
  }

  /** A program that signs in for each request must not fill the list; one that was not used for longest makes room. */
  private async endBeyondMax(tx: EntityManager, accountId: string): Promise<void> {
    const ended = await query<EndedSession>(
      tx,
      `UPDATE sessions SET ended_at = now(), end_reason = 'too_many' WHERE id IN (
         SELECT id FROM sessions WHERE account_id = $1 AND ended_at IS NULL
         ORDER BY last_used_at DESC, id OFFSET ${maxOpenSessions} FOR UPDATE SKIP LOCKED)
       RETURNING id, account_id, address, device`,
      [accountId],
    );
    await this.announceEnds(tx, ended, 'too_many');
  }

  private async announceEnds(
    tx: EntityManager,
    ended: readonly EndedSession[],
    reason: SessionEndReason,
  ): Promise<void> {
    await this.outbox.addMany(
      tx,
      identityEvents.sessionEnded,
      ended.map(({ id, account_id: accountId }) => ({
        aggregate: aggregateOf(id),
        payload: { sessionId: id, accountId, reason },
      })),
    );
    // That time runs out is nobody's doing.
    if (reason === 'expired') return;
    const byOwner = reason === 'signed_out' || reason === 'ended_by_user';
    await this.audit.record(
      tx,
      ...ended.map(({ id, account_id: accountId, address, device }) => ({
        action: 'session.ended',
        actor: byOwner ? { accountId } : {},
        accountId,
        reason,
        after: { sessionId: id },
        client: { address, device },
      })),
    );
  }

  private async genuine(text: string): Promise<RefreshToken | undefined> {
    const token = readRefreshToken(text);
    if (!token) return undefined;
    const [session] = await query<{ refresh_seed: Buffer }>(
      this.dataSource,
      'SELECT refresh_seed FROM sessions WHERE id = $1',
      [token.sessionId],
    );
    return session && isGenuine(this.tokenKey, session.refresh_seed, text) ? token : undefined;
  }

  private refuse(outcome: 'unknown' | 'ended' | 'reused'): never {
    refreshes.inc({ outcome });
    throw new DomainError('session.ended');
  }

  private async grant(session: LiveSession): Promise<SessionGrantDto> {
    const { session_id: sessionId, generation, persistent, expires_at: expiresAt } = session;
    const account = toAccountDto(session);
    const access = signAccessToken(await this.keys.current(), {
      id: sessionId,
      expiresAt,
      account,
      scopes: session.scopes,
      permissionStamp: session.permission_stamp,
    });
    return {
      ...access,
      account,
      refreshToken: writeRefreshToken(this.tokenKey, session.refresh_seed, { sessionId, generation }),
      refreshExpiresAt: expiresAt.toISOString(),
      persistent,
    };
  }
}

function aggregateOf(sessionId: string): string {
  return `session:${sessionId}`;
}
