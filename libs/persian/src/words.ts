import { toLatinDigits } from './digits';
import { normalizePersian } from './letters';

/** Letters of a word that count: no word that is longer is typed, and a text without spaces is no word. */
const lettersMax = 40;
/** Different words of a text that can be found: more than the longest message has. */
const indexedMax = 600;
/** Words that are searched for; further ones are not looked at. */
const searchedMax = 10;

const letter = '[\\p{L}\\p{N}]';
const word = new RegExp(`${letter}+(?:\u200c+${letter}+)*`, 'gu');
// Marks (vowel signs, hamza and madda above, accents), kashida, and all that is shown as nothing but the half-space.
const unspelt = /[\p{M}\u0640]|(?!\u200c)\p{Default_Ignorable_Code_Point}/gu;

/** The words of a text, each as its pieces between half-spaces. */
function* foldedWords(text: string): Generator<readonly string[]> {
  const folded = toLatinDigits(normalizePersian(text.normalize('NFKD')))
    .replaceAll(unspelt, '')
    .toLowerCase();
  for (const [found] of folded.matchAll(word)) yield found.split(/\u200c+/).map(cut);
}

function cut(text: string): string {
  return text.length > lettersMax ? text.slice(0, lettersMax).toWellFormed() : text;
}

/**
 * The words by which a text is found, each once: what readers take for the same letter is one letter (Arabic and Persian
 * ones, all alefs, ی and ئ, digits of every script, upper and lower case), marks and kashida do not count, all other
 * signs part words. A word with half-spaces is found joined, and by what follows each of them: `می‌شود` as `میشود` and
 * `شود`. At most 600 words of at most 40 letters; none has a space, quote or any other sign.
 */
export function indexedWords(text: string): string[] {
  const words = new Set<string>();
  for (const pieces of foldedWords(text)) {
    for (const from of pieces.keys()) words.add(cut(pieces.slice(from).join('')));
    if (words.size >= indexedMax) break;
  }
  return [...words].slice(0, indexedMax);
}

/**
 * What somebody typed to find a text, as the words that its words must begin with; each as its pieces between
 * half-spaces, which may be joined or words of their own in the text. At most ten; none when it shows no letter or digit.
 */
export function searchedWords(text: string): string[][] {
  const words = new Map<string, string[]>();
  for (const pieces of foldedWords(text)) {
    words.set(pieces.join('\u200c'), [...pieces]);
    if (words.size >= searchedMax) break;
  }
  return [...words.values()];
}
