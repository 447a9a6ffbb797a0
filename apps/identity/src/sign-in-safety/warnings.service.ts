import { Injectable } from '@nestjs/common';
import type { SecurityWarningDto, WarningCode } from '@peyk/contracts/identity';
import { execute, query } from '@peyk/database';
import { DataSource } from 'typeorm';

/** Nobody needs to be warned of what is older. */
const recent = `interval '90 days'`;

interface WarningRow {
  readonly code: WarningCode;
  readonly at: Date;
  readonly times: number;
  readonly device: string | null;
  readonly address: string | null;
}

/** Security warnings of the dashboard (IDN-207, IDN-211), worked out from what happened since they were last seen. */
@Injectable()
export class WarningsService {
  constructor(private readonly dataSource: DataSource) {}

  /** At most one of each code, the newest first. */
  async list(accountId: string): Promise<SecurityWarningDto[]> {
    const rows = await query<WarningRow>(
      this.dataSource,
      `WITH since AS (
         SELECT greatest(now() - ${recent}, (SELECT seen_at FROM seen_warnings WHERE account_id = $1)) AS since
       ), tried AS (
         SELECT CASE outcome WHEN 'failed' THEN 'failed_tries' ELSE 'new_device' END AS code, at, device, address
         FROM sign_ins, since
         WHERE account_id = $1 AND at > since AND (outcome = 'failed' OR new_device)
       ), reused AS (
         SELECT 'refresh_reused' AS code, ended_at AS at, device, address FROM sessions, since
         WHERE account_id = $1 AND end_reason = 'reuse_detected' AND ended_at > since
       ), happened AS (
         SELECT * FROM tried UNION ALL SELECT * FROM reused
       )
       (SELECT DISTINCT ON (code) code, at, count(*) OVER (PARTITION BY code)::int AS times, device, address
         FROM happened ORDER BY code, at DESC)
       UNION ALL
       SELECT 'mobile_changed', mobile_changed_at, 1, NULL, NULL FROM accounts, since
         WHERE id = $1 AND mobile_changed_at > since
       UNION ALL
       SELECT 'email_changed', email_changed_at, 1, NULL, NULL FROM accounts, since
         WHERE id = $1 AND email_changed_at > since
       UNION ALL
       SELECT 'change_stopped', max(decided_at), count(*)::int, NULL, NULL FROM contact_changes, since
         WHERE account_id = $1 AND state = 'stopped' AND decided_at > since HAVING count(*) > 0
       UNION ALL
       SELECT 'default_password', coalesce(password_set_at, created_at), 1, NULL, NULL FROM accounts
         WHERE id = $1 AND must_set_password`,
      [accountId],
    );
    return rows
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .map(({ code, at, times, device, address }) => ({
        code,
        at: at.toISOString(),
        times,
        ...(device !== null && { device }),
        ...(address !== null && { address }),
      }));
  }

  /** What happened until now is put away. */
  async see(accountId: string): Promise<void> {
    await execute(
      this.dataSource,
      `INSERT INTO seen_warnings (account_id, seen_at) VALUES ($1, now())
       ON CONFLICT (account_id) DO UPDATE SET seen_at = excluded.seen_at`,
      [accountId],
    );
  }
}
