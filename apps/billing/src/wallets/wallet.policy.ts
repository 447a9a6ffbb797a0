import { DomainError, hasRole, type Principal } from '@peyk/contracts';

/**
 * Whose wallet a caller reads: the own one, an administrator and a service any.
 * @param asked customer id of the request
 * @throws access.denied; input.invalid when a service names nobody
 */
export function walletOwner(principal: Principal | undefined, asked: string | undefined): string {
  if (principal?.kind === 'service') {
    if (asked) return asked;
    throw new DomainError('input.invalid', {
      fields: [{ field: 'customerId', rule: 'isDefined', message: 'customerId must be given' }],
    });
  }
  const own = walletHolder(principal);
  if (asked !== undefined && asked !== own && principal && !hasRole(principal, 'admin')) {
    throw new DomainError('access.denied');
  }
  return asked ?? own;
}

/** The account of a person who may have a wallet. @throws access.denied */
export function walletHolder(principal: Principal | undefined): string {
  if (principal?.kind !== 'user' || !hasRole(principal, 'sms_customer', 'reseller', 'admin')) {
    throw new DomainError('access.denied');
  }
  return principal.accountId;
}
