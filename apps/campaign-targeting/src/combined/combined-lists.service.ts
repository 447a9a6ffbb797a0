import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { CombineListsDto, RecipientListDto, RecipientsDto } from '@peyk/contracts/targeting';
import { Transactions, uuidv7 } from '@peyk/database';
import { In } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { TargetingConfig } from '../config';
import { ReadingQueue } from '../reading/reading.queue';
import { listDto } from '../lists/list.dto';
import { List } from '../lists/list.entity';
import type { ListPart } from '../lists/list.entity';
import { sliceOf } from '../lists/slice';
import { readTyped, storeTyped } from '../lists/typed-list';
import type { TypedNumbers } from '../lists/typed-list';
import { assertFewUnread, lockUnread } from '../lists/unread';

/** Lays down lists that are made of others; the reading puts them together. */
@Injectable()
export class CombinedListsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly queue: ReadingQueue,
    private readonly config: TargetingConfig,
  ) {}

  /**
   * One list out of several sources (TGT-206). The same sources give the same list back, so that nobody fills the disk
   * by asking again. Throws, with the source as `details.field`: list.notFound, list.notReady, list.empty,
   * list.sliceOutOfRange, list.tooManyNumbers; list.tooManyRecipients with `details.max`; rate.limited.
   */
  async combine(customerId: string, { sources }: CombineListsDto): Promise<RecipientListDto> {
    const typed = this.typedOf(sources);
    const list = await this.transactions.run(async (tx) => {
      await lockUnread(tx, customerId);
      const lists = tx.getRepository(List);
      const sourcesHash = hashOf(sources);
      const known = await lists.findOneBy({ customerId, sourcesHash, state: In(['reading', 'ready']) });
      if (known) return known;
      await assertFewUnread(tx, customerId);
      const parts = await this.partsOf(tx, customerId, sources, typed);
      const id = uuidv7();
      await lists.insert({
        ...{ id, customerId, source: 'combined', title: '', state: 'reading', parts, sourcesHash },
      });
      return lists.findOneByOrFail({ id });
    });
    this.queue.poke();
    return listDto(list);
  }

  /** Typed numbers by index of their source. All of a list together are as many as one send may have (TGT-002). */
  private typedOf(sources: readonly RecipientsDto[]): Map<number, TypedNumbers> {
    if (sources.length === 0) throw new DomainError('list.empty', { field: 'sources' });
    const max = this.config.typedNumbersMax;
    const typed = new Map<number, TypedNumbers>();
    let got = 0;
    for (const [index, { listId, numbers }] of sources.entries()) {
      if ((listId === undefined) === (numbers === undefined)) {
        const message = 'a source must have either listId or numbers';
        throw new DomainError('input.invalid', {
          fields: [{ field: `sources[${index}]`, rule: 'oneOf', message }],
        });
      }
      if (!numbers) continue;
      const field = `sources[${index}].numbers`;
      got += numbers.length;
      if (got > max) throw new DomainError('list.tooManyNumbers', { field, max, got });
      typed.set(
        index,
        about(field, () => readTyped(numbers)),
      );
    }
    return typed;
  }

  private async partsOf(
    tx: EntityManager,
    customerId: string,
    sources: readonly RecipientsDto[],
    typed: ReadonlyMap<number, TypedNumbers>,
  ): Promise<ListPart[]> {
    const ids = sources.flatMap(({ listId }) => (listId ? [listId] : []));
    const found = await tx.getRepository(List).findBy({ id: In(ids), customerId });
    const own = new Map(found.map((list) => [list.id, list]));
    const slices = sources.map(({ listId = '', row, count }, index) => {
      const numbers = typed.get(index);
      if (numbers) {
        const list = { state: 'ready', valid: numbers.counts.valid } as const;
        return about(`sources[${index}].row`, () => sliceOf(list, { row, count }));
      }
      const field = `sources[${index}].listId`;
      const list = own.get(listId.toLowerCase());
      if (!list) throw new DomainError('list.notFound', { field });
      return about(row || count ? `sources[${index}].row` : field, () => sliceOf(list, { row, count }));
    });
    const max = this.config.fileRowsMax;
    const got = slices.reduce((sum, { recipients }) => sum + recipients, 0);
    if (got > max) throw new DomainError('list.tooManyRecipients', { field: 'sources', max, got });

    const parts: ListPart[] = [];
    for (const [index, slice] of slices.entries()) {
      const numbers = typed.get(index);
      const listId = numbers ? (await storeTyped(tx, customerId, numbers)).id : sources[index]?.listId;
      parts.push({ listId: listId ?? '', ...slice });
    }
    return parts;
  }
}

/** What is refused in it is said of this field. */
function about<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) throw new DomainError(error.code, { field, ...error.details });
    throw error;
  }
}

function hashOf(sources: readonly RecipientsDto[]): string {
  const said = sources.map(({ listId, numbers, row, count }) => [
    listId?.toLowerCase() ?? numbers,
    row ?? null,
    count ?? null,
  ]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
