import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { execute, query, pruneRows } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { identityLives } from '../retention';

const tokenBytes = 32;
const tokenForm = /^[\w-]{43}$/;
/** As long as the gateway's cookie lives. */
const keep = `interval '180 days'`;
const devicesPerAccountMax = 50;

/** SHA-256 of a device token; undefined for anything that is none. */
export function deviceKeyOf(token: string | undefined): Buffer | undefined {
  return token && tokenForm.test(token) ? createHash('sha256').update(token).digest() : undefined;
}

/**
 * Browsers on which somebody signed in before. A random token in an httpOnly cookie tells them apart, so that one who
 * fails to guess a password elsewhere locks nobody out who sits at an own device (IDN-211).
 */
@Injectable()
export class KnownDevices {
  constructor(private readonly dataSource: DataSource) {}

  /** Whether somebody signed in on this device to the account with this username. */
  async knows(device: Buffer, username: string): Promise<boolean> {
    const rows = await query(
      this.dataSource,
      `SELECT 1 FROM known_devices d JOIN usernames u ON u.account_id = d.account_id
       WHERE d.token_hash = $1 AND u.username = $2 AND d.last_seen_at > now() - ${keep}`,
      [device, username],
    );
    return rows.length > 0;
  }

  /**
   * Somebody signed in on it.
   * @returns the token for the browser's cookie, the present one where we gave it, and whether the account knew it
   */
  async remember(
    tx: EntityManager,
    accountId: string,
    present: string | undefined,
  ): Promise<{ token: string; wasKnown: boolean }> {
    const presentKey = deviceKeyOf(present);
    // Only what we gave out: nobody may choose the secret of another's browser.
    const [ours] = presentKey
      ? await query<{ of_account: boolean }>(
          tx,
          `SELECT bool_or(account_id = $2 AND last_seen_at > now() - ${keep}) AS of_account
           FROM known_devices WHERE token_hash = $1 HAVING count(*) > 0`,
          [presentKey, accountId],
        )
      : [];
    const token = present && ours ? present : randomBytes(tokenBytes).toString('base64url');
    await execute(
      tx,
      `INSERT INTO known_devices (token_hash, account_id) VALUES ($1, $2)
       ON CONFLICT (token_hash, account_id) DO UPDATE SET last_seen_at = now()`,
      [deviceKeyOf(token), accountId],
    );
    await execute(
      tx,
      `DELETE FROM known_devices WHERE (token_hash, account_id) IN (
         SELECT token_hash, account_id FROM known_devices WHERE account_id = $1
         ORDER BY last_seen_at DESC OFFSET ${devicesPerAccountMax} FOR UPDATE SKIP LOCKED)`,
      [accountId],
    );
    return { token, wasKnown: ours?.of_account ?? false };
  }

  /** From now on all devices are strange to this account. */
  async forget(tx: EntityManager, accountId: string): Promise<void> {
    await execute(tx, 'DELETE FROM known_devices WHERE account_id = $1', [accountId]);
  }

  /** Those that nobody used for 180 days, a page of them. @returns how many */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'known_devices', identityLives().known_devices);
  }
}
