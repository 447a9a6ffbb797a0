import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { PageQueryDto } from '@peyk/contracts';
import type {
  ListErrorsDto,
  ListErrorsQueryDto,
  RecipientListDto,
  RecipientListsDto,
  RowErrorDto,
  TypedListCallDto,
} from '@peyk/contracts/targeting';
import { Transactions } from '@peyk/database';
import { DataSource, LessThan, MoreThan, Not } from 'typeorm';
import { TargetingConfig } from '../config';
import { decodeCursor, encodeCursor, idCursor, rowCursor } from './cursor';
import { listDto } from './list.dto';
import { List } from './list.entity';
import { RowError } from './row-error.entity';
import { readTyped, storeTyped } from './typed-list';

const pageDefault = 50;

@Injectable()
export class ListsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly config: TargetingConfig,
  ) {}

  /** One that was deleted says so. Throws list.notFound, also for a list of somebody else. */
  async read(customerId: string, id: string): Promise<RecipientListDto> {
    return listDto(await this.find(customerId, id));
  }

  /** File lists, the newest first; no deleted ones. */
  async list(customerId: string, { cursor, limit = pageDefault }: PageQueryDto): Promise<RecipientListsDto> {
    const before = decodeCursor(cursor, idCursor);
    const found = await this.dataSource.getRepository(List).find({
      where: { customerId, source: 'file', state: Not('deleted'), ...(before && { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const lists = found.slice(0, limit).map(listDto);
    const last = lists.at(-1);
    return { lists, ...(found.length > limit && last && { nextCursor: encodeCursor(last.id) }) };
  }

  /** Rows that gave no recipient, in row order. Throws list.notFound. */
  async errors(
    customerId: string,
    { listId, cursor, limit = pageDefault }: ListErrorsQueryDto,
  ): Promise<ListErrorsDto> {
    const after = decodeCursor(cursor, rowCursor);
    await this.find(customerId, listId);
    const found = await this.dataSource.getRepository(RowError).find({
      where: { listId, ...(after && { row: MoreThan(Number(after)) }) },
      order: { row: 'ASC' },
      take: limit + 1,
    });
    const errors = found.slice(0, limit).map(errorDto);
    const last = errors.at(-1);
    return { errors, ...(found.length > limit && last && { nextCursor: encodeCursor(last.row) }) };
  }

  /**
   * A list of typed numbers, ready at once (TGT-001). Throws list.tooManyNumbers (TGT-002; TGT-003: a file takes more),
   * list.empty with the counts when no number is valid.
   */
  async createTyped({ customerId, numbers }: TypedListCallDto): Promise<RecipientListDto> {
    const max = this.config.typedNumbersMax;
    if (numbers.length > max) throw new DomainError('list.tooManyNumbers', { max, got: numbers.length });
    const typed = readTyped(numbers);
    return listDto(await this.transactions.run((tx) => storeTyped(tx, customerId, typed)));
  }

  private async find(customerId: string, id: string): Promise<List> {
    const list = await this.dataSource.getRepository(List).findOneBy({ id, customerId });
    if (!list) throw new DomainError('list.notFound');
    return list;
  }
}

function errorDto({ row, value, reason, firstRow }: RowError): RowErrorDto {
  return { row, value, reason, ...(firstRow !== null && { firstRow }) };
}
