import { Injectable } from '@nestjs/common';
import type { AuditChangeDto, AuditDto, AuditEntryDto, AuditQueryDto } from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';

/** Microseconds and number of the last entry: several may be of one moment. */
const cursorForm = /^\d{1,17} \d{1,16}$/;
const valueMax = 4_000;
const changesMax = 100;

interface EntryRow {
  readonly seq: number;
  readonly at: Date;
  readonly at_us: number;
  readonly action: string;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly reason: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly address: string | null;
  readonly device: string | null;
  readonly request_id: string | null;
}

/** The audit log as people search it (IDN-221). */
@Injectable()
export class AuditReader {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. @throws input.invalid for a foreign cursor */
  async list(filter: AuditQueryDto): Promise<AuditDto> {
    const { limit = 50 } = filter;
    const [atUs, seq] = decodeCursor(filter.cursor, cursorForm)?.split(' ') ?? [];
    const parameters: unknown[] = [];
    const conditions: string[] = [];
    const where = (sql: string, ...values: unknown[]): void => {
      if (values.every((value) => value === undefined)) return;
      conditions.push(sql.replace(/\?/g, () => `$${parameters.push(values.shift())}`));
    };
    where('e.account_id = ?', filter.accountId);
    where('e.actor_id = ?', filter.actorId);
    // A beginning is a range of the C collation.
    where('e.action >= ? AND e.action < ?', filter.action, filter.action && `${filter.action}\u007f`);
    where('e.at >= ?', filter.from);
    where('e.at < ?', filter.to);
    where(`(e.at, e.seq) < (timestamptz 'epoch' + ? * interval '1 microsecond', ?::bigint)`, atUs, seq);
    const rows = await query<EntryRow>(
      this.dataSource,
      `SELECT e.*, (extract(epoch FROM e.at) * 1000000)::bigint AS at_us,
         coalesce(actor.name, e.actor_service) AS actor_name, account.name AS account_name
       FROM audit_entries e
       LEFT JOIN accounts actor ON actor.id = e.actor_id LEFT JOIN accounts account ON account.id = e.account_id
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY e.at DESC, e.seq DESC LIMIT ${limit + 1}`,
      parameters,
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(toDto),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(`${last.at_us} ${last.seq}`) } : {}),
    };
  }
}

function toDto(row: EntryRow): AuditEntryDto {
  return {
    seq: row.seq,
    at: row.at.toISOString(),
    action: row.action,
    actor: { accountId: row.actor_id, name: row.actor_name },
    accountId: row.account_id,
    accountName: row.account_name,
    reason: row.reason,
    changes: changesOf(row),
    address: row.address,
    device: row.device,
    requestId: row.request_id,
  };
}

function changesOf({ before, after }: EntryRow): AuditChangeDto[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields].slice(0, changesMax).map((field) => ({
    field,
    before: shown(before?.[field]),
    after: shown(after?.[field]),
  }));
}

function shown(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= valueMax ? text : `${text.slice(0, valueMax - 1).toWellFormed()}…`;
}
