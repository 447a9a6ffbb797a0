import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  CustomerUseDto,
  ResellerUserDto,
  ResellerUsersDto,
  ResellerUsersQueryDto,
  UserTransferDto,
  UserTransferMadeDto,
} from '@peyk/contracts/billing';
import { query, Transactions } from '@peyk/database';
import { DataSource } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { CustomersService } from '../customers/customers.service';
import { idPage } from '../id-page';
import { LedgerService } from '../ledger/ledger.service';

const defaultPageSize = 50;
const dayMs = 86_400_000;
const defaultDays = 30;
const periodDaysMax = 366;
/** Namespace of transfer ids that are derived from reseller and key: so no key of a reseller meets another transfer. */
const transferNamespace = '9a2d5f0e-7a5c-4c06-9d8e-0b61a6d3c2e4';

/** Users of resellers: what they have, what they use, credit for them (BIL-209, BIL-210). */
@Injectable()
export class UsersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly customers: CustomersService,
    private readonly ledger: LedgerService,
  ) {}

  /**
   * The newest accounts first, with their use in a period. Money is the ledger's; parts and margin are known of sends that
   * are settled with the reseller.
   * @param resellerId only its users; undefined: everybody
   */
  async list(
    resellerId: string | undefined,
    { customerId, cursor, limit = defaultPageSize, from, to }: ResellerUsersQueryDto,
    now = new Date(),
  ): Promise<ResellerUsersDto> {
    const period = periodOf(from, to, now);
    const page = idPage(cursor, limit);
    const rows = await query<Omit<ResellerUserDto, 'use'> & CustomerUseDto>(
      this.dataSource,
      `WITH page AS (
         SELECT customer_id, name, reseller_id, level, disabled FROM customers
          WHERE ($1::uuid IS NULL OR reseller_id = $1) AND ($2::uuid IS NULL OR customer_id = $2)
            AND ($3::uuid IS NULL OR customer_id < $3)
          ORDER BY customer_id DESC LIMIT $4)
       SELECT p.customer_id AS "customerId", p.name, p.reseller_id AS "resellerId", p.level, p.disabled,
              coalesce(a.posted_rials, 0) AS "postedRials", coalesce(a.held_rials, 0) AS "heldRials",
              coalesce(a.posted_rials - a.held_rials, 0) AS "availableRials",
              u.sends, u.charged AS "chargedRials", u.refunded AS "refundedRials", r.parts, r.margin AS "marginRials"
         FROM page p LEFT JOIN accounts a ON a.name = 'wallet:' || p.customer_id
        CROSS JOIN LATERAL (
          -- A hold only raises what is held, a capture lowers both; only what came in has to be told apart by its kind.
          SELECT count(*) FILTER (WHERE e.held_change_rials > 0) AS sends,
                 coalesce(sum(-e.posted_change_rials)
                   FILTER (WHERE e.posted_change_rials < 0 AND e.held_change_rials < 0), 0)::bigint AS charged,
                 coalesce(sum(CASE WHEN e.posted_change_rials > 0 AND
                   (SELECT kind FROM transfers t WHERE t.id = e.transfer_id) = 'refund'
                   THEN e.posted_change_rials ELSE 0 END), 0)::bigint AS refunded
            FROM entries e WHERE e.account_id = a.id AND e.at >= $5 AND e.at < $6) u
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(s.parts), 0)::bigint AS parts, coalesce(sum(s.margin_rials), 0)::bigint AS margin
            FROM resold_sends s
           WHERE s.customer_id = p.customer_id AND s.at >= $5 AND s.at < $6 AND ($1::uuid IS NULL OR s.reseller_id = $1)) r
        ORDER BY p.customer_id DESC`,
      [resellerId ?? null, customerId ?? null, page.after, page.rows, period.from, period.to],
    );
    const users = rows.map(
      ({ sends, chargedRials, refundedRials, parts, marginRials, ...user }): ResellerUserDto => ({
        ...user,
        use: { sends, chargedRials, refundedRials, parts, marginRials },
      }),
    );
    const { items, nextCursor } = page.cut(users, (user) => user.customerId);
    return {
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      users: items,
      ...(nextCursor && { nextCursor }),
    };
  }

  /** @throws account.notFound, wallet.insufficientCredit, idempotency.keyReused */
  async transfer(
    resellerId: string,
    { customerId, amountRials, note, idempotencyKey }: UserTransferDto,
  ): Promise<UserTransferMadeDto> {
    const transferId = uuidv5(`${resellerId}:${idempotencyKey}`, transferNamespace);
    return this.transactions.run(async (tx) => {
      await this.customers.assertUserOf(tx, resellerId, customerId);
      await this.ledger
        .move(tx, {
          transferId,
          kind: 'transfer',
          fromId: resellerId,
          toId: customerId,
          amountRials,
          reason: note ? `انتقال اعتبار از نماینده: ${note}` : 'انتقال اعتبار از نماینده',
        })
        .catch((error: unknown) => {
          throw error instanceof DomainError && error.code === 'transfer.conflict'
            ? new DomainError('idempotency.keyReused', undefined, error)
            : error;
        });
      const [wallet] = await query<{ availableRials: number }>(
        tx,
        `SELECT posted_rials - held_rials AS "availableRials" FROM accounts WHERE name = 'wallet:' || $1::uuid`,
        [resellerId],
      );
      return { transferId, customerId, amountRials, availableRials: wallet?.availableRials ?? 0 };
    });
  }
}

function periodOf(
  from: string | undefined,
  to: string | undefined,
  now: Date,
): { readonly from: Date; readonly to: Date } {
  const end = to === undefined ? now : new Date(to);
  const begin = from === undefined ? new Date(end.getTime() - defaultDays * dayMs) : new Date(from);
  const days = (end.getTime() - begin.getTime()) / dayMs;
  if (days > 0 && days <= periodDaysMax) return { from: begin, to: end };
  throw new DomainError('input.invalid', {
    fields: [
      { field: 'from', rule: 'period', message: `from must be before to, at most ${periodDaysMax} days` },
    ],
  });
}
