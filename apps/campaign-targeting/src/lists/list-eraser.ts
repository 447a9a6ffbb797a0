import { Injectable } from '@nestjs/common';
import { execute, query } from '@peyk/database';
import { DataSource } from 'typeorm';

/** A block has 1,000 recipients in about 10 kB: a page takes some hundredths of a second, and so does a page of rows. */
const blocksPerPage = 100;
const errorsPerPage = 5_000;

/** Takes what a list holds out of the database. The caller has made sure that nobody needs it any more. */
@Injectable()
export class ListEraser {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Deletes the recipients, row errors and file of a list in pages, each a transaction of its own; the row of the list
   * stays. Broken off, or done by two at once, it goes on where it is. @returns recipients' blocks that were deleted
   */
  async erase(listId: string): Promise<number> {
    let blocks = 0;
    for (let deleted = blocksPerPage; deleted === blocksPerPage; blocks += deleted)
      deleted = await this.page('recipient_blocks', 'block_no', listId, blocksPerPage);
    for (let deleted = errorsPerPage; deleted === errorsPerPage;)
      deleted = await this.page('row_errors', 'row', listId, errorsPerPage);
    await execute(this.dataSource, 'DELETE FROM upload_chunks WHERE list_id = $1', [listId]);
    return blocks;
  }

  /** Erases one list that was deleted. @returns whether there was one */
  async eraseNext(): Promise<boolean> {
    const [next] = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM lists WHERE state = 'deleted' AND erased_at IS NULL ORDER BY touched_at LIMIT 1`,
    );
    if (!next) return false;
    await this.erase(next.id);
    await execute(this.dataSource, 'UPDATE lists SET erased_at = now() WHERE id = $1', [next.id]);
    return true;
  }

  private page(
    table: 'recipient_blocks' | 'row_errors',
    key: 'block_no' | 'row',
    listId: string,
    limit: number,
  ): Promise<number> {
    return execute(
      this.dataSource,
      `DELETE FROM ${table} WHERE list_id = $1
          AND ${key} = ANY (ARRAY(SELECT ${key} FROM ${table} WHERE list_id = $1 ORDER BY ${key} LIMIT $2))`,
      [listId, limit],
    );
  }
}
