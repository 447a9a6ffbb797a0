import { DomainError } from '@peyk/contracts';
import type { EntryKind, StatementDto, StatementEntryDto, StatementQueryDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import type { DataSource } from 'typeorm';

/** Entries looked at in one step, and steps of one page: what has a million entries must not be one statement. */
const stepEntries = 1_000;
const stepsMax = 10;

/** Where a page begins: entries above `top` came later and are not of this statement. */
interface Place {
  readonly before: number;
  readonly top: number;
  /** Balance that the next row shows; null where rows are chosen by kind or hold, so that they are no chain. */
  readonly balance: number | null;
}

interface EntryRow {
  readonly entryNo: number;
  readonly transferId: string;
  readonly kind: EntryKind;
  readonly amountRials: number;
  readonly balanceRials: number;
  readonly reason: string;
  readonly holdId: string | null;
  readonly at: Date;
}

interface HoldSum {
  readonly holdId: string;
  readonly entries: number;
  readonly amountRials: number;
  readonly lastNo: number;
}

/** The entry at whose place the row stands, and what the row is of. */
interface Row {
  readonly entry: EntryRow;
  readonly entries: number;
  readonly amountRials: number;
}

/**
 * The statement with one row a send (its hold): all that was charged and paid back for it in the period, at the place of
 * its last entry. Opening balance and rows make the closing balance; with all kinds each row's balance is that of the
 * row below it and its own change, also where sends ran at the same time.
 */
export async function statementBySend(
  dataSource: DataSource,
  walletId: number,
  filter: StatementQueryDto,
  limit: number,
): Promise<StatementDto> {
  const isChain = filter.kinds === undefined && filter.holdId === undefined;
  const start =
    filter.cursor === undefined ? await topOf(dataSource, walletId, filter) : placeOf(filter.cursor);
  if (!start) return { entries: [] };
  let { before } = start;
  const rows: Row[] = [];
  const seen = new Set<string>();
  let isMore = true;
  for (let step = 0; step < stepsMax && isMore && rows.length <= limit; step += 1) {
    const entries = await entriesBefore(dataSource, walletId, filter, before);
    isMore = entries.length === stepEntries;
    const holds = entries.flatMap(({ holdId }) => (holdId && !seen.has(holdId) ? [holdId] : []));
    const sums = await sumsOf(dataSource, walletId, filter, [...new Set(holds)], start.top);
    for (const entry of entries) {
      const { entryNo, holdId } = entry;
      before = entryNo;
      if (holdId === null) rows.push({ entry, entries: 1, amountRials: entry.amountRials });
      else if (!seen.has(holdId)) {
        seen.add(holdId);
        const sum = sums.get(holdId);
        // Of one whose last entry is above, the row was on a page before.
        if (sum && sum.lastNo === entryNo)
          rows.push({ entry, entries: sum.entries, amountRials: sum.amountRials });
      }
    }
  }
  const page = rows.slice(0, limit);
  let balance = isChain ? start.balance : null;
  const shown: StatementEntryDto[] = page.map(
    ({ entry: { transferId, kind, balanceRials, reason, holdId, at }, entries, amountRials }) => {
      const row = {
        transferId,
        kind: holdId === null ? kind : 'capture',
        entries,
        amountRials,
        balanceRials: balance ?? balanceRials,
        reason,
        holdId,
        at: at.toISOString(),
      };
      if (balance !== null) balance -= amountRials;
      return row;
    },
  );
  const last = page.at(-1);
  const from = rows.length > limit && last ? last.entry.entryNo : before;
  const hasNext = rows.length > limit || isMore;
  return {
    entries: shown,
    ...(hasNext ? { nextCursor: `${from}.${start.top}.${balance ?? ''}` } : {}),
  };
}

const entryOfFilter = `e.account_id = $1 AND e.posted_change_rials <> 0
  AND ($2::timestamptz IS NULL OR e.at >= $2) AND ($3::timestamptz IS NULL OR e.at < $3)`;
const transferOfFilter = `($4::text[] IS NULL OR t.kind = ANY ($4)) AND ($5::uuid IS NULL OR t.hold_id = $5)`;
const filterOf = (
  walletId: number,
  { from, to, kinds, holdId }: StatementQueryDto,
): (number | string | string[] | null)[] => [
  walletId,
  from ?? null,
  to ?? null,
  kinds ?? null,
  holdId ?? null,
];

/** The newest entry of the period. */
async function topOf(
  dataSource: DataSource,
  walletId: number,
  { from, to }: StatementQueryDto,
): Promise<Place | undefined> {
  const [top] = await query<{ no: number; balance: number }>(
    dataSource,
    `SELECT e.entry_no AS no, e.posted_after_rials AS balance FROM entries e
      WHERE ${entryOfFilter} ORDER BY e.entry_no DESC LIMIT 1`,
    [walletId, from ?? null, to ?? null],
  );
  return top && { before: top.no + 1, top: top.no, balance: top.balance };
}

function entriesBefore(
  dataSource: DataSource,
  walletId: number,
  filter: StatementQueryDto,
  before: number,
): Promise<EntryRow[]> {
  return query<EntryRow>(
    dataSource,
    `SELECT e.entry_no AS "entryNo", e.transfer_id AS "transferId", t.kind, e.posted_change_rials AS "amountRials",
            e.posted_after_rials AS "balanceRials", t.reason, t.hold_id AS "holdId", e.at
       FROM entries e JOIN transfers t ON t.id = e.transfer_id AND t.at = e.at
      WHERE ${entryOfFilter} AND ${transferOfFilter} AND e.entry_no < $6
      ORDER BY e.entry_no DESC LIMIT ${stepEntries}`,
    [...filterOf(walletId, filter), before],
  );
}

async function sumsOf(
  dataSource: DataSource,
  walletId: number,
  filter: StatementQueryDto,
  holdIds: readonly string[],
  top: number,
): Promise<Map<string, HoldSum>> {
  if (holdIds.length === 0) return new Map();
  const sums = await query<HoldSum>(
    dataSource,
    `SELECT t.hold_id AS "holdId", count(*)::int AS entries, sum(e.posted_change_rials)::bigint AS "amountRials",
            max(e.entry_no) AS "lastNo"
       FROM transfers t JOIN entries e ON e.transfer_id = t.id AND e.at = t.at
      WHERE ${entryOfFilter} AND ${transferOfFilter} AND t.hold_id = ANY ($6::uuid[]) AND e.entry_no <= $7
      GROUP BY t.hold_id`,
    [...filterOf(walletId, filter), holdIds, top],
  );
  return new Map(sums.map((sum) => [sum.holdId, sum]));
}

function placeOf(cursor: string): Place {
  const found = /^(\d{1,15})\.(\d{1,15})\.(\d{0,16})$/.exec(cursor);
  if (!found)
    throw new DomainError('input.invalid', {
      fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor is not one of ours' }],
    });
  const [before, top] = [Number(found[1]), Number(found[2])];
  return { before, top, balance: found[3] ? Number(found[3]) : null };
}
