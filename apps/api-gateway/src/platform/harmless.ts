import { toLatinDigits } from '@peyk/persian';

/** What ends a line or turns the reading direction of a terminal. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const queries = /[?#][^\s)]*/g;
/** Passwords and tokens have no shape of their own; what is long and without a space is taken for one. */
const long = /[\w+/=-]{28,}/g;
/** Of a mobile, a card, a national code, a one-time code. `:12:3456` is a place in the code. */
const numbers = /(?<![:\d])\d{4,}/g;
const addresses = /[^\s@<>()]+@[^\s@<>()]+/g;

/** A stranger's text as one line of a log: nothing that acts on it, no query of an address, no long run of digits or letters. */
export function harmless(text: string): string {
  return toLatinDigits(text)
    .replace(unseen, ' ')
    .replace(queries, '?…')
    .replace(addresses, '…@…')
    .replace(long, '…')
    .replace(numbers, '…');
}
