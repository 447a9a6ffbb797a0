import { operators } from '@peyk/contracts';
import { query } from '@peyk/database';
import { MOBILE_OPERATORS } from '@peyk/persian';
import type { DataSource } from 'typeorm';
import type { ListPart } from '../lists/list.entity';
import { blockSize } from '../lists/list.writer';
import type { RecipientBlock } from '../lists/recipient-block.entity';
import type { ReadRows } from '../recipients/recipient.collector';
import { RecipientSet } from '../recipients/recipient.set';

/** 10,000 recipients: few queries, and short ones to take apart. */
const blocksPerQuery = 10;
const countryCodeOffset = 980_000_000_000;

type Block = Pick<RecipientBlock, 'blockNo' | 'msisdns' | 'operators'>;

/**
 * The recipients of the parts in their order, each number where it comes first (TGT-206): the same parts always give the
 * same positions (TGT-204), because a list never changes once it is ready. Who was left out is counted, not named: of
 * some lists a customer may not see the numbers (TGT-203). Operators stay what they were counted as. Throws when a part
 * has fewer recipients than it had.
 */
export async function* combineParts(
  dataSource: DataSource,
  parts: readonly ListPart[],
): AsyncGenerator<ReadRows, undefined> {
  const seen = new RecipientSet();
  const byOperator = Object.fromEntries(MOBILE_OPERATORS.map((operator) => [operator, 0])) as Record<
    (typeof operators)[number],
    number
  >;
  let rows = 0;
  for (const part of parts) {
    let taken = 0;
    for await (const { blockNo, msisdns, operators: codes } of blocksOf(dataSource, part)) {
      const batch: Pick<ReadRows, 'msisdns' | 'operators'> = { msisdns: [], operators: [] };
      const before = blockNo * blockSize;
      const from = Math.max(0, part.firstPosition - 1 - before);
      const to = Math.min(msisdns.length, part.firstPosition - 1 + part.recipients - before);
      for (let at = from; at < to; at += 1) {
        const msisdn = msisdns[at] ?? 0;
        rows += 1;
        if (seen.add(msisdn - countryCodeOffset, rows) > 0) continue;
        const operator = operators[codes[at] ?? -1] ?? 'other';
        byOperator[operator] += 1;
        batch.msisdns.push(msisdn);
        batch.operators.push(operator);
      }
      taken += to - from;
      const totals = {
        ...{ rows, valid: seen.size, duplicate: rows - seen.size, invalid: 0, blank: 0 },
        byOperator: { ...byOperator },
      };
      yield { ...batch, invalid: [], duplicates: [], totals };
    }
    if (taken !== part.recipients) throw new Error(`recipients of list ${part.listId} are gone`);
  }
  return undefined;
}

async function* blocksOf(
  dataSource: DataSource,
  { listId, firstPosition, recipients }: ListPart,
): AsyncGenerator<Block, undefined> {
  const last = Math.floor((firstPosition + recipients - 2) / blockSize);
  for (let from = Math.floor((firstPosition - 1) / blockSize); from <= last; from += blocksPerQuery) {
    yield* await query<Block>(
      dataSource,
      `SELECT block_no AS "blockNo", msisdns, operators FROM recipient_blocks
        WHERE list_id = $1 AND block_no BETWEEN $2 AND $3 ORDER BY block_no`,
      [listId, from, Math.min(last, from + blocksPerQuery - 1)],
    );
  }
  return undefined;
}
