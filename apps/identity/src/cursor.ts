import { DomainError } from '@peyk/contracts';

/** An opaque cursor of a list: where its page ended. */
export function encodeCursor(value: string): string {
  return Buffer.from(value).toString('base64url');
}

/** @throws input.invalid for anything that is not of this form */
export function decodeCursor(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const value = Buffer.from(cursor, 'base64url').toString();
  if (form.test(value)) return value;
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
  });
}
