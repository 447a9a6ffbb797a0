import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { optOutsCountMax } from '@peyk/contracts/sms';
import type {
  AdminOptOutDto,
  AdminOptOutsDto,
  AdminOptOutsQueryDto,
  OptOutDto,
  OptOutReach,
  OptOutRemovalDto,
  OptOutResultDto,
  OptOutsAddDto,
  OptOutsAddedDto,
  OptOutsDto,
  OptOutSource,
  OptOutsQueryDto,
} from '@peyk/contracts/sms';
import { Transactions, execute, query, uuidv7 } from '@peyk/database';
import { parseMobile, toLatinDigits } from '@peyk/persian';
import { maskMsisdn } from '@peyk/platform';
import { DataSource, EntityManager } from 'typeorm';
import { AdministrationLog } from '../administration/administration.log';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor } from '../cursor';
import { ownerShown } from '../customers/owner';

/** `<microseconds since 1970>_<id>`: newest first, and by the id where two are of one moment. */
const cursorPattern = /^\d{1,16}_[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** The audit log names so many of the numbers that were added at once. */
const namedMax = 20;
const beginningMin = 4;

/** Who notes, and for whom: a customer for itself, an administrator for everybody (`customerId` null). */
export interface NotedBy {
  readonly accountId: string;
  readonly customerId: string | null;
  readonly source: Exclude<OptOutSource, 'message'>;
}

interface Row {
  readonly id: string;
  readonly msisdn: number;
  readonly line_id: string | null;
  readonly customer_id: string | null;
  readonly line: string | null;
  readonly owner_id: string | null;
  readonly source: OptOutSource;
  readonly since: Date;
  readonly micros: string;
  readonly noted_by: string | null;
  readonly note: string | null;
}

const columns = `o.id, o.msisdn, o.line_id, o.customer_id, l.number AS line, coalesce(o.customer_id, l.customer_id) AS owner_id,
  o.source, o.since, floor(extract(epoch FROM o.since) * 1000000)::bigint::text AS micros, o.noted_by, o.note`;

/** A subscriber who sent one of the line class's words to the line (SMS-212). A repetition changes nothing. */
export async function noteOptOut(tx: EntityManager, lineId: string, msisdn: string): Promise<void> {
  await execute(
    tx,
    `INSERT INTO opt_outs (id, line_id, msisdn, source) VALUES ($1, $2, $3, 'message') ON CONFLICT DO NOTHING`,
    [uuidv7(), lineId, msisdn],
  );
}

/** Those of the numbers whom no advertising of this line and customer reaches (SMS-206). */
export async function optedOutOf(
  tx: EntityManager,
  { lineId, customerId }: { readonly lineId: string; readonly customerId: string },
  msisdns: readonly number[],
): Promise<Set<number>> {
  const rows = await query<{ msisdn: number }>(
    tx,
    `SELECT msisdn FROM opt_outs WHERE msisdn = ANY($1::bigint[])
       AND (line_id = $2 OR line_id IS NULL AND (customer_id = $3 OR customer_id IS NULL))`,
    [msisdns, lineId, customerId],
  );
  return new Set(rows.map(({ msisdn }) => msisdn));
}

/** The lists of who wants no advertising: of a customer, and of the platform. */
@Injectable()
export class OptOutsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly log: AdministrationLog,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'siteAccountId'>,
  ) {}

  /** Those of the customer, and those of texts to lines that are the customer's now. */
  async list(customerId: string, filter: OptOutsQueryDto): Promise<OptOutsDto> {
    const { rows, ...page } = await this.page(filter, [
      ['(o.customer_id = ? OR l.customer_id = ?)', customerId],
    ]);
    return { optOuts: rows.map(shown), ...page };
  }

  async listAll({ customerId, reach, ...filter }: AdminOptOutsQueryDto): Promise<AdminOptOutsDto> {
    const { rows, ...page } = await this.page(filter, [
      ...(customerId ? [['(o.customer_id = ? OR l.customer_id = ?)', customerId] as const] : []),
      ...(reach ? [[reaches[reach], undefined] as const] : []),
    ]);
    return { optOuts: rows.map((row) => this.shownToAdmin(row)), ...page };
  }

  /** Each number is answered in its place; what is wrong with one does not keep the others out. */
  async add({ numbers, note }: OptOutsAddDto, by: NotedBy): Promise<OptOutsAddedDto> {
    const read = numbers.map((given) => ({ given, mobile: parseMobile(given) }));
    const wanted = [...new Set(read.flatMap(({ mobile }) => (mobile.ok ? [mobile.msisdn] : [])))];
    const added = await this.transactions.run(async (tx) => {
      const rows = await query<{ msisdn: number }>(
        tx,
        `INSERT INTO opt_outs (id, customer_id, msisdn, source, noted_by, note)
         SELECT v.id, $3, v.msisdn, $4, $5, $6 FROM unnest($1::uuid[], $2::bigint[]) AS v (id, msisdn)
         ON CONFLICT DO NOTHING RETURNING msisdn`,
        [wanted.map(() => uuidv7()), wanted, by.customerId, by.source, by.accountId, note?.trim() || null],
      );
      const fresh = rows.map(({ msisdn }) => String(msisdn));
      if (fresh.length > 0)
        await this.log.record(tx, `opt-outs:${by.customerId ?? 'platform'}`, {
          action: 'opt_out.added',
          by: by.accountId,
          customerId: by.customerId,
          reason: note?.trim() || undefined,
          after: {
            count: fresh.length,
            numbers: fresh.slice(0, namedMax).map(maskMsisdn).join(', '),
            source: by.source,
          },
        });
      return new Set(fresh);
    });
    const results = read.map(({ given, mobile }): OptOutResultDto => {
      if (!mobile.ok) return { given, outcome: 'invalid' };
      // Twice in one request: once added.
      return { given, outcome: added.delete(mobile.msisdn) ? 'added' : 'known' };
    });
    return { added: results.filter(({ outcome }) => outcome === 'added').length, results };
  }

  /**
   * @param customerId whose it must be; null: anybody's
   * @throws optOut.notFound, optOut.consentMissing
   */
  async remove(
    { optOutId, reason, consent = false }: OptOutRemovalDto,
    by: { readonly accountId: string; readonly customerId: string | null },
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const [row] = await query<Row>(
        tx,
        `SELECT ${columns} FROM opt_outs o LEFT JOIN lines l ON l.id = o.line_id
         WHERE o.id = $1 AND ($2::uuid IS NULL OR o.customer_id = $2 OR l.customer_id = $2) FOR UPDATE OF o`,
        [optOutId, by.customerId],
      );
      if (!row) throw new DomainError('optOut.notFound');
      // The subscriber said it; only the subscriber takes it back, and somebody answers for having heard that.
      if (row.source === 'message' && !consent)
        throw new DomainError('optOut.consentMissing', { field: 'consent' });
      await execute(tx, 'DELETE FROM opt_outs WHERE id = $1', [optOutId]);
      await this.log.record(tx, `opt-outs:${row.owner_id ?? 'platform'}`, {
        action: 'opt_out.removed',
        by: by.accountId,
        customerId: row.owner_id && ownerShown(row.owner_id, this.config),
        reason: reason.trim(),
        on: { number: maskMsisdn(String(row.msisdn)), ...(row.line && { line: row.line }) },
        before: { source: row.source, since: row.since.toISOString(), reach: reachOf(row) },
        after: { consent },
      });
    });
  }

  private async page(
    { search, source, cursor, limit = 50 }: OptOutsQueryDto,
    only: readonly (readonly [sql: string, value: string | undefined])[],
  ): Promise<{ rows: Row[]; total: number; nextCursor?: string }> {
    const before = decodeCursor(cursor, cursorPattern);
    const parameters: unknown[] = [];
    const parameter = (value: unknown): string => `$${parameters.push(value)}`;
    const conditions = only.map(([sql, value]) =>
      value === undefined ? sql : sql.replaceAll('?', parameter(value)),
    );
    if (source) conditions.push(`o.source = ${parameter(source)}`);
    if (search) conditions.push(searchFor(search, parameter));
    const from = `FROM opt_outs o LEFT JOIN lines l ON l.id = o.line_id WHERE ${conditions.join(' AND ') || 'true'}`;
    const [counted] = await query<{ total: number }>(
      this.dataSource,
      `SELECT count(*)::int AS total FROM (SELECT ${from} LIMIT ${optOutsCountMax}) AS found`,
      parameters,
    );
    const [micros, id] = before?.split('_') ?? [];
    const behind =
      micros === undefined
        ? ''
        : `AND (o.since, o.id) < (to_timestamp(0) + ${parameter(micros)}::bigint * interval '1 microsecond', ${parameter(id)}::uuid)`;
    const found = await query<Row>(
      this.dataSource,
      `SELECT ${columns} ${from} ${behind} ORDER BY o.since DESC, o.id DESC LIMIT ${parameter(limit + 1)}`,
      parameters,
    );
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows,
      total: counted?.total ?? 0,
      ...(found.length > limit && last ? { nextCursor: encodeCursor(`${last.micros}_${last.id}`) } : {}),
    };
  }

  private shownToAdmin(row: Row): AdminOptOutDto {
    return { ...shown(row), customerId: row.owner_id && ownerShown(row.owner_id, this.config) };
  }
}

const reaches: Readonly<Record<OptOutReach, string>> = {
  line: 'o.line_id IS NOT NULL',
  customer: 'o.customer_id IS NOT NULL',
  platform: 'o.line_id IS NULL AND o.customer_id IS NULL',
};

function reachOf({ line_id, customer_id }: Row): OptOutReach {
  if (line_id !== null) return 'line';
  return customer_id === null ? 'platform' : 'customer';
}

function shown(row: Row): OptOutDto {
  return {
    id: row.id,
    number: String(row.msisdn),
    reach: reachOf(row),
    ...(row.line !== null && { line: row.line }),
    source: row.source,
    since: row.since.toISOString(),
    by: row.noted_by,
    note: row.note,
  };
}

/** Numbers have twelve digits: what begins as typed lies between two of them. */
function searchFor(typed: string, parameter: (value: unknown) => string): string {
  const whole = parseMobile(typed);
  if (whole.ok) return `o.msisdn = ${parameter(whole.msisdn)}`;
  const digits = toLatinDigits(typed).replaceAll(/\D/g, '');
  if (digits.length < beginningMin) return 'false';
  const beginning = digits.replace(/^(?:0098|98|0)?/, '98').slice(0, 12);
  const from = beginning.padEnd(12, '0');
  const to = beginning.padEnd(12, '9');
  return `o.msisdn BETWEEN ${parameter(from)} AND ${parameter(to)}`;
}
