import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { AccountChangedDto } from '@peyk/contracts/identity';
import { execute, query } from '@peyk/database';
import type { EntityManager } from 'typeorm';

/** Billing's small copy of accounts: who belongs to which reseller, who introduced whom. */
@Injectable()
export class CustomersService {
  /**
   * Takes over what an event says, unless a later one was here before. A new name or reseller leaves the stamp as it is:
   * among equal stamps the later message counts.
   * @param eventId id of the message
   * @returns whether anything was taken over
   */
  async take(tx: EntityManager, eventId: string, account: AccountChangedDto): Promise<boolean> {
    const { accountId, name, resellerId, disabled, stamp } = account;
    const taken = await execute(
      tx,
      `INSERT INTO customers AS c (customer_id, name, reseller_id, disabled, stamp, event_id)
         VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (customer_id) DO UPDATE SET name = $2, reseller_id = $3, disabled = $4, stamp = $5, event_id = $6
         WHERE (c.stamp, c.event_id) < ($5, $6::uuid)`,
      [accountId, name, resellerId ?? null, disabled, stamp, eventId],
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

  /** @throws account.notFound for a user of somebody else */
  async assertUserOf(tx: EntityManager, resellerId: string, customerId: string): Promise<void> {
    const rows = await query(tx, 'SELECT FROM customers WHERE customer_id = $1 AND reseller_id = $2', [
      customerId,
      resellerId,
    ]);
    if (rows.length === 0) throw new DomainError('account.notFound');
  }

  /** Null: a direct customer. */
  async resellerOf(tx: EntityManager, customerId: string): Promise<string | null> {
    const [row] = await query<{ resellerId: string | null }>(
      tx,
      'SELECT reseller_id AS "resellerId" FROM customers WHERE customer_id = $1',
      [customerId],
    );
    return row?.resellerId ?? null;
  }
}
