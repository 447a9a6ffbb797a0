import { DomainError } from '@peyk/contracts';

/** Cursor of a list ordered by id, newest first. */
export function encodeCursor(value: string | number): string {
  return Buffer.from(String(value)).toString('base64url');
}
export function decodeCursor(cursor: string | undefined, pattern: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const value = Buffer.from(cursor, 'base64url').toString();
  if (!pattern.test(value)) {
    throw new DomainError('input.invalid', {
      fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
    });
  }
  return value;
}
/** For ILIKE ... ESCAPE '\': anywhere in the text. */
export function likePattern(part: string): string {
  return `%${part.replaceAll(/[\\%_]/g, (char) => `\\${char}`)}%`;
}
export const uuidPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
export const numberPattern = /^\d{1,9}$/;
