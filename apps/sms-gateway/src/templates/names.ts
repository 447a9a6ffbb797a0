import { DomainError } from '@peyk/contracts';
import { normalizePersian, toLatinDigits } from '@peyk/persian';

/**
 * The same for all that a reader takes for the same: Arabic or Persian letters, digits of any script, upper or lower
 * case, with or without half-space, kashida and vowel signs, however many spaces.
 */
export function folded(text: string): string {
  return toLatinDigits(normalizePersian(text.normalize('NFC')))
    .replaceAll(/[\u200c\u0640\u064b-\u0652]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A title or name on one line, without spaces around it. Throws input.invalid when nothing of it can be seen. */
export function tidied(field: string, text: string): string {
  if (folded(text) === '') {
    throw new DomainError('input.invalid', {
      fields: [{ field, rule: 'required', message: `${field} must not be empty` }],
    });
  }
  return text.replaceAll(/\s+/g, ' ').trim();
}
