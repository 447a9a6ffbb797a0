import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { importBytesMax } from '@peyk/contracts/identity';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  ImportAppendDto,
  ImportColumn,
  ImportDto,
  ImportErrorCode,
  ImportErrorsDto,
  ImportErrorsQueryDto,
  ImportOpenDto,
  ImportsDto,
} from '@peyk/contracts/identity';
import { execute, query, Transactions, uuidv7 } from '@peyk/database';
import { readChunk } from '@peyk/files';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';
import { identityLives } from '../retention';
import { ImportFiles } from './import-files';
import { ImportJob } from './import.job';
import { statesBefore } from './import-state';
import { faultText } from './import-texts';
import { Import } from './import.entity';

/** Imports that are on their way or wait for a word: a bound on the disk. */
const openMax = 20;
const pageMax = 200;
/** An upload without a chunk for so long was given up; so was what nobody had applied. */
const givenUpHours = { uploading: 24, checked: 30 * 24 };

const controlCharacters = /\p{Cc}/gu;

/** Takes files of people and basic data in, and says how far they are. Any call may be repeated. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly files: ImportFiles,
    private readonly job: ImportJob,
  ) {}

  /** @throws rate.limited while 20 imports have not ended */
  async open(accountId: string, { kind, fileName }: ImportOpenDto): Promise<ImportDto> {
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('imports', 0))`);
      const [open] = await query<{ imports: number }>(
        tx,
        `SELECT count(*)::int AS imports FROM imports WHERE state NOT IN ('done', 'failed', 'cancelled')`,
      );
      if ((open?.imports ?? 0) >= openMax) throw new DomainError('rate.limited', { max: openMax });
      const id = uuidv7();
      const title = fileName.replace(controlCharacters, ' ');
      await tx
        .getRepository(Import)
        .insert({ id, kind, fileName: title, state: 'uploading', createdBy: accountId });
      return toDto(await tx.getRepository(Import).findOneByOrFail({ id }));
    });
  }

  /**
   * Stores chunk `no` (base64); one that is stored already changes nothing.
   * @throws import.notFound, upload.outOfOrder (`expected`), file.tooLarge (`maxBytes`), input.invalid for what is no base64
   */
  async append({ importId, no, data }: ImportAppendDto): Promise<EmptyDto> {
    const bytes = readChunk(data);
    await this.transactions.run(async (tx) => {
      const found = await lock(tx, importId);
      if (no < found.chunks) return;
      if (no > found.chunks || found.state !== 'uploading')
        throw new DomainError('upload.outOfOrder', { expected: found.chunks });
      if (found.bytes + bytes.length > importBytesMax)
        throw new DomainError('file.tooLarge', { maxBytes: importBytesMax });
      await this.files.store(tx, importId, no, bytes);
      await execute(
        tx,
        'UPDATE imports SET chunks = chunks + 1, bytes = bytes + $2, touched_at = now() WHERE id = $1',
        [importId, bytes.length],
      );
    });
    return {};
  }

  /**
   * Hands the file over to be checked in the background; repeated, it changes nothing.
   * @throws import.notFound, upload.outOfOrder (`expected`) when not all chunks are there, file.empty
   */
  async close(importId: string, chunks: number): Promise<ImportDto> {
    const closed = await this.transactions.run(async (tx) => {
      const found = await lock(tx, importId);
      if (chunks !== found.chunks) throw new DomainError('upload.outOfOrder', { expected: found.chunks });
      if (found.bytes === 0) throw new DomainError('file.empty');
      if (found.state !== 'uploading') return toDto(found);
      await execute(
        tx,
        `UPDATE imports SET state = 'reading', state_since = now(), touched_at = now() WHERE id = $1`,
        [importId],
      );
      return this.readIn(tx, importId);
    });
    this.job.poke();
    return closed;
  }

  /** @throws import.notFound */
  read(importId: string): Promise<ImportDto> {
    return this.readIn(this.dataSource.manager, importId);
  }

  /** Newest first. */
  async list({ cursor, limit = pageMax }: PageQueryDto): Promise<ImportsDto> {
    const before = decodeCursor(cursor, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const found = await this.dataSource
      .getRepository(Import)
      .createQueryBuilder('i')
      .where(before === undefined ? 'true' : 'i.id < :before', { before })
      .orderBy('i.id', 'DESC')
      .limit(limit + 1)
      .getMany();
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      imports: found.slice(0, limit).map(toDto),
      ...(last && { nextCursor: encodeCursor(last.id) }),
    };
  }

  /** @throws import.notFound */
  async errors({ importId, cursor, limit = pageMax }: ImportErrorsQueryDto): Promise<ImportErrorsDto> {
    await this.read(importId);
    const [row = 0, field = ''] = decodeCursor(cursor, /^\d{1,10} [A-Za-z]{1,30}$/)?.split(' ') ?? [];
    const found = await query<{
      row: number;
      field: ImportColumn;
      code: ImportErrorCode;
      otherRow: number | null;
    }>(
      this.dataSource,
      `SELECT row, field, code, other_row AS "otherRow" FROM import_errors
       WHERE import_id = $1 AND (row, field) > ($2, $3) ORDER BY row, field LIMIT $4`,
      [importId, Math.min(Number(row), 2_147_483_647), field, limit + 1],
    );
    const last = found.length > limit ? found[limit - 1] : undefined;
    return {
      errors: found.slice(0, limit).map(({ otherRow, ...error }) => ({
        ...error,
        message: faultText(error.field, error.code),
        ...(otherRow !== null && { otherRow }),
      })),
      ...(last && { nextCursor: encodeCursor(`${last.row} ${last.field}`) }),
    };
  }

  /**
   * Has it written, from its first row on: what was counted when it was checked is counted again.
   * @throws import.notFound, import.wrongState (`state`) unless it is `checked`
   */
  async apply(accountId: string, importId: string): Promise<ImportDto> {
    const applying = await this.move(importId, 'applying', async (tx) => {
      await execute(tx, 'DELETE FROM import_errors WHERE import_id = $1', [importId]);
      await execute(
        tx,
        `UPDATE imports SET applied_by = $2, state = 'applying', rows = 0, cursor = 0, created = 0, updated = 0,
           unchanged = 0, refused = 0, moved = 0, faults = 0, state_since = now(), touched_at = now()
         WHERE id = $1`,
        [importId, accountId],
      );
    });
    this.job.poke();
    return applying;
  }

  /** @throws import.notFound, import.wrongState (`state`) once it has ended */
  cancel(importId: string): Promise<ImportDto> {
    return this.move(importId, 'cancelled', (tx) => this.cancelIn(tx, importId));
  }

  /** Cancels one that was given up, and forgets one that ended a year ago. @returns how many, at most 2 */
  async forgetOld(): Promise<number> {
    const forgotten = await execute(
      this.dataSource,
      `DELETE FROM imports WHERE id = (
         SELECT id FROM imports WHERE ${identityLives().imports.due} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)`,
    );
    return forgotten + (await this.cancelGivenUp());
  }

  private async cancelGivenUp(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const [old] = await query<{ id: string }>(
        tx,
        `SELECT id FROM imports
         WHERE state = 'uploading' AND touched_at < now() - interval '${givenUpHours.uploading} hours'
            OR state = 'checked' AND touched_at < now() - interval '${givenUpHours.checked} hours'
         LIMIT 1 FOR UPDATE SKIP LOCKED`,
      );
      if (old) await this.cancelIn(tx, old.id);
      return old ? 1 : 0;
    });
  }

  private async move(
    importId: string,
    to: 'applying' | 'cancelled',
    store: (tx: EntityManager) => Promise<void>,
  ): Promise<ImportDto> {
    return this.transactions.run(async (tx) => {
      const { state } = await lock(tx, importId);
      if (!statesBefore(to).includes(state)) throw new DomainError('import.wrongState', { state });
      await store(tx);
      return this.readIn(tx, importId);
    });
  }

  private async cancelIn(tx: EntityManager, importId: string): Promise<void> {
    await execute(
      tx,
      `UPDATE imports SET state = 'cancelled', worker = NULL, leased_until = NULL, state_since = now(),
         touched_at = now()
       WHERE id = $1`,
      [importId],
    );
    await this.files.forget(tx, importId);
  }

  private async readIn(on: EntityManager, id: string): Promise<ImportDto> {
    const found = await on.getRepository(Import).findOneBy({ id });
    if (!found) throw new DomainError('import.notFound');
    return toDto(found);
  }
}

/** Locked against the other calls about it, and against its worker. */
async function lock(tx: EntityManager, id: string): Promise<Import> {
  const found = await tx
    .getRepository(Import)
    .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!found) throw new DomainError('import.notFound');
  return found;
}

function toDto(of: Import): ImportDto {
  const isWorkedOn = of.state === 'reading' || of.state === 'applying';
  const seconds = Math.max(0.001, (of.touchedAt.getTime() - of.stateSince.getTime()) / 1_000);
  return {
    id: of.id,
    kind: of.kind,
    fileName: of.fileName,
    state: of.state,
    refusal: of.refusal,
    missingColumns: of.missingColumns,
    bytes: of.bytes,
    rows: of.rows,
    ...(of.rowsInAll !== null && { rowsInAll: of.rowsInAll }),
    created: of.created,
    updated: of.updated,
    unchanged: of.unchanged,
    refused: of.refused,
    moved: of.moved,
    rowsPerSecond: isWorkedOn ? Math.min(1_000_000, Math.round(of.rows / seconds)) : 0,
    createdAt: of.createdAt.toISOString(),
  };
}
