import { Injectable } from '@nestjs/common';
import { identityEvents } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { aggregateOf, changedDto } from './accounts.service';

const pageAccounts = 1_000;

/**
 * Tells the present state of every account again, as `identity.account.updated` or `.disabled`: other services rebuild
 * their small copies from it. A program that has a copy with the same permission stamp ignores it.
 */
@Injectable()
export class AccountAnnouncer {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** In transactions of 1,000 accounts. @returns how many accounts were announced */
  async announceAll(): Promise<number> {
    let told = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const page = await this.transactions.run(async (tx) => {
        // Locked, so that the event of a change that comes meanwhile stands behind this one.
        const accounts = await query<Parameters<typeof changedDto>[0]>(
          tx,
          `SELECT id, name, roles, scopes, disabled, permission_stamp AS stamp, reseller_id AS "resellerId"
           FROM accounts WHERE id > $1 ORDER BY id LIMIT ${pageAccounts} FOR SHARE`,
          [after],
        );
        const events = accounts.map((account) => ({
          aggregate: aggregateOf(account.id),
          payload: changedDto(account),
        }));
        await this.outbox.addMany(
          tx,
          identityEvents.accountUpdated,
          events.filter(({ payload }) => !payload.disabled),
        );
        await this.outbox.addMany(
          tx,
          identityEvents.accountDisabled,
          events.filter(({ payload }) => payload.disabled),
        );
        return accounts;
      });
      told += page.length;
      const last = page.at(-1);
      if (!last || page.length < pageAccounts) return told;
      after = last.id;
    }
  }
}
