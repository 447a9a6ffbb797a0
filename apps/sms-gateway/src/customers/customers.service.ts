import { Injectable } from '@nestjs/common';
import type { AccountChangedDto } from '@peyk/contracts/identity';
import { execute, query } from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';

/** Which customers are disabled: nothing of theirs is sent, no matter who asked for it and when. */
@Injectable()
export class CustomersService {
  /**
   * Takes over what an event says, unless a later one was here before.
   * @returns whether anything was taken over
   */
  async take(
    tx: EntityManager,
    { accountId, disabled, stamp }: Pick<AccountChangedDto, 'accountId' | 'disabled' | 'stamp'>,
  ): Promise<boolean> {
    await this.lock(tx, accountId, 'alone');
    const taken = await execute(
      tx,
      `INSERT INTO customers AS c (id, disabled, stamp) VALUES ($1, $2, $3)
       ON CONFLICT (id) DO UPDATE SET disabled = $2, stamp = $3 WHERE c.stamp < $3`,
      [accountId, disabled, stamp],
    );
    return taken === 1;
  }

  async isDisabled(on: EntityManager | DataSource, customerId: string): Promise<boolean> {
    return (await query(on, 'SELECT FROM customers WHERE id = $1 AND disabled', [customerId])).length > 0;
  }

  /** As `isDisabled`, and it stays so until the transaction ends. */
  async isDisabledFor(tx: EntityManager, customerId: string): Promise<boolean> {
    await this.lock(tx, customerId, 'shared');
    return this.isDisabled(tx, customerId);
  }

  /** Not the row: of most customers there is none. */
  private async lock(tx: EntityManager, customerId: string, how: 'alone' | 'shared'): Promise<void> {
    const lock = how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    await query(tx, `SELECT ${lock}(hashtextextended('customer ' || $1::text, 0))`, [customerId]);
  }
}
