import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { importBytesMax, importErrorsMax, importRowsMax } from '@peyk/contracts/identity';
import type { ErrorCode } from '@peyk/contracts';
import type { ImportKind, ImportState } from '@peyk/contracts/identity';
import { execute, query, sqlState, Transactions } from '@peyk/database';
import { FileError, fileRefusals, readRows } from '@peyk/files';
import type { FileRow } from '@peyk/files';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit.service';
import { DirectoryImporter } from './directory-importer';
import { ImportFiles } from './import-files';
import { isPeopleKind, layoutOf, missingColumns } from './import-kinds';
import type { Layout } from './import-kinds';
import { readDirectoryRow, readPersonRow, RowMemory } from './import-row';
import type { DirectoryRow, PersonRow, RowFault } from './import-row';
import { statesBefore } from './import-state';
import { PeopleImporter } from './people-importer';
import type { RowOutcome } from './people-plan';

export const batchRows = 1_000;
/** A worker not heard of for so long is dead: another may take its import. It says so with each batch. */
const leaseSeconds = 60;
/** A file that so often was taken without a batch getting done fails (`internal`) instead of being tried for ever. */
const attemptsMax = 5;
const retryPauseSeconds = 5;
/** Somebody may take one of a batch's usernames at the same moment. */
const conflictsMax = 3;
/** Headings may stand below a title; deeper than this there are none. */
const headingRowsMax = 10;
/** What 200,000 rows of people come to as XML, twice over; unpacked well within a lease. */
const unpackedBytesMax = 256 * 1024 * 1024;
/** Rows checked or skipped before the rest of the program gets its turn. */
const turnRows = 200;

/** An import that this replica works on. */
export interface ClaimedImport {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly state: 'reading' | 'applying';
  readonly chunks: number;
  /** Last row of the file that is dealt with. */
  readonly cursor: number;
  readonly appliedBy: string | null;
  readonly worker: string;
  readonly attempts: number;
}

/** Another worker has it, or it was cancelled. */
class ImportLostError extends Error {
  override readonly name = 'ImportLostError';
}

/** A row as it came out of the file: readable, or with its faults. */
interface TakenRow {
  readonly at: number;
  readonly row?: PersonRow | DirectoryRow;
  readonly faults: readonly RowFault[];
  /** An earlier row of the file was about the same person. */
  readonly knewPerson: boolean;
}

const rowsTaken = counter('import_rows_total', 'Rows of imports by what they came to', ['state', 'outcome']);

/**
 * Takes a file through `reading` (nothing is changed) or `applying`, 1,000 rows a transaction. Counts, faults, place in the
 * file and effects are committed together, so that a replica that takes over after a crash goes on at the next batch; rows
 * before it are only remembered.
 */
@Injectable()
export class ImportRunner {
  private readonly logger = new Logger(ImportRunner.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly files: ImportFiles,
    private readonly people: PeopleImporter,
    private readonly directory: DirectoryImporter,
    private readonly audit: AuditLog,
  ) {}

  /** Takes the import that waits longest, or one whose worker is dead. */
  async claim(): Promise<ClaimedImport | undefined> {
    const [claimed] = await query<ClaimedImport>(
      this.dataSource,
      `UPDATE imports SET worker = $1, leased_until = now() + interval '${leaseSeconds} seconds', attempts = attempts + 1
       WHERE id = (
         SELECT id FROM imports
         WHERE state IN ('reading', 'applying') AND (leased_until IS NULL OR leased_until < now())
         ORDER BY state_since LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, kind, file_name AS "fileName", state, chunks, cursor, applied_by AS "appliedBy", worker, attempts`,
      [randomUUID()],
    );
    return claimed;
  }

  /**
   * One step for each batch. Left early (`return`) it gives the import back, and the next worker goes on at once. Does
   * not throw but when the database is away: then the lease runs out.
   */
  async *run(claimed: ClaimedImport): AsyncGenerator<void> {
    let ended = false;
    try {
      if (claimed.attempts > attemptsMax) await this.fail(claimed, 'internal', []);
      else {
        yield* this.batches(claimed);
        await this.finish(claimed);
      }
      ended = true;
    } catch (error) {
      ended = true;
      if (error instanceof ImportLostError) return;
      if (error instanceof FileError) {
        const missing = String(error.details['columns'] ?? '').split(',');
        await this.fail(
          claimed,
          fileRefusals[error.code],
          missing.filter((column) => column !== ''),
        );
        return;
      }
      this.logger.error({ msg: 'an import stopped; it goes on later', importId: claimed.id, err: error });
      await this.giveBack(claimed, claimed.attempts * retryPauseSeconds);
    } finally {
      if (!ended) await this.giveBack(claimed, 0);
    }
  }

  private async *batches(claimed: ClaimedImport): AsyncGenerator<void> {
    const rows = readRows(this.files.content(claimed.id, claimed.chunks), {
      fileName: claimed.fileName,
      // The headings and a title above them are not the institution's rows.
      maxRows: importRowsMax + headingRowsMax,
      maxBytes: importBytesMax,
      maxUnpackedBytes: unpackedBytesMax,
    });
    const headings = new Headings(claimed.kind);
    const memory = new RowMemory(claimed.kind);
    let batch: TakenRow[] = [];
    let taken = 0;
    for await (const block of rows) {
      for (const source of block) {
        const layout = headings.layout ?? headings.find(source);
        if (!layout || source.row === headings.row) continue;
        taken += 1;
        if (taken > importRowsMax) throw new FileError('too_many_rows', { max: importRowsMax });
        const row = take(claimed.kind, layout, memory, source);
        if (source.row > claimed.cursor) batch.push(row);
        if (batch.length === batchRows) {
          await this.commit(claimed, batch);
          batch = [];
          yield;
        }
        // Parsing is never idle: the rest of the program gets its turn here.
        if (taken % turnRows === 0) await turn();
      }
    }
    headings.mustBeFound();
    if (taken === 0) throw new FileError('empty_file');
    if (batch.length > 0) {
      await this.commit(claimed, batch);
      yield;
    }
  }

  private async commit(claimed: ClaimedImport, batch: readonly TakenRow[]): Promise<void> {
    for (let conflicts = 0; ; conflicts += 1) {
      try {
        const outcomes = await this.transactions.run((tx) => this.commitIn(tx, claimed, batch), {
          retrySerialization: conflictsMax,
        });
        for (const outcome of outcomes) rowsTaken.inc({ state: claimed.state, outcome: outcome.is });
        return;
      } catch (error) {
        if (sqlState(error) !== '23505' || conflicts === conflictsMax) throw error;
      }
    }
  }

  private async commitIn(
    tx: EntityManager,
    claimed: ClaimedImport,
    batch: readonly TakenRow[],
  ): Promise<readonly RowOutcome[]> {
    await mustHold(tx, claimed);
    const readable = batch.filter((taken) => taken.row !== undefined);
    const outcomes = await this.outcomes(
      tx,
      claimed,
      readable.flatMap(({ row }) => row ?? []),
    );
    const shown = outcomes.map((outcome, at): RowOutcome => {
      // Nothing was written, so that an earlier row's new account is not there yet.
      const isKnown = claimed.state === 'reading' && readable[at]?.knewPerson;
      return isKnown && outcome.is === 'created' ? { is: 'updated', moved: outcome.moved } : outcome;
    });
    const faults: RowFault[] = batch.flatMap((taken) => [...taken.faults]);
    shown.forEach((outcome, at) => {
      const row = readable[at]?.at;
      if (outcome.is === 'refused' && row !== undefined)
        faults.push({ row, field: outcome.field, code: outcome.code });
    });
    const count = (is: RowOutcome['is']): number => shown.filter((outcome) => outcome.is === is).length;
    const counts = {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      refused: count('refused') + batch.length - readable.length,
      moved: shown.filter((outcome) => outcome.is !== 'refused' && outcome.moved).length,
    };
    await storeFaults(tx, claimed.id, faults);
    await execute(
      tx,
      `UPDATE imports SET rows = rows + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
         refused = refused + $6, moved = moved + $7, cursor = $8, attempts = 0, touched_at = now(),
         leased_until = now() + interval '${leaseSeconds} seconds'
       WHERE id = $1`,
      [claimed.id, batch.length, ...Object.values(counts), batch.at(-1)?.at ?? claimed.cursor],
    );
    if (claimed.state === 'applying' && claimed.appliedBy && counts.created + counts.updated > 0) {
      await this.audit.record(tx, {
        action: 'import.applied',
        actor: { accountId: claimed.appliedBy },
        reason: `import ${claimed.id}`,
        after: { kind: claimed.kind, fromRow: batch[0]?.at, toRow: batch.at(-1)?.at, ...counts },
      });
    }
    return shown;
  }

  private async outcomes(
    tx: EntityManager,
    { id, kind, state, appliedBy }: ClaimedImport,
    rows: readonly (PersonRow | DirectoryRow)[],
  ): Promise<readonly RowOutcome[]> {
    if (!isPeopleKind(kind)) {
      const entries = rows as readonly DirectoryRow[];
      return state === 'reading'
        ? this.directory.check(tx, kind, entries)
        : this.directory.apply(tx, kind, entries);
    }
    const people = rows as readonly PersonRow[];
    if (state === 'reading') return this.people.check(tx, kind, people);
    if (appliedBy === null) throw new Error(`nobody had import ${id} applied`);
    return this.people.apply(tx, kind, people, { importId: id, accountId: appliedBy });
  }

  private finish(claimed: ClaimedImport): Promise<void> {
    return this.end(claimed, claimed.state === 'reading' ? 'checked' : 'done');
  }

  private async fail(claimed: ClaimedImport, refusal: ErrorCode, missing: readonly string[]): Promise<void> {
    this.logger.log({ msg: 'an import failed', importId: claimed.id, code: refusal });
    await this.end(claimed, 'failed', refusal, missing).catch((error: unknown) => {
      if (!(error instanceof ImportLostError)) throw error;
    });
  }

  /** The last move of this worker. Its file is kept only while somebody may still have it applied. */
  private async end(
    claimed: ClaimedImport,
    to: Extract<ImportState, 'checked' | 'done' | 'failed'>,
    refusal: ErrorCode | null = null,
    missing: readonly string[] = [],
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      await mustHold(tx, claimed);
      const ended = await execute(
        tx,
        `UPDATE imports SET state = $2, refusal = $3, missing_columns = $4, worker = NULL, leased_until = NULL,
           attempts = 0, state_since = now(), touched_at = now(),
           rows_in_all = CASE WHEN $2 = 'checked' THEN rows ELSE rows_in_all END
         WHERE id = $1 AND state = ANY($5)`,
        [claimed.id, to, refusal, [...missing], [...statesBefore(to)]],
      );
      if (ended === 0) throw new ImportLostError();
      if (to !== 'checked') await this.files.forget(tx, claimed.id);
    });
    this.logger.log({ msg: 'an import moved on', importId: claimed.id, state: to });
  }

  private async giveBack({ id, worker }: ClaimedImport, pauseSeconds: number): Promise<void> {
    await execute(
      this.dataSource,
      `UPDATE imports SET worker = NULL, leased_until = now() + $3 * interval '1 second',
         attempts = attempts - CASE WHEN $3 = 0 THEN 1 ELSE 0 END
       WHERE id = $1 AND worker = $2`,
      [id, worker, pauseSeconds],
    );
  }
}

/** Locks the import. Throws ImportLostError when this worker has it no longer. */
async function mustHold(tx: EntityManager, { id, worker, state }: ClaimedImport): Promise<void> {
  const held = await query(
    tx,
    'SELECT 1 FROM imports WHERE id = $1 AND worker = $2 AND state = $3 FOR UPDATE',
    [id, worker, state],
  );
  if (held.length === 0) throw new ImportLostError();
}

/** As many as there is room for, in the order of the rows. */
async function storeFaults(tx: EntityManager, importId: string, faults: readonly RowFault[]): Promise<void> {
  if (faults.length === 0) return;
  const inOrder = [...faults].sort((a, b) => a.row - b.row);
  const [kept] = await query<{ faults: number }>(tx, 'SELECT faults FROM imports WHERE id = $1', [importId]);
  const room = inOrder.slice(0, Math.max(0, importErrorsMax - (kept?.faults ?? 0)));
  const stored = await execute(
    tx,
    `INSERT INTO import_errors (import_id, row, field, code, other_row)
     SELECT $1, row, field, code, other_row FROM unnest($2::int[], $3::text[], $4::text[], $5::int[])
       AS f (row, field, code, other_row) ON CONFLICT DO NOTHING`,
    [
      importId,
      room.map(({ row }) => row),
      room.map(({ field }) => field),
      room.map(({ code }) => code),
      room.map(({ otherRow }) => otherRow ?? null),
    ],
  );
  await execute(tx, 'UPDATE imports SET faults = faults + $2 WHERE id = $1', [importId, stored]);
}

function take(kind: ImportKind, layout: Layout, memory: RowMemory, source: FileRow): TakenRow {
  const at = source.row;
  const read = isPeopleKind(kind)
    ? readPersonRow(kind, layout, source)
    : readDirectoryRow(kind, layout, source);
  if ('faults' in read) return { at, faults: read.faults, knewPerson: false };
  const fault = memory.note(read.row);
  if (fault) return { at, faults: [fault], knewPerson: false };
  return {
    at,
    row: read.row,
    faults: [],
    knewPerson: 'nationalCode' in read.row && memory.knewPerson(read.row),
  };
}

/** Looks for the row of headings at the top of a file. */
class Headings {
  layout: Layout | undefined;
  row = 0;
  private looked = 0;
  private best: Layout = new Map();

  constructor(private readonly kind: ImportKind) {}

  /** @returns the layout if this is the row; throws `column_missing` when it can no longer come */
  find(source: FileRow): Layout | undefined {
    const layout = layoutOf(this.kind, source.cells);
    if (layout.size > this.best.size) this.best = layout;
    this.looked += 1;
    if (missingColumns(this.kind, layout).length === 0) {
      this.layout = layout;
      this.row = source.row;
    } else if (this.looked === headingRowsMax) this.mustBeFound();
    return this.layout;
  }

  mustBeFound(): void {
    if (this.layout) return;
    throw new FileError('column_missing', { columns: missingColumns(this.kind, this.best).join(',') });
  }
}
