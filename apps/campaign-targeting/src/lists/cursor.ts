import { DomainError } from '@peyk/contracts';

export const idCursor = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
export const rowCursor = /^\d{1,9}$/;

/** The key of the last row of a page, opaque to the caller. */
export function encodeCursor(key: string | number): string {
  return Buffer.from(String(key)).toString('base64url');
}

/** Throws input.invalid when the text in it is not what this list gives out. */
export function decodeCursor(cursor: string | undefined, pattern: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!pattern.test(key)) {
    throw new DomainError('input.invalid', {
      fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must be a nextCursor of this list' }],
    });
  }
  return key;
}
