import { DomainError } from '@peyk/contracts';

/** An opaque cursor of a list: the whole numbers by which its page ended. */
export function encodeCursor(...places: readonly (number | string)[]): string {
  return Buffer.from(places.join(',')).toString('base64url');
}

/**
 * @param count how many numbers it has
 * @returns undefined without cursor
 * @throws input.invalid for anything that is not of this form
 */
export function decodeCursor(cursor: string | undefined, count: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  const places = Buffer.from(cursor, 'base64url').toString().split(',');
  if (places.length === count && places.every((place) => /^\d{1,18}$/.test(place))) return places;
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
  });
}
