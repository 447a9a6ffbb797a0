import type { DataSource, EntityManager } from 'typeorm';
import { quoteIdentifier } from './copy';
import { dropMonthPartition, monthPartitions } from './partitions';
import type { MonthPartition } from './partitions';
import { execute, query, Transactions } from './transaction';
import { isDatabaseAway, isDatabaseUnavailable } from './unavailable';

/** How long the rows of a table live; `rule` and the other texts stand in docs/retention.md. */
export type TableLife = KeptLife | RowsLife | MonthsLife | OwnLife;

/** Nothing of it is ever pruned: it is kept, its size has a bound, or its rows go with others. */
export interface KeptLife {
  readonly kind: 'kept' | 'bounded' | 'with';
  readonly rule: string;
}

/** Rows for which `due` holds are deleted, in pages. An index finds them. */
export interface RowsLife {
  readonly kind: 'rows';
  readonly rule: string;
  /** Setting that the rule hangs on. */
  readonly setting?: string;
  /** SQL condition over the table's columns. */
  readonly due: string;
}

/** Month partitions that ended so many days ago are dropped, once `release` has let go of one. */
export interface MonthsLife {
  readonly kind: 'months';
  readonly rule: string;
  readonly setting?: string;
  readonly days: number;
  /** One bounded step; repeated until it says `free`. `held`: the month stays until the next turn. */
  readonly release?: (dataSource: DataSource, month: MonthPartition) => Promise<'free' | 'more' | 'held'>;
}

/** Rows that more than a DELETE takes away. */
export interface OwnLife {
  readonly kind: 'own';
  readonly rule: string;
  readonly setting?: string;
  readonly due: string;
  /** One bounded page. @returns whether there is more */
  readonly prune: (dataSource: DataSource) => Promise<boolean>;
}

/** Every table of a program, partitions aside. */
export type TableLives = Readonly<Record<string, TableLife>>;

export type PrunedLife = RowsLife | MonthsLife | OwnLife;

const pageRows = 5_000;
/** A larger count is reported as this many. */
const countMax = 1_000_000;
const dayMs = 86_400_000;
/** A statement that waits for a table's lock lets nobody behind it through. */
const lockTimeoutMs = 2_000;

export function isPruned(life: TableLife): life is PrunedLife {
  return life.kind === 'rows' || life.kind === 'months' || life.kind === 'own';
}

/**
 * One bounded piece of what is due in a table; replicas may do it at once.
 * @returns whether there is more now
 */
export async function pruneTable(dataSource: DataSource, table: string, life: PrunedLife): Promise<boolean> {
  if (life.kind === 'own') return life.prune(dataSource);
  if (life.kind === 'rows') return (await pruneRows(dataSource, table, life)) === pageRows;
  return pruneMonth(dataSource, table, life);
}

/** Deletes a page of the rows that are due. @returns how many */
export function pruneRows(
  db: DataSource | EntityManager,
  table: string,
  { due }: Pick<RowsLife, 'due'>,
): Promise<number> {
  const name = quoteIdentifier(table);
  return execute(
    db,
    `DELETE FROM ${name} WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM ${name} WHERE ${due} LIMIT ${pageRows} FOR UPDATE SKIP LOCKED))`,
  );
}

/** The oldest month that may go. One that is held keeps no later one. */
async function pruneMonth(dataSource: DataSource, table: string, life: MonthsLife): Promise<boolean> {
  for (const month of await dueMonths(dataSource, table, life)) {
    const released = (await life.release?.(dataSource, month)) ?? 'free';
    if (released === 'held') continue;
    if (released === 'free')
      await new Transactions(dataSource).run(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
        await dropMonthPartition(tx, table, month.name);
      });
    return true;
  }
  return false;
}

async function dueMonths(
  dataSource: DataSource,
  table: string,
  { days }: MonthsLife,
): Promise<MonthPartition[]> {
  const before = Date.now() - days * dayMs;
  return (await monthPartitions(dataSource, table)).filter(({ to }) => to.getTime() <= before);
}

/** What a table holds and what of it would go now. */
export interface TableReport {
  readonly table: string;
  readonly kind: TableLife['kind'];
  readonly rule: string;
  readonly setting?: string;
  /** Estimated by PostgreSQL from its last analysis. */
  readonly rows: number;
  /** With indexes and partitions. */
  readonly bytes: number;
  /**
   * Rows that are due, exact up to a million; of a table by months the estimate of the months that are, also of one that
   * something open still holds. null: they could not be counted in time.
   */
  readonly due?: number | null;
}

/** Reads only; no statement of it lasts longer than any other. */
export async function reportTables(dataSource: DataSource, lives: TableLives): Promise<TableReport[]> {
  const reports: TableReport[] = [];
  for (const [table, life] of Object.entries(lives).toSorted(([one], [other]) => one.localeCompare(other))) {
    const [size] = await query<{ rows: number; bytes: number }>(
      dataSource,
      `SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint AS rows, coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes
         FROM pg_partition_tree(to_regclass($1)) p JOIN pg_class c ON c.oid = p.relid`,
      [quoteIdentifier(table)],
    );
    reports.push({
      table,
      kind: life.kind,
      rule: life.rule,
      ...('setting' in life && life.setting && { setting: life.setting }),
      rows: size?.rows ?? 0,
      bytes: size?.bytes ?? 0,
      ...(isPruned(life) && { due: await countDue(dataSource, table, life).catch(unlessInTime) }),
    });
  }
  return reports;
}

/** One table that takes too long keeps nobody from the others. */
function unlessInTime(error: unknown): null {
  if (isDatabaseUnavailable(error) && !isDatabaseAway(error)) return null;
  throw error;
}

async function countDue(dataSource: DataSource, table: string, life: PrunedLife): Promise<number> {
  if (life.kind === 'months') {
    const months = await dueMonths(dataSource, table, life);
    const [sum] = await query<{ rows: number }>(
      dataSource,
      'SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint AS rows FROM pg_class WHERE relname = ANY($1) AND relnamespace = current_schema()::regnamespace',
      [months.map(({ name }) => name)],
    );
    return sum?.rows ?? 0;
  }
  const [counted] = await query<{ due: number }>(
    dataSource,
    `SELECT count(*)::int AS due FROM (SELECT FROM ${quoteIdentifier(table)} WHERE ${life.due} LIMIT ${countMax}) AS d`,
  );
  return counted?.due ?? 0;
}

/** Tables of the schema that no life is stated for, and stated ones that are not there. */
export async function unstatedTables(dataSource: DataSource, lives: TableLives): Promise<string[]> {
  const tables = await query<{ name: string }>(
    dataSource,
    `SELECT relname AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace
        AND relname NOT IN ('migrations', 'typeorm_metadata')`,
  );
  const names = new Set(tables.map(({ name }) => name));
  return [
    ...[...names].filter((name) => !(name in lives)),
    ...Object.keys(lives).filter((name) => !names.has(name)),
  ].toSorted();
}
