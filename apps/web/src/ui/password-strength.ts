import { normalizePersian, toLatinDigits } from '@peyk/persian';

/** As the server has it. */
export const passwordMin = 8;
const distinctMin = 3;
/** So much has to be left beside a word that others know of the person. */
const ownMin = 4;

export interface PasswordHelp {
  readonly long: boolean;
  readonly varied: boolean;
  /** Not the person's own name, username or number with little around it. */
  readonly unknown: boolean;
  /** 0: refused by the server, 1: weak, 2: good, 3: strong. */
  readonly strength: 0 | 1 | 2 | 3;
}

/**
 * Help while a password is typed (IDN-208); the server decides, which knows the common ones too.
 * @param known words that others know of the person: usernames, name, mobile
 */
export function passwordHelp(typed: string, known: readonly string[] = []): PasswordHelp {
  const letters = [...typed];
  const long = letters.length >= passwordMin;
  const varied = new Set(letters).size >= distinctMin;
  const bareTyped = bare(typed);
  const unknown = !known
    .map(bare)
    .some((word) => word.length >= 4 && bareTyped.includes(word) && bareTyped.length - word.length < ownMin);
  if (!long || !varied || !unknown) return { long, varied, unknown, strength: 0 };
  const bits = bitsOf(letters);
  return { long, varied, unknown, strength: bits >= 75 ? 3 : bits >= 48 ? 2 : 1 };
}

/** What guessing costs at most: repeated and successive letters hardly count. */
function bitsOf(letters: readonly string[]): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[\u0600-\u06ff]/, 32],
    [/[^a-zA-Z\d\u0600-\u06ff]/, 32],
  ];
  const text = toLatinDigits(letters.join(''));
  const pool = kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0);
  const counted = letters.filter((letter, index) => {
    const step = (letter.codePointAt(0) ?? 0) - (letters[index - 1]?.codePointAt(0) ?? -9);
    return Math.abs(step) > 1;
  });
  return counted.length * Math.log2(Math.max(pool, 2));
}

function bare(text: string): string {
  return normalizePersian(toLatinDigits(text))
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .toLowerCase();
}
