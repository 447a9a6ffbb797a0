import { DomainError, type ErrorCode } from '@peyk/contracts';
import { query, sqlState, violatedConstraint } from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';

/** The refund's capture is not there yet: it may still be on its way, so the consumer of the event tries again. */
export class RefundBeforeCaptureError extends Error {
  override readonly name = 'RefundBeforeCaptureError';
}

/** States that the ledger's functions raise. */
const codes: Readonly<Record<string, ErrorCode>> = {
  BL001: 'transfer.conflict',
  BL002: 'hold.conflict',
  BL003: 'hold.ended',
  BL004: 'hold.exceeded',
  BL005: 'hold.notFound',
};

/** What the ledger's refusal means to callers; any other error as it is. */
export function translated(error: unknown): unknown {
  const state = sqlState(error) ?? '';
  const code = codes[state];
  if (code) return new DomainError(code, undefined, error);
  if (state === 'BL006') return new RefundBeforeCaptureError((error as Error).message, { cause: error });
  switch (violatedConstraint(error)) {
    case 'accounts_available_check':
      return new DomainError('wallet.insufficientCredit', undefined, error);
    case 'accounts_exact_check':
      return new DomainError('input.invalid', {
        fields: [
          { field: 'amountRials', rule: 'max', message: 'the balance would be more than a wallet may hold' },
        ],
      });
    default:
      return error;
  }
}

/** Runs a function of the ledger. @throws DomainError, RefundBeforeCaptureError */
export async function refusalsOf<T>(act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    throw translated(error);
  }
}

/**
 * The refusal of a payment that the account `name` cannot make: the ledger's functions answer NULL then, since it is no
 * error of the database.
 * @param amountRials what was asked for
 */
export async function insufficientCredit(
  on: EntityManager | DataSource,
  name: string,
  amountRials: number,
): Promise<DomainError> {
  const [account] = await query<{ availableRials: number }>(
    on,
    'SELECT posted_rials - held_rials AS "availableRials" FROM accounts WHERE name = $1',
    [name],
  );
  const availableRials = account?.availableRials ?? 0;
  return new DomainError('wallet.insufficientCredit', { availableRials, amountRials });
}
