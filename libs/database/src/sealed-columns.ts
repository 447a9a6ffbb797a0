import { SealKeyMissingError, sealMark, type Sealer } from '@peyk/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { quoteIdentifier } from './copy';
import { execute, query, Transactions } from './transaction';

/** A `bytea` column of a table that holds what `Sealer` sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Columns of the primary key, in its order, with their types. */
  readonly key: readonly (readonly [column: string, type: 'uuid' | 'text' | 'int'])[];
  readonly sealer: Sealer;
  /** The name that is bound to the bytes of the row with this key. */
  readonly nameOf: (...key: string[]) => string;
  /** Rows that are sealed again in one transaction; 200 unless said otherwise. */
  readonly page?: number;
}

/** What `reseal` did with a column. */
export interface ResealedColumn {
  readonly table: string;
  readonly column: string;
  readonly resealed: number;
  /** Key version -> rows that are sealed under it now. */
  readonly rows: Readonly<Record<number, number>>;
}

const pageRows = 200;

/**
 * For the start of a program: every key that something is sealed under must be there, and be the one that sealed it.
 * Reads each of the tables once.
 * @throws Error that names what cannot be opened
 */
export async function assertSealKeys(
  dataSource: DataSource,
  columns: readonly SealedColumn[],
): Promise<void> {
  for (const column of columns) {
    for (const version of Object.keys(await versionsOf(dataSource, column)).map(Number)) {
      const [row] = await query<SealedRow>(
        dataSource,
        `SELECT ${keysOf(column)} AS key, ${bytesOf(column)} AS bytes FROM ${quoteIdentifier(column.table)}
         WHERE ${versionSql(column)} = $2 LIMIT 1`,
        [sealMark, version],
      );
      if (row) assertOpens(column, row, version);
    }
  }
}

function assertOpens(column: SealedColumn, { key, bytes }: SealedRow, version: number): void {
  try {
    column.sealer.unseal(column.nameOf(...key), bytes);
  } catch (error) {
    const where = `${column.table}.${column.column}`;
    throw new Error(
      error instanceof SealKeyMissingError
        ? `SEAL_KEYS: key ${version} is missing, and rows of ${where} are sealed under it`
        : `SEAL_KEYS: key ${version} is not the one that sealed ${where} (key of the row: ${key.join(' ')})`,
      { cause: error },
    );
  }
}

/**
 * Seals again, under the key that seals now, what is sealed under others: page after page while all runs, each page in a
 * transaction of its own. Safe to stop and to repeat. A row that changes meanwhile keeps its change.
 */
export async function reseal(
  dataSource: DataSource,
  columns: readonly SealedColumn[],
): Promise<ResealedColumn[]> {
  const transactions = new Transactions(dataSource);
  const done: ResealedColumn[] = [];
  for (const column of columns) {
    let resealed = 0;
    for (let after: readonly string[] | undefined = []; after;) {
      const from: readonly string[] = after;
      const page = await transactions.run((tx) => resealPage(tx, column, from));
      resealed += page.resealed;
      after = page.last;
    }
    const { table, column: name } = column;
    done.push({ table, column: name, resealed, rows: await versionsOf(dataSource, column) });
  }
  return done;
}

interface SealedRow {
  readonly key: string[];
  readonly bytes: Buffer;
}

/** @returns key of the page's last row; undefined after the last page */
async function resealPage(
  tx: EntityManager,
  column: SealedColumn,
  after: readonly string[],
): Promise<{ resealed: number; last?: readonly string[] }> {
  const { page = pageRows, sealer, key } = column;
  const names = key.map(([name]) => quoteIdentifier(name));
  const start = key.map(([, type], at) => `$${at + 3}::${type}`).join(', ');
  // Of what is sealed as it should be only the key is read: the rest may be large.
  const rows = await query<{ key: string[]; bytes: Buffer | null }>(
    tx,
    `SELECT ${keysOf(column)} AS key, CASE WHEN ${versionSql(column)} <> $2 THEN ${bytesOf(column)} END AS bytes
     FROM ${quoteIdentifier(column.table)} ${after.length > 0 ? `WHERE (${names.join(', ')}) > (${start})` : ''}
     ORDER BY ${names.join(', ')} LIMIT ${page}`,
    [sealMark, sealer.version, ...after],
  );
  const stale = rows.filter((row): row is SealedRow => row.bytes !== null);
  const last = rows.length < page ? undefined : rows.at(-1)?.key;
  if (stale.length === 0) return { resealed: 0, last };
  const lists = key.map(([, type], at) => `$${at + 3}::${type}[]`);
  const resealed = await execute(
    tx,
    `UPDATE ${quoteIdentifier(column.table)} AS t SET ${bytesOf(column)} = n.resealed
     FROM unnest($1::bytea[], $2::bytea[], ${lists.join(', ')}) AS n (was, resealed, ${key.map((_, at) => `k${at}`).join(', ')})
     WHERE ${names.map((name, at) => `t.${name} = n.k${at}`).join(' AND ')} AND t.${bytesOf(column)} = n.was`,
    [
      stale.map(({ bytes }) => bytes),
      stale.map((row) => {
        const name = column.nameOf(...row.key);
        return sealer.seal(name, sealer.unseal(name, row.bytes));
      }),
      ...key.map((_, at) => stale.map((row) => row.key[at])),
    ],
  );
  return { resealed, last };
}

async function versionsOf(dataSource: DataSource, column: SealedColumn): Promise<Record<number, number>> {
  const rows = await query<{ version: number; rows: number }>(
    dataSource,
    `SELECT ${versionSql(column)} AS version, count(*) AS rows FROM ${quoteIdentifier(column.table)}
     WHERE ${bytesOf(column)} IS NOT NULL GROUP BY 1 ORDER BY 1`,
    [sealMark],
  );
  return Object.fromEntries(rows.map((row) => [row.version, row.rows]));
}

/** The version of a row's key, as `Sealer` writes it; $1: `sealMark`. */
function versionSql(column: SealedColumn): string {
  const bytes = bytesOf(column);
  return `CASE WHEN substring(${bytes} FROM 1 FOR ${sealMark.length}) = $1::bytea
    THEN get_byte(${bytes}, ${sealMark.length}) * 256 + get_byte(${bytes}, ${sealMark.length + 1}) ELSE 0 END`;
}

function bytesOf({ column }: SealedColumn): string {
  return quoteIdentifier(column);
}

function keysOf({ key }: SealedColumn): string {
  return `ARRAY[${key.map(([name]) => `${quoteIdentifier(name)}::text`).join(', ')}]`;
}
