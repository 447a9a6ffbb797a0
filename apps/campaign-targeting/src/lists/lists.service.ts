import { Injectable } from '@nestjs/common';
import { DomainError, operators } from '@peyk/contracts';
import type {
  ListErrorsDto,
  ListErrorsQueryDto,
  PageQueryDto,
  RecipientListDto,
  RecipientListsDto,
  RowErrorDto,
  TypedListCallDto,
} from '@peyk/contracts';
import { Transactions, uuidv7 } from '@peyk/database';
import { parseMobile } from '@peyk/persian';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { TargetingConfig } from '../config';
import { decodeCursor, encodeCursor, idCursor, rowCursor } from './cursor';
import { listDto } from './list.dto';
import { List } from './list.entity';
import { ListWriter } from './list.writer';
import type { RowErrorInput } from './list.writer';
import { RowError } from './row-error.entity';

const pageDefault = 50;

@Injectable()
export class ListsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly config: TargetingConfig,
  ) {}

  /** Throws list.notFound, also for a list of somebody else. */
  async read(customerId: string, id: string): Promise<RecipientListDto> {
    return listDto(await this.find(customerId, id));
  }

  /** File lists, the newest first. */
  async list(customerId: string, { cursor, limit = pageDefault }: PageQueryDto): Promise<RecipientListsDto> {
    const before = decodeCursor(cursor, idCursor);
    const found = await this.dataSource.getRepository(List).find({
      where: { customerId, source: 'file', ...(before && { id: LessThan(before) }) },
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
    const { recipients, errors, blank } = sortTyped(numbers);
    const duplicates = errors.filter(({ reason }) => reason === 'duplicate').length;
    const counts = {
      rows: recipients.size + errors.length,
      valid: recipients.size,
      duplicates,
      invalid: errors.length - duplicates,
      blank,
    };
    if (recipients.size === 0) throw new DomainError('list.empty', counts);
    const byOperator = operators.map(
      (_operator, code) => [...recipients.values()].filter((own) => own === code).length,
    );
    return this.transactions.run(async (tx) => {
      const lists = tx.getRepository(List);
      const list = lists.create({
        ...{ id: uuidv7(), customerId, source: 'typed', title: '', state: 'ready', byOperator },
        ...counts,
      });
      await lists.insert(list);
      const writer = new ListWriter(tx, list.id);
      for (const [msisdn, operator] of recipients) writer.add(msisdn, operator);
      for (const error of errors) writer.addError(error);
      await writer.finish();
      return listDto(await lists.findOneByOrFail({ id: list.id }));
    });
  }

  private async find(customerId: string, id: string): Promise<List> {
    const list = await this.dataSource.getRepository(List).findOneBy({ id, customerId });
    if (!list) throw new DomainError('list.notFound');
    return list;
  }
}

interface TypedNumbers {
  /** Operator's index by number, in the order typed. */
  readonly recipients: ReadonlyMap<number, number>;
  readonly errors: readonly RowErrorInput[];
  readonly blank: number;
}

/** SMS-205. An empty entry is a blank row, not a wrong number. */
function sortTyped(numbers: readonly string[]): TypedNumbers {
  const recipients = new Map<number, number>();
  const firstRows = new Map<number, number>();
  const errors: RowErrorInput[] = [];
  let blank = 0;
  for (const [index, value] of numbers.entries()) {
    const row = index + 1;
    const parsed = parseMobile(value);
    if (!parsed.ok) {
      if (parsed.reason === 'empty') blank += 1;
      else errors.push({ row, value, reason: parsed.reason });
      continue;
    }
    const msisdn = Number(parsed.msisdn);
    const firstRow = firstRows.get(msisdn);
    if (firstRow !== undefined) {
      errors.push({ row, value, reason: 'duplicate', firstRow });
      continue;
    }
    firstRows.set(msisdn, row);
    recipients.set(msisdn, operators.indexOf(parsed.operator));
  }
  return { recipients, errors, blank };
}

function errorDto({ row, value, reason, firstRow }: RowError): RowErrorDto {
  return { row, value, reason, ...(firstRow !== null && { firstRow }) };
}
