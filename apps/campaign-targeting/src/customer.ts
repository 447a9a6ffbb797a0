import { DomainError, hasRole } from '@peyk/contracts';
import type { Caller } from '@peyk/messaging';

/** The SMS customer who calls: own lists only (guarantee 7). Throws access.denied. */
export function customerOf({ principal }: Caller): string {
  if (principal?.kind !== 'user' || !hasRole(principal, 'sms_customer', 'reseller', 'admin')) {
    throw new DomainError('access.denied');
  }
  return principal.accountId;
}
