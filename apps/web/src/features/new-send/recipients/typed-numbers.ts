import { parseMobile } from '@peyk/persian';
import type { MobileRejection } from '@peyk/persian';
import limits from '../../../api/limits.json';

/** Typed numbers of one send (TGT-002). */
export const typedMax = limits.sms.maxTypedNumbers;
/** What is shown of those that are no numbers, and of those that repeat another. */
const shownMax = 20;

export interface TypedNumbers {
  /** Each once, in the order typed, `98...`. */
  readonly valid: readonly string[];
  readonly duplicates: number;
  readonly invalid: number;
  /** The first of those that are no mobile number, with why. */
  readonly refused: readonly { readonly text: string; readonly reason: MobileRejection }[];
  /** The first of those that repeat another: the number, `98...`, and where it stood first, from 1. */
  readonly repeated: readonly { readonly msisdn: string; readonly first: number }[];
}

const between = /[\n\r\t,;|،؛]+/;
/** Between numbers only where what they part does not read as one number. */
const perhapsBetween = [/\s+/, /[\s/\\:*•·_]+/, /[\s/\\:*•·_–—.-]+/];

/** What stands between separators, as it was written: one entry a number. */
export function piecesOf(text: string): string[] {
  return text.split(between).flatMap(numbersIn);
}

/** Reads numbers as people type and paste them: one a line, or separated by any other characters (SMS-205). */
export function readTyped(text: string): TypedNumbers {
  const seen = new Map<string, number>();
  const refused: { text: string; reason: MobileRejection }[] = [];
  const repeated: { msisdn: string; first: number }[] = [];
  let duplicates = 0;
  let invalid = 0;
  for (const [index, piece] of piecesOf(text).entries()) {
    const result = parseMobile(piece);
    const first = result.ok ? seen.get(result.msisdn) : undefined;
    if (!result.ok) {
      invalid += 1;
      if (refused.length < shownMax) refused.push({ text: piece, reason: result.reason });
    } else if (first !== undefined) {
      duplicates += 1;
      if (repeated.length < shownMax) repeated.push({ msisdn: result.msisdn, first });
    } else seen.set(result.msisdn, index + 1);
  }
  return { valid: [...seen.keys()], duplicates, invalid, refused, repeated };
}

/** A file of them, an entry a row, which the API reads and judges like any that is uploaded. */
export function fileOf(text: string, name: string): File {
  const rows = piecesOf(text).map((piece) =>
    /["'=]/.test(piece) ? `"${piece.replaceAll('"', '""')}"` : piece,
  );
  return new File([rows.join('\r\n'), '\r\n'], name, { type: 'text/csv' });
}

/** Spaces stand within a number («۰۹۱۲ ۱۱۱ ۲۲۳۳») and between numbers: what reads as one is one. */
function numbersIn(piece: string): string[] {
  const text = piece.trim();
  if (!text) return [];
  if (parseMobile(text).ok) return [text];
  for (const separator of perhapsBetween) {
    const words = text.split(separator).filter((word) => /[\p{L}\p{N}]/u.test(word));
    if (words.length > 1 && words.some((word) => parseMobile(word).ok)) return words;
  }
  return [text];
}
