import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  CreditDto,
  StatementDto,
  StatementEntryDto,
  StatementQueryDto,
  WalletDto,
} from '@peyk/contracts';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { LedgerService } from '../ledger/ledger.service';

const defaultPageSize = 50;
const walletColumns = `customer_id AS "customerId", posted_rials AS "postedRials", held_rials AS "heldRials",
  posted_rials - held_rials AS "availableRials"`;

interface StatementRow extends Omit<StatementEntryDto, 'at'> {
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

  /** Entries that changed the posted balance, the newest first; nothing for one without wallet. */
  async statement(
    customerId: string,
    { holdId, cursor, limit = defaultPageSize }: StatementQueryDto,
  ): Promise<StatementDto> {
    const before = cursor === undefined ? null : entryNoOf(cursor);
    const rows = await query<StatementRow>(
      this.dataSource,
      `SELECT e.entry_no AS "entryNo", e.transfer_id AS "transferId", t.kind, e.posted_change_rials AS "amountRials",
              e.posted_after_rials AS "balanceRials", t.reason, t.hold_id AS "holdId", e.at
         FROM entries e JOIN transfers t ON t.id = e.transfer_id
        WHERE e.account_id = (SELECT id FROM accounts WHERE name = 'wallet:' || $1::uuid)
          AND e.posted_change_rials <> 0
          AND ($2::bigint IS NULL OR e.entry_no < $2)
          AND ($3::uuid IS NULL OR t.hold_id = $3)
        ORDER BY e.entry_no DESC LIMIT $4`,
      [customerId, before, holdId ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(({ entryNo: _entryNo, at, ...entry }) => ({ ...entry, at: at.toISOString() })),
      ...(rows.length > limit && last ? { nextCursor: String(last.entryNo) } : {}),
    };
  }
}

/** Cursor = number of the last entry that was shown. New entries come before the first page and shift nothing. */
function entryNoOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor is not one of ours' }],
  });
}
