import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { execute, query, pruneRows } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { identityLives } from '../retention';

/** Seconds to wait after the 1st, 2nd, ... failed try in a row; the last step repeats (IDN-211). */
export const delaySeconds = [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300] as const;
/** Failures are forgotten so long after the last try. */
const forget = `interval '1 hour'`;

/**
 * What is guessed at: an account, by whichever of its usernames; a username that nobody has; the password of an owner who
 * is signed in and asked for it. The word in front keeps a username that reads like an id apart.
 */
export type Guessed = `account ${string}` | `name ${string}` | `owner ${string}`;

/**
 * Slows down guessing at one account. A try is counted as failed before the password is looked at and taken back when
 * it was right: a hundred guesses sent at once are not a hundred guesses. A device that is known to the account has a
 * count of its own: strangers cannot make its owner wait, and it cannot reset theirs.
 */
@Injectable()
export class SignInThrottle {
  private readonly hmacKey: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    config: IdentityConfig,
  ) {
    this.hmacKey = deriveKey(config.hashSecret, 'usernames');
  }

  /**
   * Counts a try at a password.
   * @param knownDevice hash of the token of a device that is known to the account
   * @returns the key for `succeeded` and `notLookedAt`
   * @throws login.throttled with `retryAfterSeconds`
   */
  async begin(guessed: Guessed, knownDevice?: Buffer): Promise<Buffer> {
    const key = this.keyOf(guessed, knownDevice);
    const counted = await execute(
      this.dataSource,
      // clock_timestamp(), since now() of a try that waited for another's row is from before that one.
      `INSERT INTO failed_tries AS t (username_key, failures, last_try_at, blocked_until)
       VALUES ($1, 1, now(), '-infinity')
       ON CONFLICT (username_key) DO UPDATE SET
         failures = CASE WHEN t.last_try_at < now() - ${forget} THEN 1 ELSE least(t.failures + 1, $3::int) END,
         last_try_at = now(),
         blocked_until = CASE WHEN t.last_try_at < now() - ${forget} THEN '-infinity' ELSE coalesce(
           clock_timestamp() + interval '1 second' * nullif(($2::int[])[least(t.failures + 1, $3::int)], 0),
           '-infinity') END
       WHERE t.blocked_until <= clock_timestamp()`,
      [key, delaySeconds, delaySeconds.length],
    );
    if (counted === 0) {
      const [row] = await query<{ seconds: number }>(
        this.dataSource,
        `SELECT greatest(1, ceil(extract(epoch FROM blocked_until - now())))::int AS seconds
         FROM failed_tries WHERE username_key = $1`,
        [key],
      );
      throw new DomainError('login.throttled', { retryAfterSeconds: row?.seconds ?? 1 });
    }
    return key;
  }

  async succeeded(tx: EntityManager, key: Buffer): Promise<void> {
    await execute(tx, 'DELETE FROM failed_tries WHERE username_key = $1', [key]);
  }

  /** The try was refused for another reason than its password. */
  async notLookedAt(key: Buffer): Promise<void> {
    await execute(
      this.dataSource,
      `UPDATE failed_tries SET failures = greatest(failures - 1, 0), blocked_until = '-infinity'
       WHERE username_key = $1`,
      [key],
    );
  }

  /** Forgets the tries at an account: by strangers, on its devices, and of its owner. */
  async forgive(tx: EntityManager, accountId: string): Promise<void> {
    const devices = await query<{ token_hash: Buffer }>(
      tx,
      'SELECT token_hash FROM known_devices WHERE account_id = $1',
      [accountId],
    );
    const keys = [
      this.keyOf(`owner ${accountId}`),
      this.keyOf(`account ${accountId}`),
      ...devices.map(({ token_hash }) => this.keyOf(`account ${accountId}`, token_hash)),
    ];
    await execute(tx, 'DELETE FROM failed_tries WHERE username_key = ANY($1)', [keys]);
  }

  /** Names that nobody has, tried once, would otherwise stay for ever. @returns rows deleted, a page of them */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'failed_tries', identityLives().failed_tries);
  }

  private keyOf(guessed: Guessed, knownDevice?: Buffer): Buffer {
    const mac = createHmac('sha256', this.hmacKey).update(guessed);
    // No username holds a NUL.
    if (knownDevice) mac.update('\0').update(knownDevice);
    return mac.digest();
  }
}
