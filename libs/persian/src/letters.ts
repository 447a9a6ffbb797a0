/** Arabic and other look-alike letters that Iranian keyboards and old systems produce, with the Persian letter. */
const PERSIAN_LETTERS: Readonly<Record<string, string>> = {
  '\u064a': '\u06cc', // ي Arabic yeh
  '\u0649': '\u06cc', // ى alef maksura
  '\u06d2': '\u06cc', // ے yeh barree
  '\u0643': '\u06a9', // ك Arabic kaf
  '\u06aa': '\u06a9', // ڪ swash kaf
  '\u06be': '\u0647', // ھ heh doachashmee
  '\u06c1': '\u0647', // ہ heh goal
  '\u06d5': '\u0647', // ە ae
  '\u0629': '\u0647', // ة teh marbuta, written ه in Persian
};

// Controls of direction and width that cost a character of the SMS and show nothing. ZWNJ (200C) is part of Persian
// spelling and ZWJ (200D) of emoji: both stay.
const INVISIBLE = /[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const LOOK_ALIKE = new RegExp(`[${Object.keys(PERSIAN_LETTERS).join('')}]`, 'g');
// Presentation forms come from PDF and very old software. FDFA (a whole prayer in a sign) and the other signs from FDF0
// on would grow into words, so they stay.
const PRESENTATION_FORM = /[\ufb50-\ufbb1\ufbd3-\ufbff\ufe70-\ufefc]/g;

/**
 * Persian letters for their Arabic look-alikes and presentation forms, without direction controls. Digits, ZWNJ,
 * spaces, diacritics and kashida are left as they are, so the text means and looks what its author wrote.
 */
export function normalizePersian(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .replace(PRESENTATION_FORM, (form) => form.normalize('NFKC'))
    .replace(LOOK_ALIKE, (letter) => PERSIAN_LETTERS[letter] ?? letter);
}

// White space, controls, and what Unicode itself says is shown as nothing (ZWNJ, ZWJ, RLM, BOM, soft hyphen, Hangul
// fillers, variation selectors, ...); of the rest those that are drawn empty: the blank of braille, marks of annotations.
const UNSEEN = /^[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u{1d159}]*$/u;

/** Whether a text shows anything at all. One that does not is empty to its reader, however long it is. */
export function isSeen(text: string): boolean {
  return !UNSEEN.test(text);
}
