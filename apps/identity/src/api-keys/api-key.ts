import { randomBytes } from 'node:crypto';
import { apiKeyPattern } from '@peyk/contracts/identity';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = BigInt(digits.length);
/** Letters that 16 bytes of an id and 32 bytes of a secret need in base 62. */
const idLetters = 22;
const secretLetters = 43;
const secretBytes = 32;
const idBits = 128n;

/** `prefix` is shown to people and names the key; `secret` is known to the holder of the key alone. */
export interface ApiKeyParts {
  /** UUID. */
  readonly id: string;
  readonly secret: string;
}

/** What a key of this id begins with. */
export function apiKeyPrefix(id: string): string {
  return `peyk_${toBase62(BigInt(`0x${id.replaceAll('-', '')}`), idLetters)}`;
}

/** 256 random bits. */
export function newApiKeySecret(): string {
  return toBase62(BigInt(`0x${randomBytes(secretBytes).toString('hex')}`), secretLetters);
}

export function writeApiKey({ id, secret }: ApiKeyParts): string {
  return `${apiKeyPrefix(id)}_${secret}`;
}

/** Undefined: no key of ours looks like that. */
export function readApiKey(key: string): ApiKeyParts | undefined {
  if (!apiKeyPattern.test(key)) return undefined;
  const [, idText = '', secret = ''] = key.split('_');
  let value = 0n;
  for (const letter of idText) value = value * base + BigInt(digits.indexOf(letter));
  if (value >> idBits) return undefined;
  const hex = value.toString(16).padStart(32, '0');
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), secret };
}

function toBase62(value: bigint, letters: number): string {
  let text = '';
  for (let rest = value; text.length < letters; rest /= base)
    text = digits.charAt(Number(rest % base)) + text;
  return text;
}
