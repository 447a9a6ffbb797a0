import type { SmsGatewayConfig } from '../config';

/** Whose it is, for administrators: null for the platform's own, whose account stands in no list of accounts. */
export function ownerShown(
  customerId: string,
  { siteAccountId }: Pick<SmsGatewayConfig, 'siteAccountId'>,
): string | null {
  return customerId === siteAccountId ? null : customerId;
}
