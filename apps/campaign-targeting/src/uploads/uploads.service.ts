import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { execute, query, Transactions, uuidv7 } from '@peyk/database';
import { readChunk } from '@peyk/files';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { TargetingConfig } from '../config';
import { listDto } from '../lists/list.dto';
import { List } from '../lists/list.entity';
import { assertFewUnread, lockUnread } from '../lists/unread';
import { ReadingQueue } from '../reading/reading.queue';
import { UploadChunk } from './upload-chunk.entity';

/** An upload without a chunk for so long was given up. */
export const abandonedAfterHours = 24;

const controlCharacters = /[\u0000-\u001f\u007f]/g;

/** Takes a file in by numbered chunks; any call may be repeated. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly queue: ReadingQueue,
    private readonly config: TargetingConfig,
  ) {}

  /** Throws rate.limited while the customer has 10 lists that were not read yet. */
  async open(customerId: string, fileName: string): Promise<RecipientListDto> {
    return this.transactions.run(async (tx) => {
      await lockUnread(tx, customerId);
      await assertFewUnread(tx, customerId);
      const lists = tx.getRepository(List);
      const id = uuidv7();
      const title = fileName.replace(controlCharacters, ' ');
      await lists.insert({ id, customerId, source: 'file', title, state: 'uploading' });
      return listDto(await lists.findOneByOrFail({ id }));
    });
  }

  /**
   * Stores chunk `no` (base64); one that is stored already changes nothing. Throws list.notFound, upload.outOfOrder
   * with `details.expected`, file.tooLarge with `details.maxBytes`, input.invalid for what is no base64.
   */
  async append(customerId: string, listId: string, no: number, data: string): Promise<void> {
    const bytes = readChunk(data);
    const maxBytes = this.config.fileBytesMax;
    await this.transactions.run(async (tx) => {
      const list = await lock(tx, customerId, listId);
      if (no < list.chunks) return;
      if (no > list.chunks || list.state !== 'uploading') {
        throw new DomainError('upload.outOfOrder', { expected: list.chunks });
      }
      if (list.bytes + bytes.length > maxBytes) throw new DomainError('file.tooLarge', { maxBytes });
      await tx.getRepository(UploadChunk).insert({ listId, no, bytes });
      await execute(
        tx,
        'UPDATE lists SET chunks = chunks + 1, bytes = bytes + $2, touched_at = now() WHERE id = $1',
        [listId, bytes.length],
      );
    });
  }

  /**
   * Hands the file over to be read in the background; repeated, it changes nothing. Throws list.notFound,
   * upload.outOfOrder with `details.expected` when not all chunks are there, file.empty.
   */
  async close(customerId: string, listId: string, chunks: number): Promise<RecipientListDto> {
    const list = await this.transactions.run(async (tx) => {
      const found = await lock(tx, customerId, listId);
      if (chunks !== found.chunks) throw new DomainError('upload.outOfOrder', { expected: found.chunks });
      if (found.bytes === 0) throw new DomainError('file.empty');
      if (found.state !== 'uploading') return found;
      await execute(tx, "UPDATE lists SET state = 'reading', touched_at = now() WHERE id = $1", [listId]);
      return { ...found, state: 'reading' as const };
    });
    this.queue.poke();
    return listDto(list);
  }

  /** Forgets a file that has not been read to its end; one that has stays. Throws list.notFound. */
  async abort(customerId: string, listId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const { state } = await lock(tx, customerId, listId);
      if (state === 'uploading' || state === 'reading') await tx.getRepository(List).delete({ id: listId });
    });
  }

  /** Forgets one upload that was given up. @returns whether there was one */
  async forgetAbandoned(): Promise<boolean> {
    const forgotten = await query(
      this.dataSource,
      `DELETE FROM lists WHERE id = (
         SELECT id FROM lists
          WHERE state = 'uploading' AND touched_at < now() - interval '${abandonedAfterHours} hours'
          ORDER BY touched_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
    );
    return forgotten.length > 0;
  }
}

/** The file list, locked against the other calls about it. Throws list.notFound. */
async function lock(tx: EntityManager, customerId: string, id: string): Promise<List> {
  const list = await tx
    .getRepository(List)
    .findOne({ where: { id, customerId, source: 'file' }, lock: { mode: 'pessimistic_write' } });
  if (!list) throw new DomainError('list.notFound');
  return list;
}
