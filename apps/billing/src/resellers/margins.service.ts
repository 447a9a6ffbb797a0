import { Injectable } from '@nestjs/common';
import type { SendEarnedDto } from '@peyk/contracts/sms';
import { execute, query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { ChargesOutstandingError } from '../holds/holds.service';
import { LedgerService } from '../ledger/ledger.service';

/** Namespace of transfer ids that are derived from the send. */
const marginNamespace = 'b7d90c53-5f1c-4f0b-8f6a-0d4c3d9d2a17';
const reason = 'سود فروش پیامک';

/** What a reseller earns with the sends of its users: price less cost of each part that was charged and not paid back. */
@Injectable()
export class MarginsService {
  constructor(private readonly ledger: LedgerService) {}

  /**
   * Pays the margin of a send, once.
   * @throws ChargesOutstandingError while the ledger does not have the charges and refunds that it was reckoned with
   */
  async pay(
    tx: EntityManager,
    { sendId, customerId, resellerId, parts, netRials, marginRials }: SendEarnedDto,
  ): Promise<void> {
    const made = await execute(
      tx,
      `INSERT INTO resold_sends (send_id, customer_id, reseller_id, parts, charged_rials, margin_rials)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [sendId, customerId, resellerId, parts, netRials, marginRials],
    );
    if (made === 0) return;
    const [hold] = await query<{ state: string; net: number }>(
      tx,
      'SELECT state, captured_rials - refunded_rials AS net FROM holds WHERE id = $1 AND customer_id = $2',
      [sendId, customerId],
    );
    // Less than that: a report came even later than the line waits for it, and the price was paid back. The margin stays.
    if (!hold || hold.state === 'open' || hold.net > netRials)
      throw new ChargesOutstandingError(`send ${sendId}: ${hold?.net ?? 0} of ${netRials} Rial are settled`);
    if (marginRials === 0) return;
    await this.ledger.margin(tx, {
      transferId: uuidv5(sendId, marginNamespace),
      customerId,
      resellerId,
      amountRials: marginRials,
      reason,
    });
  }
}
