import { randomInt } from 'node:crypto';
import { toLatinDigits } from '@peyk/persian';

/** Crockford's base 32: none of its letters is taken for another when it is read out. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;
const form = new RegExp(`^[${letters}]{${length}}$`);

/** Eight letters, 40 random bits. */
export function newReferralCode(): string {
  return Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
}

/** As it is stored, from what somebody typed or read out; undefined: no code looks like that. */
export function readReferralCode(typed: string): string | undefined {
  const code = toLatinDigits(typed)
    .toUpperCase()
    .replace(/[\s\u200c\u200e\u200f-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return form.test(code) ? code : undefined;
}
