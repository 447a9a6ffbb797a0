import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { operators } from '@peyk/contracts';
import { targetingEvents } from '@peyk/contracts/targeting';
import type { ErrorCode } from '@peyk/contracts';
import type { ListReadDto } from '@peyk/contracts/targeting';
import { execute, query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { counter, histogram } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { TargetingConfig } from '../config';
import type { ListPart } from '../lists/list.entity';
import { ListWriter } from '../lists/list.writer';
import { FileError } from '@peyk/files';
import { parseRecipientFile } from '../recipients/recipient-file.parser';
import type { ReadRows, RecipientFileTotals } from '../recipients/recipient.collector';
import { combineParts } from './combine-parts';
import { Heartbeat, leaseSeconds } from './heartbeat';
import { uploadContent } from './upload-content';
import { refusalOf } from './refusal';

/** A list that brings the program down so often is refused (`internal`) instead of tried for ever. */
export const attemptsMax = 5;
const retryPauseSeconds = 5;

/** A list that one reading holds. */
export interface ClaimedList {
  readonly id: string;
  readonly customerId: string;
  /** Of an upload: the file's name. */
  readonly title: string;
  readonly chunks: number;
  /** Of a combined list. */
  readonly parts: readonly ListPart[] | null;
  /** Token of this reading: with another in its place nothing of it is written. */
  readonly reading: string;
  readonly attempts: number;
}

/** What a reading says of the file besides its counts. */
interface ReadingSays {
  readonly refusal: ErrorCode | null;
  readonly row: number | null;
  readonly sheet: string | null;
}

export type ReadingEnd = 'ready' | 'refused' | 'lost' | 'given_back';

/** Another reading has the list, or the list was aborted. */
class ReadingLostError extends Error {
  override readonly name = 'ReadingLostError';
}

const readings = counter('targeting_readings_total', 'Readings of recipient lists by their end', ['end']);
const rowsRead = counter('targeting_rows_read_total', 'Rows of recipient lists read to the end');
const readingSeconds = histogram('targeting_reading_seconds', 'Time to read a recipient list to its end');

/**
 * Reads one uploaded file, or the parts of a combined list, into its list. All that comes of it is written in one
 * transaction: a crash leaves nothing, and the next reading begins again from the chunks or the parts.
 */
@Injectable()
export class ListReader {
  private readonly logger = new Logger(ListReader.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly config: TargetingConfig,
  ) {}

  /** Takes the list that waits longest, or one whose reading is dead. */
  async claim(): Promise<ClaimedList | undefined> {
    const [claimed] = await query<ClaimedList>(
      this.dataSource,
      `UPDATE lists SET reading = $1, leased_until = now() + interval '${leaseSeconds} seconds', attempts = attempts + 1
        WHERE id = (
          SELECT id FROM lists
           WHERE state = 'reading' AND (leased_until IS NULL OR leased_until < now())
           ORDER BY touched_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, customer_id AS "customerId", title, chunks, parts, reading, attempts`,
      [randomUUID()],
    );
    return claimed;
  }

  /** Never rejects but when the database is away: then the lease runs out. `stop` gives the list back at once. */
  async read(list: ClaimedList, stop: AbortSignal): Promise<ReadingEnd> {
    const startedAt = process.hrtime.bigint();
    const end = await this.readToEnd(list, stop);
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    readings.inc({ end });
    readingSeconds.observe(seconds);
    this.logger.log({ msg: 'reading ended', listId: list.id, end, seconds, attempt: list.attempts });
    return end;
  }

  private async readToEnd(list: ClaimedList, stop: AbortSignal): Promise<ReadingEnd> {
    try {
      // It was claimed and neither read nor given back so often: it brings the program down.
      if (list.attempts > attemptsMax) return await this.refuse(list, 'internal');
      await this.write(list, stop);
      return 'ready';
    } catch (error) {
      if (error instanceof ReadingLostError) return 'lost';
      if (error instanceof FileError) {
        this.logger.log({ msg: 'file refused', listId: list.id, code: error.code, details: error.details });
        return this.refuse(list, refusalOf[error.code], error.details);
      }
      // Somebody else reads or has read it: then whatever came in our way (its rows, mostly) is no failure.
      if (!(await this.giveBack(list, stop.aborted))) return 'lost';
      if (!stop.aborted) this.logger.error({ msg: 'reading failed', listId: list.id, err: error });
      return 'given_back';
    }
  }

  private rowsOf({ id, title, chunks, parts }: ClaimedList): AsyncGenerator<ReadRows> {
    if (parts) return combineParts(this.dataSource, parts);
    return parseRecipientFile(uploadContent(this.dataSource, id, chunks), {
      fileName: title,
      maxRows: this.config.fileRowsMax,
      maxBytes: this.config.fileBytesMax,
    });
  }

  private async write(list: ClaimedList, stop: AbortSignal): Promise<void> {
    const heartbeat = new Heartbeat(this.dataSource, list.id, list.reading);
    const batches = this.rowsOf(list);
    try {
      // An xlsx is unpacked before its first row: no transaction waits for that.
      const first = await batches.next();
      await this.transactions.run(async (tx) => {
        const writer = new ListWriter(tx, list.id);
        let sheet: string | null = null;
        try {
          for (let next = first; !next.done; next = await batches.next()) {
            stop.throwIfAborted();
            if (heartbeat.isLost) throw new ReadingLostError();
            addTo(writer, next.value);
            sheet = next.value.layout?.sheet ?? sheet;
            await writer.storeWhenFull();
            heartbeat.totals = next.value.totals;
            // Reading is never idle: the rest of the program gets its turn here.
            await turn();
          }
          await writer.finish();
        } finally {
          await writer.settle();
        }
        await heartbeat.stop();
        if (!heartbeat.totals) throw new Error('there was nothing to read');
        await this.end(tx, list, 'ready', heartbeat.totals, { refusal: null, row: null, sheet });
      });
      rowsRead.inc(heartbeat.totals?.rows ?? 0);
    } finally {
      await heartbeat.stop();
      await batches.return(undefined);
    }
  }

  /** `details`: the row and the sheets that it was refused for, where there are some. */
  private async refuse(
    list: ClaimedList,
    refusal: ErrorCode,
    details: FileError['details'] = {},
  ): Promise<ReadingEnd> {
    const row = typeof details['row'] === 'number' && details['row'] > 0 ? details['row'] : null;
    const sheet = typeof details['sheet'] === 'string' ? details['sheet'] : null;
    try {
      await this.transactions.run((tx) => this.end(tx, list, 'refused', noTotals, { refusal, row, sheet }));
      return 'refused';
    } catch (error) {
      if (error instanceof ReadingLostError) return 'lost';
      throw error;
    }
  }

  /** Ends the list, its chunks and the reading, and says so; throws ReadingLostError when it is no longer ours. */
  private async end(
    tx: EntityManager,
    { id, customerId, reading }: ClaimedList,
    state: ListReadDto['state'],
    totals: RecipientFileTotals,
    { refusal, row, sheet }: ReadingSays = { refusal: null, row: null, sheet: null },
  ): Promise<void> {
    const { rows, valid, duplicate, invalid, blank } = totals;
    const byOperator = operators.map((operator) => totals.byOperator[operator]);
    const ended = await execute(
      tx,
      `UPDATE lists SET state = $3, refusal = $4, rows = $5, valid = $6, duplicates = $7, invalid = $8, blank = $9,
              by_operator = $10, refusal_row = $11, sheet = $12, reading = NULL, leased_until = NULL
        WHERE id = $1 AND reading = $2 AND state = 'reading'`,
      [id, reading, state, refusal, rows, valid, duplicate, invalid, blank, byOperator, row, sheet],
    );
    if (ended === 0) throw new ReadingLostError();
    await execute(tx, 'DELETE FROM upload_chunks WHERE list_id = $1', [id]);
    await this.outbox.add(tx, targetingEvents.listRead, `list:${id}`, {
      listId: id,
      customerId,
      state,
      refusal,
      valid,
    });
  }

  /**
   * To be taken again: at once when this program stops in order, else after a pause.
   * @returns whether it was still ours
   */
  private async giveBack({ id, reading, attempts }: ClaimedList, stopping: boolean): Promise<boolean> {
    const given = await execute(
      this.dataSource,
      `UPDATE lists SET reading = NULL, attempts = attempts - $3, leased_until = now() + $4 * interval '1 second'
        WHERE id = $1 AND reading = $2`,
      [id, reading, stopping ? 1 : 0, stopping ? 0 : attempts * retryPauseSeconds],
    );
    return given > 0;
  }
}

const operatorCode = Object.fromEntries(operators.map((operator, code) => [operator, code]));

const noTotals: RecipientFileTotals = {
  ...{ rows: 0, valid: 0, duplicate: 0, invalid: 0, blank: 0 },
  byOperator: Object.fromEntries(
    operators.map((operator) => [operator, 0]),
  ) as RecipientFileTotals['byOperator'],
};

function addTo(writer: ListWriter, batch: ReadRows): void {
  batch.msisdns.forEach((msisdn, index) => {
    writer.add(msisdn, operatorCode[batch.operators[index] ?? ''] ?? 0);
  });
  for (const error of batch.invalid) writer.addError(error);
  for (const { row, value, firstRow } of batch.duplicates) {
    writer.addError({ row, value, reason: 'duplicate', firstRow });
  }
}
