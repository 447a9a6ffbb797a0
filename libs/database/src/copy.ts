import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | null | Date;

const chunkLength = 64 * 1024;
const special = /[\\\n\r\t]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2 (text format)
function field(value: CopyValue): string {
  if (typeof value === 'string') {
    return special.test(value) ? value.replaceAll(/[\\\n\r\t]/g, (char) => escapes[char] ?? char) : value;
  }
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return value.toISOString();
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Appends rows through COPY, the fastest way in. Dates as UTC; arrays and JSON as their PostgreSQL text. Memory stays
 * at a few chunks of 64 KB however many rows come.
 * @param client of a transaction (`rawClient(tx)`): a failed COPY has to be rolled back
 * @returns the number of rows
 * @throws the database's error (constraint, wrong type), or what the iteration of `rows` throws; the client can then
 * be used again after the rollback
 */
export async function copyRows(
  client: ClientBase,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]>,
): Promise<number> {
  const target = `${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(', ')})`;
  const stream = client.query(copyFrom(`COPY ${target} FROM STDIN`, { highWaterMark: 4 * chunkLength }));
  // The database may refuse at any moment, also while the next rows are being made.
  let refused = false;
  const done = finished(stream);
  done.catch(() => {
    refused = true;
  });
  try {
    let chunk = '';
    for (const row of rows) {
      if (row.length !== columns.length) {
        throw new RangeError(`a row has ${row.length} values for ${columns.length} columns`);
      }
      for (let at = 0; at < row.length; at += 1) chunk += (at === 0 ? '' : '\t') + field(row[at] ?? null);
      chunk += '\n';
      if (chunk.length >= chunkLength) {
        if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done]);
        // While the socket takes all, nothing above waits: the rest of the program, and a refusal, get their turn here.
        await Promise.race([turn(), done]);
        chunk = '';
      }
    }
    stream.end(chunk);
  } catch (error) {
    if (!refused) stream.destroy(error as Error);
    await done.catch(() => undefined);
    throw error;
  }
  await done;
  return stream.rowCount;
}
