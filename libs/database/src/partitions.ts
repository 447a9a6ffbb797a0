import type { DataSource, EntityManager } from 'typeorm';
import { quoteIdentifier } from './copy';
import { query } from './transaction';
import { uuidv7LowerBound } from './uuid';

export interface PartitionRange {
  /** The first month is the one (UTC) that holds this moment. */
  readonly from: Date;
  /** How many months, 1 to 120. */
  readonly months: number;
  /** Type of the column that the table is partitioned by. */
  readonly keyKind: 'timestamptz' | 'uuidv7';
}

const monthsMax = 120;

/**
 * Creates the missing month partitions `<table>_YYYYMM` (UTC months) of a table `PARTITION BY RANGE (<one column>)`.
 * Repeated or run by two at once it changes nothing more. A partition is made beside the table and attached, so reads
 * and writes of the table go on meanwhile.
 * @returns names of the created partitions
 * @throws when a table of such a name exists but is not a partition of `table` (a month that was detached)
 */
export async function ensureMonthlyPartitions(
  tx: EntityManager,
  table: string,
  { from, months, keyKind }: PartitionRange,
): Promise<string[]> {
  if (!Number.isInteger(months) || months < 1 || months > monthsMax) {
    throw new RangeError(`months must be 1 to ${monthsMax}`);
  }
  const wanted = Array.from({ length: months }, (_, at) => monthStart(from, at));
  const nameOf = (month: Date): string => `${table}_${month.toISOString().slice(0, 7).replace('-', '')}`;
  if ((await missing(tx, table, wanted.map(nameOf))).size === 0) return [];

  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`partitions:${table}`]);
  const absent = await missing(tx, table, wanted.map(nameOf));
  const created: string[] = [];
  for (const [at, month] of wanted.entries()) {
    const name = nameOf(month);
    if (!absent.has(name)) continue;
    const bound = (date: Date): string =>
      keyKind === 'uuidv7' ? `'${uuidv7LowerBound(date)}'` : `'${date.toISOString()}'`;
    const [parent, child] = [quoteIdentifier(table), quoteIdentifier(name)];
    // CREATE ... PARTITION OF would lock the table against reads; ATTACH does not. Indexes and keys come with ATTACH.
    await tx.query(
      `CREATE TABLE ${child} (LIKE ${parent} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE)`,
    );
    await tx.query(
      `ALTER TABLE ${parent} ATTACH PARTITION ${child} FOR VALUES FROM (${bound(month)}) TO (${bound(monthStart(from, at + 1))})`,
    );
    created.push(name);
  }
  return created;
}

/** A partition that {@link ensureMonthlyPartitions} made: one month (UTC), `to` is not in it. */
export interface MonthPartition {
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/** The month partitions of a table, oldest first. */
export async function monthPartitions(
  db: DataSource | EntityManager,
  table: string,
): Promise<MonthPartition[]> {
  const children = await query<{ name: string }>(
    db,
    `SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
      WHERE inhparent = to_regclass(quote_ident($1)) ORDER BY child.relname`,
    [table],
  );
  return children.flatMap(({ name }) => {
    const month = /^_(\d{4})(\d{2})$/.exec(name.slice(table.length));
    if (!month) return [];
    const from = new Date(Date.UTC(Number(month[1]), Number(month[2]) - 1));
    return [{ name, from, to: monthStart(from, 1) }];
  });
}

/** Takes a month out of a table, with all that it holds. Waits for the table's lock. */
export async function dropMonthPartition(tx: EntityManager, table: string, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`partitions:${table}`]);
  // Another replica may have been first.
  if ((await monthPartitions(tx, table)).every((month) => month.name !== name)) return;
  await tx.query(`ALTER TABLE ${quoteIdentifier(table)} DETACH PARTITION ${quoteIdentifier(name)}`);
  await tx.query(`DROP TABLE ${quoteIdentifier(name)}`);
}

function monthStart(from: Date, monthsLater: number): Date {
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + monthsLater));
}

/** Those of the names that no table has; refuses one that a foreign table has. */
async function missing(tx: EntityManager, table: string, names: readonly string[]): Promise<Set<string>> {
  const existing = await query<{ name: string; attached: boolean }>(
    tx,
    `SELECT child.relname AS name, coalesce(inhparent = to_regclass(quote_ident($1)), false) AS attached
       FROM pg_class child LEFT JOIN pg_inherits ON inhrelid = child.oid
      WHERE child.relname = ANY($2) AND child.relnamespace = current_schema()::regnamespace`,
    [table, names],
  );
  const stranger = existing.find(({ attached }) => !attached);
  if (stranger) throw new Error(`table ${stranger.name} exists and is not a partition of ${table}`);
  const found = new Set(existing.map(({ name }) => name));
  return new Set(names.filter((name) => !found.has(name)));
}
