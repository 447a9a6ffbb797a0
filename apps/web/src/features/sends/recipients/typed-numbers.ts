import { parseMobile } from '@peyk/persian';
import type { MobileRejection } from '@peyk/persian';

/** Typed numbers of one send (TGT-002). */
export const typedMax = 400;
/** What is shown of those that are no numbers. */
const invalidShownMax = 20;

export interface TypedNumbers {
  /** Each once, in the order typed, `98...`. */
  readonly valid: readonly string[];
  readonly duplicates: number;
  readonly invalid: number;
  /** The first of those that are no mobile number, with why. */
  readonly refused: readonly { readonly text: string; readonly reason: MobileRejection }[];
}

const between = /[\n\r\t,;|،؛]+/;

/** Reads numbers as people type and paste them: one a line, or parted by commas, semicolons, tabs or spaces (SMS-205). */
export function readTyped(text: string): TypedNumbers {
  const seen = new Set<string>();
  const refused: { text: string; reason: MobileRejection }[] = [];
  let duplicates = 0;
  let invalid = 0;
  for (const piece of text.split(between).flatMap(numbersIn)) {
    const result = parseMobile(piece);
    if (!result.ok) {
      invalid += 1;
      if (refused.length < invalidShownMax) refused.push({ text: piece, reason: result.reason });
    } else if (seen.has(result.msisdn)) duplicates += 1;
    else seen.add(result.msisdn);
  }
  return { valid: [...seen], duplicates, invalid, refused };
}

/** Spaces stand within a number («۰۹۱۲ ۱۱۱ ۲۲۳۳») and between numbers: what reads as one is one. */
function numbersIn(piece: string): string[] {
  const text = piece.trim();
  if (!text) return [];
  if (parseMobile(text).ok) return [text];
  const words = text.split(/\s+/);
  return words.some((word) => parseMobile(word).ok) ? words : [text];
}
