import { DomainError } from '@peyk/contracts';
import type { FormFieldDto } from '@peyk/contracts/billing';

/** The only route that takes a form, and that pages of other sites (the banks') may post to. */
export const callbackPath = 'payments/:topupId/callback';

/** A callback of a bank has some ten short fields. */
const bytesMax = 16 * 1024;
const fieldsMax = 30;
const nameMax = 100;
const valueMax = 500;

/** @throws input.tooLarge */
export function readCallbackForm(body: Buffer): FormFieldDto[] {
  if (body.length > bytesMax) throw new DomainError('input.tooLarge', { maxBytes: bytesMax });
  return callbackFields(new URLSearchParams(body.toString('utf8')));
}

/** What is too long, too much or there twice is left out: it is of no callback. */
export function callbackFields(given: Iterable<readonly [string, unknown]>): FormFieldDto[] {
  const fields = new Map<string, string>();
  for (const [name, value] of given) {
    if (typeof value !== 'string' || name === '' || name.length > nameMax || value.length > valueMax)
      continue;
    if (fields.has(name)) fields.set(name, '');
    else if (fields.size < fieldsMax) fields.set(name, value);
  }
  return [...fields].map(([name, value]) => ({ name, value }));
}
