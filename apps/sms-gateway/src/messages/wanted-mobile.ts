import { DomainError } from '@peyk/contracts';
import { parseMobile } from '@peyk/persian';

/** A number that is looked for, in any form, as `98...`. Throws input.invalid. */
export function wantedMobile(text: string): string {
  const mobile = parseMobile(text);
  if (mobile.ok) return mobile.msisdn;
  throw new DomainError('input.invalid', {
    fields: [{ field: 'msisdn', rule: 'mobile', message: 'msisdn must be a mobile number' }],
  });
}
