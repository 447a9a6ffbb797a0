import { DomainError, operators } from '@peyk/contracts';
import { uuidv7 } from '@peyk/database';
import { parseMobile } from '@peyk/persian';
import type { EntityManager } from 'typeorm';
import { List } from './list.entity';
import { ListWriter } from './list.writer';
import type { RowErrorInput } from './list.writer';

/** Typed numbers as they were understood. */
export interface TypedNumbers {
  /** Operator's index by number, in the order typed. */
  readonly recipients: ReadonlyMap<number, number>;
  readonly errors: readonly RowErrorInput[];
  readonly counts: Pick<List, 'rows' | 'valid' | 'duplicates' | 'invalid' | 'blank'>;
}

/** SMS-205. An empty entry is a blank row, not a wrong number. Throws list.empty with the counts. */
export function readTyped(numbers: readonly string[]): TypedNumbers {
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
  const duplicates = errors.filter(({ reason }) => reason === 'duplicate').length;
  const counts = {
    rows: recipients.size + errors.length,
    valid: recipients.size,
    duplicates,
    invalid: errors.length - duplicates,
    blank,
  };
  if (recipients.size === 0) throw new DomainError('list.empty', counts);
  return { recipients, errors, counts };
}

/** A list of them, ready at once. */
export async function storeTyped(
  tx: EntityManager,
  customerId: string,
  { recipients, errors, counts }: TypedNumbers,
): Promise<List> {
  const byOperator = operators.map(
    (_operator, code) => [...recipients.values()].filter((own) => own === code).length,
  );
  const lists = tx.getRepository(List);
  const id = uuidv7();
  await lists.insert({ id, customerId, source: 'typed', title: '', state: 'ready', byOperator, ...counts });
  const writer = new ListWriter(tx, id);
  for (const [msisdn, operator] of recipients) writer.add(msisdn, operator);
  for (const error of errors) writer.addError(error);
  await writer.finish();
  return lists.findOneByOrFail({ id });
}
