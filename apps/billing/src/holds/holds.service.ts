import { Injectable } from '@nestjs/common';
import { billingEvents, DomainError } from '@peyk/contracts';
import type { HoldDto, HoldPlaceDto, HoldsDto, SendChargedDto, SendClosedDto } from '@peyk/contracts';
import { query, Transactions } from '@peyk/database';
import { Outbox, PoisonError } from '@peyk/messaging';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { insufficientCredit, refusalsOf } from '../ledger/ledger.errors';
import { holdColumns } from './hold.entity';

type EndState = 'closed' | 'released' | 'expired';

/** Namespace of transfer ids that are derived from the event that asked for them. */
const chargeNamespace = '3f0b1e0e-6f5c-4c0a-9a53-5d1c6f6b8a10';

/** A charge that the send counts in has not been applied: it may still be on its way, so the closing tries again. */
export class ChargesOutstandingError extends Error {
  override readonly name = 'ChargesOutstandingError';
}

/** Credit that is kept for a send: placed, captured in parts, ended once. The rules are the database's `ledger_*`. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A repeat with the same customer, amount and purpose answers the open hold as it is.
   * @throws wallet.insufficientCredit (details: availableRials, amountRials), hold.conflict, hold.ended
   */
  async place({ holdId, customerId, amountRials, purpose, expiresAt }: HoldPlaceDto): Promise<HoldDto> {
    const [hold] = await refusalsOf(
      query<HoldDto | { readonly holdId: null }>(
        this.dataSource,
        `SELECT ${holdColumns} FROM ledger_place_hold($1, $2, $3, $4, $5)`,
        [holdId, customerId, amountRials, purpose, expiresAt],
      ),
    ).catch((error: unknown) => {
      // A transfer of another kind has this id: to the caller it is the hold's id that is taken.
      if (error instanceof DomainError && error.code === 'transfer.conflict')
        throw new DomainError('hold.conflict', undefined, error);
      throw error;
    });
    if (!hold) throw new Error('no hold');
    if (hold.holdId === null)
      throw await insufficientCredit(this.dataSource, `wallet:${customerId}`, amountRials);
    return hold;
  }

  /**
   * Gives back what was not captured. One that has ended is answered as it is; of one that was never placed the id is
   * spent.
   * @throws hold.notFound
   */
  async release(holdId: string): Promise<HoldDto> {
    const hold = await this.transactions.run((tx) => this.end(tx, holdId, 'released'));
    if (!hold) throw new DomainError('hold.notFound');
    return hold;
  }

  /** Those of the holds that exist, in no order. */
  async read(holdIds: readonly string[]): Promise<HoldsDto> {
    const holds = await query<HoldDto>(
      this.dataSource,
      `SELECT ${holdColumns}, coalesce((SELECT margin_rials FROM resold_sends WHERE send_id = holds.id), 0) AS "marginRials"
         FROM holds WHERE id = ANY($1) AND customer_id IS NOT NULL`,
      [holdIds],
    );
    return { holds };
  }

  /**
   * Takes credit out of a hold, and pays back of what was taken. The same event changes nothing the second time.
   * @param eventId id of the message
   * @throws hold.notFound, hold.ended, hold.exceeded; RefundBeforeCaptureError
   */
  async charge(
    tx: EntityManager,
    eventId: string,
    { sendId, customerId, captureRials, refundRials }: SendChargedDto,
  ): Promise<void> {
    await refusalsOf(
      query(tx, 'SELECT ledger_charge($1, $2, $3, $4, $5, $6)', [
        sendId,
        customerId,
        uuidv5(`${eventId}:capture`, chargeNamespace),
        captureRials,
        uuidv5(`${eventId}:refund`, chargeNamespace),
        refundRials,
      ]),
    );
  }

  /**
   * Ends a hold whose send is over. `chargedRials`, all captures that the send asked for, must be what was captured.
   * @throws ChargesOutstandingError while less was captured; PoisonError when it can never fit: then the hold stays
   * open for a person to look at
   */
  async close(tx: EntityManager, { sendId, customerId, chargedRials }: SendClosedDto): Promise<void> {
    const [hold] = await query<HoldDto>(tx, `SELECT ${holdColumns} FROM ledger_lock_hold($1)`, [sendId]);
    if (!hold || hold.customerId !== customerId) throw new DomainError('hold.notFound');
    const fits = `hold ${sendId} (${hold.state}): the send was charged ${chargedRials} Rial, ${hold.capturedRials} were captured`;
    if (hold.capturedRials < chargedRials && hold.state === 'open') throw new ChargesOutstandingError(fits);
    if (hold.capturedRials !== chargedRials) throw new PoisonError(fits);
    await this.end(tx, sendId, 'closed');
  }

  /** Ends one hold that has run out, if there is one that nobody else has in hand. @returns whether there was */
  async expireNext(): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const [due] = await query<{ id: string }>(tx, 'SELECT id FROM ledger_due_hold()');
      if (due) await this.end(tx, due.id, 'expired');
      return due !== undefined;
    });
  }

  /** @returns the hold as it stands then; undefined where there is none */
  private async end(tx: EntityManager, holdId: string, state: EndState): Promise<HoldDto | undefined> {
    const [ended] = await refusalsOf(
      query<{ outcome: 'ended' | 'already' | 'unknown' }>(tx, 'SELECT ledger_end_hold($1, $2) AS outcome', [
        holdId,
        state,
      ]),
    );
    if (ended?.outcome === 'unknown') return undefined;
    const [hold] = await query<HoldDto>(tx, `SELECT ${holdColumns} FROM holds WHERE id = $1`, [holdId]);
    if (hold && ended?.outcome === 'ended') {
      const { customerId, capturedRials, releasedRials } = hold;
      await this.outbox.add(tx, billingEvents.holdEnded, `hold:${holdId}`, {
        holdId,
        customerId,
        state: hold.state,
        capturedRials,
        releasedRials,
      });
    }
    return hold;
  }
}
