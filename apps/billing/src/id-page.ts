import { DomainError } from '@peyk/contracts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export interface IdPage {
  /** Id after which the page begins; null for the first. */
  readonly after: string | null;
  /** To be read: one more than the page shows. */
  readonly rows: number;
  /** The page out of what was read, with the cursor of the next one if there is more. */
  cut<T>(
    read: readonly T[],
    idOf: (item: T) => string,
  ): { readonly items: T[]; readonly nextCursor?: string };
}

/** A page of a list that is ordered by id. @throws input.invalid for a cursor that is none */
export function idPage(cursor: string | undefined, limit: number): IdPage {
  const after = cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString();
  if (after !== null && !uuid.test(after)) {
    throw new DomainError('input.invalid', {
      fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
    });
  }
  return {
    after,
    rows: limit + 1,
    cut(read, idOf) {
      const items = read.slice(0, limit);
      const last = items.at(-1);
      const more = read.length > limit && last !== undefined;
      return { items, ...(more && { nextCursor: Buffer.from(idOf(last)).toString('base64url') }) };
    },
  };
}
