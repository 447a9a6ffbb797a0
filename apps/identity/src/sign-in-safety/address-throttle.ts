import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { execute, query, pruneRows } from '@peyk/database';
import { DataSource } from 'typeorm';
import { IdentityConfig } from '../config';
import { deriveKey } from '../derived-key';
import { customerOf } from './network';
import { identityLives } from '../retention';

/** Failures of one address that nobody has to wait for; they leak away one every 30 s (20 in 10 minutes). */
export const freeFailures = 20;
const leakSeconds = 30;
/** Then 2, 4, 8 ... seconds after each further failure, at most so many. */
const waitMaxSeconds = 300;

/**
 * Slows down guessing at many usernames from one address (password spraying, IDN-211); of IPv6 a /64 is one address.
 * Failures are counted when they are known, not before, so that a school behind one address can sign in at once; what
 * may come in at once is bounded by the gateway's limit and by the hashes that run at once. Known devices are not asked.
 */
@Injectable()
export class AddressThrottle {
  private readonly hmacKey: Buffer;

  constructor(
    private readonly dataSource: DataSource,
    config: IdentityConfig,
  ) {
    this.hmacKey = deriveKey(config.hashSecret, 'usernames');
  }

  /** @throws login.throttled with `retryAfterSeconds` */
  async check(address: string): Promise<void> {
    const [row] = await query<{ seconds: number }>(
      this.dataSource,
      `SELECT ceil(extract(epoch FROM blocked_until - now()))::int AS seconds FROM address_failures
       WHERE address_key = $1 AND blocked_until > now()`,
      [this.keyOf(address)],
    );
    if (row) throw new DomainError('login.throttled', { retryAfterSeconds: Math.max(1, row.seconds) });
  }

  async failed(address: string): Promise<void> {
    const level = `greatest(0, t.level - extract(epoch FROM clock_timestamp() - t.at) / ${leakSeconds}) + 1`;
    await execute(
      this.dataSource,
      `INSERT INTO address_failures AS t (address_key, level, at, blocked_until)
       VALUES ($1, 1, clock_timestamp(), '-infinity')
       ON CONFLICT (address_key) DO UPDATE SET
         level = ${level},
         at = clock_timestamp(),
         blocked_until = CASE WHEN ${level} <= ${freeFailures} THEN '-infinity' ELSE
           clock_timestamp() + interval '1 second' *
             least(${waitMaxSeconds}, 2 ^ least(20, ceil(${level} - ${freeFailures}))) END`,
      [this.keyOf(address)],
    );
  }

  /** @returns rows deleted, a page of them */
  forgetOld(): Promise<number> {
    return pruneRows(this.dataSource, 'address_failures', identityLives().address_failures);
  }

  private keyOf(address: string): Buffer {
    return createHmac('sha256', this.hmacKey)
      .update(`address ${customerOf(address)}`)
      .digest();
  }
}
