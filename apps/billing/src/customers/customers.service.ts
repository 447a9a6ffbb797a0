import { Injectable } from '@nestjs/common';
import type { AccountChangedDto } from '@peyk/contracts';
import { execute } from '@peyk/database';
import type { EntityManager } from 'typeorm';

/** Billing's small copy of accounts: who belongs to which reseller, who introduced whom. */
@Injectable()
export class CustomersService {
  /**
   * Takes over what an event says, unless a later one was here before.
   * @returns whether anything was taken over
   */
  async take(tx: EntityManager, account: AccountChangedDto): Promise<boolean> {
    const { accountId, name, resellerId, disabled, stamp } = account;
    const taken = await execute(
      tx,
      `INSERT INTO customers AS c (customer_id, name, reseller_id, disabled, stamp) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (customer_id) DO UPDATE SET name = $2, reseller_id = $3, disabled = $4, stamp = $5 WHERE c.stamp < $5`,
      [accountId, name, resellerId ?? null, disabled, stamp],
    );
    return taken === 1;
  }

  /** Remembers who introduced an account that `take` has seen. @returns false when it was known before */
  async introduce(tx: EntityManager, customerId: string, referrerId: string): Promise<boolean> {
    const introduced = await execute(
      tx,
      'UPDATE customers SET referrer_id = $2 WHERE customer_id = $1 AND referrer_id IS NULL AND customer_id <> $2',
      [customerId, referrerId],
    );
    return introduced === 1;
  }
}
