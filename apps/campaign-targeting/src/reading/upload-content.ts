import { once } from 'node:events';
import { rawClient } from '@peyk/database';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';

/** About 1.5 MB: short against the statement timeout, long against the way there and back. */
const chunksPerCopy = 8;

/**
 * The bytes of an upload in order, in pieces of at most 64 KiB or so, on a connection of its own. COPY, because the driver
 * reads a bytea as text, twice as long, and whole: four times the memory. Throws when a chunk is gone.
 */
export async function* uploadContent(
  dataSource: DataSource,
  listId: string,
  chunks: number,
): AsyncGenerator<Buffer, undefined> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = await rawClient(runner.manager);
    for (let from = 0; from < chunks; from += chunksPerCopy) {
      const rows = `SELECT bytes FROM upload_chunks
        WHERE list_id = '${listId}' AND no >= ${from} AND no < ${from + chunksPerCopy} ORDER BY no`;
      const stream = client.query(copyTo(`COPY (${rows}) TO STDOUT (FORMAT binary)`));
      const fields = new CopyFields();
      const expected = Math.min(chunksPerCopy, chunks - from);
      try {
        for await (const piece of stream.iterator({ destroyOnReturn: false })) {
          yield* fields.read(piece as Buffer);
        }
      } finally {
        if (!stream.readableEnded && stream.destroyed) {
          // It failed, and perhaps the connection with it: nobody else must be given it.
          await (client as PoolClient & { end(): Promise<void> }).end().catch(() => undefined);
        } else if (!stream.readableEnded) {
          // Left early: the connection is of use again once the rest of the answer has gone by.
          await once(stream.resume(), 'end');
        }
      }
      if (fields.rows !== expected) throw new Error(`chunks of upload ${listId} are gone`);
    }
  } finally {
    await runner.release();
  }
  return undefined;
}

const headerBytes = 19;
const tupleHeadBytes = 6;

/**
 * Field bytes out of a binary COPY of one column without nulls
 * (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4): a header, then for each row a count of 1, a
 * length and as many bytes; -1 for a count ends it.
 */
export class CopyFields {
  private head = Buffer.alloc(0);
  private headNeeded = headerBytes;
  private inField = 0;
  private started = false;
  /** Rows begun so far. */
  rows = 0;

  /** `piece` may end anywhere. */
  *read(piece: Buffer): Generator<Buffer> {
    let rest = piece;
    while (rest.length > 0) {
      if (this.inField > 0) {
        const bytes = rest.subarray(0, this.inField);
        this.inField -= bytes.length;
        rest = rest.subarray(bytes.length);
        yield bytes;
        continue;
      }
      const taken = rest.subarray(0, this.headNeeded - this.head.length);
      this.head = Buffer.concat([this.head, taken]);
      rest = rest.subarray(taken.length);
      if (this.head.length < this.headNeeded) return;
      if (this.started) {
        this.inField = this.head.readInt32BE(2);
        this.rows += 1;
      }
      this.started = true;
      this.headNeeded = tupleHeadBytes;
      this.head = Buffer.alloc(0);
    }
  }
}
