import { Injectable } from '@nestjs/common';
import { DomainError, operators } from '@peyk/contracts';
import type {
  RecipientCountDto,
  RecipientCountQueryDto,
  RecipientPageDto,
  RecipientPageQueryDto,
  RecipientPlaceDto,
  RecipientSearchDto,
} from '@peyk/contracts/targeting';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { operatorCounts } from './list.dto';
import { List } from './list.entity';
import { blockSize } from './list.writer';
import type { RecipientBlock } from './recipient-block.entity';
import { sliceOf } from './slice';

/** Recipients by position. Positions run from 1 without a gap and never change (TGT-204). */
@Injectable()
export class RecipientsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a slice (SMS-011). Throws list.notFound, and what {@link sliceOf} throws.
   */
  async count({ listId, customerId, ...slice }: RecipientCountQueryDto): Promise<RecipientCountDto> {
    const list = await this.dataSource.getRepository(List).findOneBy({ id: listId, customerId });
    if (!list) throw new DomainError('list.notFound');
    const { firstPosition, recipients } = sliceOf(list, slice);
    const byOperator =
      recipients === list.valid
        ? list.byOperator
        : await this.countByOperator(listId, firstPosition, firstPosition + recipients - 1);
    return { recipients, firstPosition, byOperator: operatorCounts(byOperator) };
  }

  /** From `fromPosition` on; empty behind the end. Throws list.notFound, also while the list is not ready. One whose deletion is being decided may still turn out to be needed. */
  async page({ listId, customerId, fromPosition, limit }: RecipientPageQueryDto): Promise<RecipientPageDto> {
    const first = blockOf(fromPosition);
    const last = blockOf(fromPosition + limit - 1);
    const blocks = await query<Nullable<Pick<RecipientBlock, 'msisdns' | 'operators'>>>(
      this.dataSource,
      `SELECT msisdns, operators
         FROM lists LEFT JOIN recipient_blocks ON list_id = $1 AND block_no BETWEEN $3 AND $4
        WHERE id = $1 AND customer_id = $2 AND state IN ('ready', 'deleting') ORDER BY block_no`,
      [listId, customerId, first, last],
    );
    if (blocks.length === 0) throw new DomainError('list.notFound');
    const from = fromPosition - 1 - first * blockSize;
    const slice = (column: (number[] | null)[]): number[] =>
      column.flatMap((values) => values ?? []).slice(from, from + limit);
    return {
      msisdns: slice(blocks.map((block) => block.msisdns)),
      operators: slice(blocks.map((block) => block.operators)),
    };
  }

  /** Throws list.notFound, also while the list is not ready. Looks through the blocks: no index holds single numbers. */
  async find({ listId, customerId, msisdn }: RecipientSearchDto): Promise<RecipientPlaceDto> {
    const list = await this.dataSource.getRepository(List).findOneBy({ id: listId, customerId });
    if (list?.state !== 'ready' && list?.state !== 'deleting') throw new DomainError('list.notFound');
    const [found] = await query<{ blockNo: number; at: number; operator: number }>(
      this.dataSource,
      `SELECT block_no AS "blockNo", at, operators[at] AS operator
         FROM recipient_blocks, array_position(msisdns, $2::bigint) AS at
        WHERE list_id = $1 AND at IS NOT NULL LIMIT 1`,
      [listId, msisdn],
    );
    if (!found) return {};
    return {
      position: found.blockNo * blockSize + found.at,
      operator: operators[found.operator] ?? 'other',
    };
  }

  /** Whole blocks by their stored counts, the two at the ends by their recipients. Positions inclusive. */
  private async countByOperator(listId: string, from: number, to: number): Promise<number[]> {
    const [first, last] = [blockOf(from), blockOf(to)];
    const blocks = await query<{ blockNo: number; byOperator: number[]; operators: number[] | null }>(
      this.dataSource,
      `SELECT block_no AS "blockNo", by_operator AS "byOperator",
              CASE WHEN block_no IN ($2, $3) THEN operators END AS operators
         FROM recipient_blocks WHERE list_id = $1 AND block_no BETWEEN $2 AND $3`,
      [listId, first, last],
    );
    const counts = new Array<number>(operators.length).fill(0);
    const add = (code: number, count: number): void => {
      counts[code] = (counts[code] ?? 0) + count;
    };
    for (const { blockNo, byOperator, operators: codes } of blocks) {
      if (!codes) {
        byOperator.forEach((count, code) => add(code, count));
        continue;
      }
      const before = blockNo * blockSize;
      for (const code of codes.slice(Math.max(0, from - 1 - before), to - before)) add(code, 1);
    }
    return counts;
  }
}

type Nullable<T> = { [K in keyof T]: T[K] | null };

function blockOf(position: number): number {
  return Math.floor((position - 1) / blockSize);
}
