import { normalizePersian, toLatinDigits } from '@peyk/persian';

/**
 * The form in which usernames are stored and compared: Latin digits, Persian letters for their Arabic look-alikes, lower
 * case, no spaces around, no control characters (IDN-213). A username typed on any keyboard finds its account.
 */
export function normalizeUsername(typed: string): string {
  return toLatinDigits(normalizePersian(typed.normalize('NFKC')))
    .replace(/\p{Cc}/gu, '')
    .trim()
    .toLowerCase();
}
