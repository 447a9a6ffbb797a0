import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { insufficientCredit, refusalsOf } from './ledger.errors';
import type { TransferKind } from './transfer.entity';

/** What every movement has. */
interface Terms<K extends TransferKind> {
  /** Chosen by the caller: the same id with the same terms moves nothing more, with others it is refused. */
  readonly transferId: string;
  /** Whole Rial, at least 1. */
  readonly amountRials: number;
  /** Shown in the statement. */
  readonly reason: string;
  readonly kind: K;
}
export interface CreditTerms extends Terms<'credit' | 'topup' | 'gift' | 'trial' | 'reward' | 'correction'> {
  readonly customerId: string;
}
export interface DebitTerms extends Terms<'purchase' | 'correction'> {
  readonly customerId: string;
}
export interface MoveTerms extends Terms<'transfer' | 'reward'> {
  readonly fromId: string;
  readonly toId: string;
}
export interface MarginTerms extends Omit<Terms<'margin'>, 'kind'> {
  /** Whose send it was. */
  readonly customerId: string;
  readonly resellerId: string;
}

/**
 * Movements of credit besides holds, in the caller's transaction. Each answers whether it was made now: false for a
 * repeat with equal terms. A wallet that is not there is opened.
 *
 * Accounts are locked by id, those of one movement at once: a transaction that makes several movements keeps to one
 * customer, else two could wait for each other.
 * @throws all of them: transfer.conflict
 */
@Injectable()
export class LedgerService {
  /** From `funding` to the wallet. @throws input.invalid when the balance would be more than a wallet may hold */
  credit(
    tx: EntityManager,
    { transferId, kind, customerId, amountRials, reason }: CreditTerms,
  ): Promise<boolean> {
    return made(tx, 'ledger_credit', [transferId, kind, customerId, amountRials, reason]);
  }

  /** From the wallet to revenue (a purchase) or back to `funding` (a correction). @throws wallet.insufficientCredit */
  debit(
    tx: EntityManager,
    { transferId, kind, customerId, amountRials, reason }: DebitTerms,
  ): Promise<boolean> {
    return made(tx, 'ledger_debit', [transferId, kind, customerId, amountRials, reason], {
      payer: `wallet:${customerId}`,
      amountRials,
    });
  }

  /** From wallet to wallet. @throws wallet.insufficientCredit; input.invalid when they are the same */
  async move(
    tx: EntityManager,
    { transferId, kind, fromId, toId, amountRials, reason }: MoveTerms,
  ): Promise<boolean> {
    if (fromId === toId)
      throw new DomainError('input.invalid', {
        fields: [{ field: 'toId', rule: 'other', message: 'a wallet cannot pay itself' }],
      });
    return made(tx, 'ledger_move', [transferId, kind, fromId, toId, amountRials, reason], {
      payer: `wallet:${fromId}`,
      amountRials,
    });
  }

  /**
   * From what the customer's sends earned to the wallet of its reseller (BIL-210).
   * @throws wallet.insufficientCredit when the revenue of this customer is less
   */
  margin(
    tx: EntityManager,
    { transferId, customerId, resellerId, amountRials, reason }: MarginTerms,
  ): Promise<boolean> {
    return made(tx, 'ledger_margin', [transferId, customerId, resellerId, amountRials, reason], {
      payer: `revenue:${customerId}`,
      amountRials,
    });
  }
}

async function made(
  tx: EntityManager,
  routine: 'ledger_credit' | 'ledger_debit' | 'ledger_move' | 'ledger_margin',
  values: readonly unknown[],
  from?: { readonly payer: string; readonly amountRials: number },
): Promise<boolean> {
  const places = values.map((_value, at) => `$${at + 1}`).join(', ');
  const [row] = await refusalsOf(
    query<{ made: boolean | null }>(tx, `SELECT ${routine}(${places}) AS made`, values),
  );
  if (!row) throw new Error('the ledger did not answer');
  if (row.made !== null) return row.made;
  if (!from) throw new Error(`${routine} has no payer that could be short of credit`);
  throw await insufficientCredit(tx, from.payer, from.amountRials);
}
