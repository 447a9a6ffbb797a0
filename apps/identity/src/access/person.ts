import { DomainError } from '@peyk/contracts';
import type { UserPrincipal } from '@peyk/contracts';
import type { Caller } from '@peyk/messaging';

/** The person who calls. @throws access.denied for a program of the platform */
export function personOf({ principal }: Caller): UserPrincipal {
  if (principal?.kind !== 'user') throw new DomainError('access.denied');
  return principal;
}
