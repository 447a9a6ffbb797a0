import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { summaryDaysMax } from '@peyk/contracts/billing';
import type {
  CreditDto,
  StatementDto,
  StatementEntryDto,
  StatementQueryDto,
  StatementSummaryDto,
  StatementSummaryQueryDto,
  WalletDto,
} from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { LedgerService } from '../ledger/ledger.service';
import { statementBySend } from './statement.by-send';

const defaultPageSize = 50;
const walletColumns = `customer_id AS "customerId", posted_rials AS "postedRials", held_rials AS "heldRials",
  posted_rials - held_rials AS "availableRials", alert_rials AS "alertRials"`;
const walletId = `SELECT id FROM accounts WHERE name = 'wallet:' || $1::uuid`;

interface StatementRow extends Omit<StatementEntryDto, 'at' | 'entries'> {
  readonly entryNo: number;
  readonly at: Date;
}

/** A customer's credit: what is posted, what of it is held, and how it came about. */
@Injectable()
export class WalletsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: LedgerService,
  ) {}

  /** @throws wallet.notFound */
  async read(customerId: string): Promise<WalletDto> {
    const [wallet] = await query<WalletDto>(
      this.dataSource,
      `SELECT ${walletColumns} FROM accounts WHERE name = 'wallet:' || $1::uuid`,
      [customerId],
    );
    if (!wallet) throw new DomainError('wallet.notFound');
    return wallet;
  }

  /** Adds credit once per transfer id, and makes the wallet. @throws transfer.conflict */
  async credit(credit: CreditDto): Promise<WalletDto> {
    await this.ledger.credit(this.dataSource.manager, { ...credit, kind: 'credit' });
    return this.read(credit.customerId);
  }

  /** Below which available credit its owner is warned; null: never. Opens the wallet. */
  async setAlert(customerId: string, alertRials: number | null): Promise<WalletDto> {
    const set = async (): Promise<WalletDto | undefined> => {
      const [wallet] = await query<WalletDto>(
        this.dataSource,
        `SELECT ${walletColumns} FROM ledger_set_alert($1, $2)`,
        [customerId, alertRials],
      );
      // The statement that opens somebody's first wallet does not see it yet, and answers a row of nothing.
      return wallet?.customerId ? wallet : undefined;
    };
    const wallet = (await set()) ?? (await set());
    if (!wallet) throw new DomainError('wallet.notFound');
    return wallet;
  }

  /**
   * Entries that changed the posted balance, the newest first; nothing for one without wallet. Only the months of the
   * period are looked into, in each by the wallet's own entries.
   */
  async statement(customerId: string, filter: StatementQueryDto): Promise<StatementDto> {
    const { from, to, kinds, holdId, cursor, limit = defaultPageSize } = filter;
    if (filter.bySend) {
      const [wallet] = await query<{ id: number }>(this.dataSource, walletId, [customerId]);
      return wallet ? statementBySend(this.dataSource, wallet.id, filter, limit) : { entries: [] };
    }
    const before = cursor === undefined ? null : entryNoOf(cursor);
    const rows = await query<StatementRow>(
      this.dataSource,
      `SELECT e.entry_no AS "entryNo", e.transfer_id AS "transferId", t.kind, e.posted_change_rials AS "amountRials",
              e.posted_after_rials AS "balanceRials", t.reason, t.hold_id AS "holdId", e.at
         FROM entries e JOIN transfers t ON t.id = e.transfer_id AND t.at = e.at
        WHERE e.account_id = (${walletId})
          AND e.posted_change_rials <> 0
          AND ($2::bigint IS NULL OR e.entry_no < $2)
          AND ($3::timestamptz IS NULL OR e.at >= $3) AND ($4::timestamptz IS NULL OR e.at < $4)
          AND ($5::text[] IS NULL OR t.kind = ANY ($5))
          AND ($6::uuid IS NULL OR t.hold_id = $6)
        ORDER BY e.entry_no DESC LIMIT $7`,
      [customerId, before, from ?? null, to ?? null, kinds ?? null, holdId ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(({ entryNo: _entryNo, at, ...entry }) => ({
        ...entry,
        entries: 1,
        at: at.toISOString(),
      })),
      ...(rows.length > limit && last ? { nextCursor: String(last.entryNo) } : {}),
    };
  }

  /**
   * What a period changed, in one snapshot. Zeros for one without wallet.
   * @throws input.invalid for a period that is empty or longer than `summaryDaysMax`
   */
  async summary(customerId: string, { from, to }: StatementSummaryQueryDto): Promise<StatementSummaryDto> {
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
    if (days <= 0 || days > summaryDaysMax)
      throw new DomainError('input.invalid', {
        fields: [
          {
            field: 'to',
            rule: 'period',
            message: `to must be after from, by at most ${summaryDaysMax} days`,
          },
        ],
      });
    const [row] = await query<Omit<StatementSummaryDto, 'from' | 'to'>>(
      this.dataSource,
      `WITH wallet AS MATERIALIZED (${walletId}),
       sums AS (
         SELECT t.kind, count(*) AS entries, sum(e.posted_change_rials)::bigint AS amount
           FROM entries e JOIN transfers t ON t.id = e.transfer_id AND t.at = e.at
          WHERE e.account_id = (SELECT id FROM wallet) AND e.posted_change_rials <> 0 AND e.at >= $2 AND e.at < $3
          GROUP BY t.kind)
       SELECT coalesce((${balanceBefore('$2')}), 0) AS "openingRials",
              coalesce((${balanceBefore('$3')}), 0) AS "closingRials",
              coalesce((SELECT jsonb_agg(jsonb_build_object('kind', kind, 'entries', entries, 'amountRials', amount)
                          ORDER BY kind) FROM sums), '[]') AS kinds`,
      [customerId, from, to],
    );
    if (!row) throw new Error('no row');
    return { from, to, ...row };
  }
}

/** The balance after the last entry before a moment. */
function balanceBefore(moment: string): string {
  return `SELECT posted_after_rials FROM entries WHERE account_id = (SELECT id FROM wallet) AND at < ${moment}
    ORDER BY entry_no DESC LIMIT 1`;
}

/** Cursor = number of the last entry that was shown. New entries come before the first page and shift nothing. */
function entryNoOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor is not one of ours' }],
  });
}
