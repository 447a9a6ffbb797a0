import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { maxRevocations } from '@peyk/contracts/identity';
import type { RevocationsDto } from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';

/** A little more than the life of an access token (10 minutes). */
const recent = `interval '11 minutes'`;

/** Tokens that have not run out and are refused all the same (IDN-210). */
@Injectable()
export class RevocationsService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
  ) {}

  onModuleInit(): void {
    // Identity verifies tokens too; asking itself over the broker could wait for its own queue.
    this.runtime.authenticator.revocations.use(() => this.list());
  }

  async list(): Promise<RevocationsDto> {
    const accounts = await query<{ id: string; permission_stamp: number; stamp_changed_at: Date }>(
      this.dataSource,
      `SELECT id, permission_stamp, stamp_changed_at FROM accounts WHERE stamp_changed_at > now() - ${recent}
       ORDER BY stamp_changed_at DESC LIMIT ${maxRevocations + 1}`,
    );
    const sessions = await query<{ id: string; ended_at: Date }>(
      this.dataSource,
      `SELECT id, ended_at FROM sessions WHERE ended_at > now() - ${recent} AND end_reason <> 'expired'
       UNION ALL SELECT id, revoked_at FROM api_keys WHERE revoked_at > now() - ${recent}
       ORDER BY ended_at DESC LIMIT ${maxRevocations + 1}`,
    );
    // What does not fit is older than what does: its tokens are refused with all others of that time.
    const left = [accounts[maxRevocations]?.stamp_changed_at, sessions[maxRevocations]?.ended_at];
    const issuedBefore = Math.max(...left.map((at) => at?.getTime() ?? 0));
    accounts.splice(maxRevocations);
    sessions.splice(maxRevocations);
    return {
      accountIds: accounts.map(({ id }) => id),
      stamps: accounts.map(({ permission_stamp }) => permission_stamp),
      sessionIds: sessions.map(({ id }) => id),
      ...(issuedBefore > 0 && { issuedBefore: new Date(issuedBefore + 1_000).toISOString() }),
    };
  }
}
