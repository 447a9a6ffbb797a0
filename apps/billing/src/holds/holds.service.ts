import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type { HoldDto, HoldPlaceDto, HoldsDto } from '@peyk/contracts/billing';
import type { SendChargedDto, SendClosedDto } from '@peyk/contracts/sms';
import { isDatabaseAway, query, Transactions } from '@peyk/database';
import { Outbox, PoisonError } from '@peyk/messaging';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { insufficientCredit, refusalsOf } from '../ledger/ledger.errors';
import { holdColumns } from './hold.entity';

type EndState = 'closed' | 'released' | 'expired';
type EndOutcome = 'ended' | 'already' | 'unknown';

/** Namespace of transfer ids that are derived from the event that asked for them. */
const chargeNamespace = '3f0b1e0e-6f5c-4c0a-9a53-5d1c6f6b8a10';

/** A charge that the send counts in has not been applied: it may still be on its way, so the closing tries again. */
export class ChargesOutstandingError extends Error {
  override readonly name = 'ChargesOutstandingError';
}

/** Credit that is kept for a send: placed, captured in parts, ended once. The rules are the database's `ledger_*`. */
@Injectable()
export class HoldsService {
  private readonly logger = new Logger(HoldsService.name);

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
    const { hold } = await this.transactions.run((tx) => this.end(tx, holdId, 'released'));
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

  /**
   * Ends one hold that has run out. One that cannot be ended is put into `failed`, for the rest to go on without it.
   * @returns whether there was one
   */
  async expireNext(failed = new Set<string>()): Promise<boolean> {
    const others = new Set<string>();
    for (;;) {
      const [due] = await query<{ id: string }>(
        this.dataSource,
        `SELECT id FROM holds WHERE state = 'open' AND expires_at <= now() AND id <> ALL($1) ORDER BY expires_at LIMIT 1`,
        [[...failed, ...others]],
      );
      if (!due) return false;
      try {
        const { outcome } = await this.transactions.run((tx) => this.end(tx, due.id, 'expired'));
        if (outcome === 'ended') return true;
        // Another replica was first.
        others.add(due.id);
      } catch (error) {
        if (isDatabaseAway(error)) throw error;
        failed.add(due.id);
        this.logger.error({ msg: 'a hold that has run out could not be ended', hold: due.id, err: error });
        return true;
      }
    }
  }

  /** @returns the hold as it stands then; none where there is none */
  private async end(
    tx: EntityManager,
    holdId: string,
    state: EndState,
  ): Promise<{ readonly outcome: EndOutcome; readonly hold?: HoldDto }> {
    const [ended] = await refusalsOf(
      query<{ outcome: EndOutcome }>(tx, 'SELECT ledger_end_hold($1, $2) AS outcome', [holdId, state]),
    );
    const outcome = ended?.outcome ?? 'unknown';
    if (outcome === 'unknown') return { outcome };
    const [hold] = await query<HoldDto>(tx, `SELECT ${holdColumns} FROM holds WHERE id = $1`, [holdId]);
    if (hold && outcome === 'ended') {
      const { customerId, capturedRials, releasedRials } = hold;
      await this.outbox.add(tx, billingEvents.holdEnded, `hold:${holdId}`, {
        holdId,
        customerId,
        state: hold.state,
        capturedRials,
        releasedRials,
      });
    }
    return { outcome, ...(hold && { hold }) };
  }
}
