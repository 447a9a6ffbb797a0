import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SetPasswordDto } from '@peyk/contracts/identity';
import { execute, query, pruneRows } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { identityLives } from '../retention';

/** Long enough to think of a password, short enough for a screen that was left alone. */
const life = `interval '10 minutes'`;
const tokenBytes = 32;

/** Whom a token lets set an own password. */
export interface FirstPasswordHolder {
  readonly accountId: string;
  readonly persistent: boolean;
}

/**
 * What an issued password opens: setting an own one, once, within ten minutes (IDN-207). The token is no access token;
 * nothing else of the platform knows it, and only its hash is stored.
 */
@Injectable()
export class FirstPasswords {
  constructor(private readonly dataSource: DataSource) {}

  /** A new token; one that was given before serves no longer. */
  async issue(tx: EntityManager, { accountId, persistent }: FirstPasswordHolder): Promise<SetPasswordDto> {
    const token = randomBytes(tokenBytes).toString('base64url');
    const [row] = await query<{ expires_at: Date }>(
      tx,
      `INSERT INTO first_passwords (account_id, token_hash, persistent, expires_at)
       VALUES ($1, $2, $3, now() + ${life})
       ON CONFLICT (account_id) DO UPDATE SET token_hash = excluded.token_hash, persistent = excluded.persistent,
         expires_at = excluded.expires_at
       RETURNING expires_at`,
      [accountId, hashOf(token), persistent],
    );
    if (!row) throw new Error('no token was stored');
    return { token, expiresAt: row.expires_at.toISOString() };
  }

  /** Whose it is; it stays valid. */
  async find(token: string): Promise<FirstPasswordHolder | undefined> {
    const [row] = await query<{ account_id: string; persistent: boolean }>(
      this.dataSource,
      'SELECT account_id, persistent FROM first_passwords WHERE token_hash = $1 AND expires_at > now()',
      [hashOf(token)],
    );
    return row && { accountId: row.account_id, persistent: row.persistent };
  }

  /** Uses it up. False: somebody else did, or its time is over. */
  async redeem(tx: EntityManager, token: string): Promise<boolean> {
    const used = await execute(
      tx,
      'DELETE FROM first_passwords WHERE token_hash = $1 AND expires_at > now()',
      [hashOf(token)],
    );
    return used === 1;
  }

  /** The account has another password: what the old one gave serves no longer. */
  async withdraw(tx: EntityManager, accountId: string): Promise<void> {
    await execute(tx, 'DELETE FROM first_passwords WHERE account_id = $1', [accountId]);
  }

  /** @returns rows deleted, a page of them */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'first_passwords', identityLives().first_passwords);
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
