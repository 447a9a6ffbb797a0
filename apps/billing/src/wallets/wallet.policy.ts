import { DomainError } from '@peyk/contracts';
import { accountOf, type Caller } from '@peyk/messaging';

/**
 * Whose wallet a caller reads: the own one, or with reach `any` the one that is asked for (BIL-013).
 * @param asked customer id of the request
 * @throws access.denied; input.invalid when a service names nobody
 */
export function walletOwner(caller: Caller, asked: string | undefined): string {
  if (caller.reach === 'any' && asked) return asked;
  if (caller.principal?.kind === 'service') {
    throw new DomainError('input.invalid', {
      fields: [{ field: 'customerId', rule: 'isDefined', message: 'customerId must be given' }],
    });
  }
  const own = accountOf(caller);
  if (asked !== undefined && asked !== own) throw new DomainError('access.denied');
  return own;
}
