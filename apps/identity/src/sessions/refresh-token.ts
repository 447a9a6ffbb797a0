import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A refresh token names its session and how often that was renewed, and proves by a MAC that we made it:
 * base64url of session id (16 bytes), generation (4), HMAC-SHA-256 (32). 70 characters.
 *
 * Nothing that could be used as a token is stored. The MAC needs the session's seed, which only the database knows, and
 * a key made of HASH_SECRET, which the database does not; so neither alone makes a token. And each token that was
 * ever given out can be distinguished from a made-up one, however often the session was renewed since: the first is theft, the
 * second is noise that must not end anybody's session.
 */
export interface RefreshToken {
  readonly sessionId: string;
  readonly generation: number;
}

const idBytes = 16;
const generationBytes = 4;
const macBytes = 32;
const tokenForm = /^[\w-]{70}$/;
export const refreshSeedBytes = 32;

export function writeRefreshToken(key: Buffer, seed: Buffer, token: RefreshToken): string {
  const body = bodyOf(token);
  return Buffer.concat([body, macOf(key, seed, body)]).toString('base64url');
}

/** What the token says of itself, not yet believed; undefined for anything of another form. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  if (!tokenForm.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const hex = bytes.toString('hex', 0, idBytes);
  return {
    sessionId: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      '-',
    ),
    generation: bytes.readUInt32BE(idBytes),
  };
}

/** Whether we made it, for the session of this seed. */
export function isGenuine(key: Buffer, seed: Buffer, text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  const body = bytes.subarray(0, idBytes + generationBytes);
  const mac = bytes.subarray(body.length);
  return mac.length === macBytes && timingSafeEqual(mac, macOf(key, seed, body));
}

function bodyOf({ sessionId, generation }: RefreshToken): Buffer {
  const body = Buffer.alloc(idBytes + generationBytes);
  body.write(sessionId.replaceAll('-', ''), 'hex');
  body.writeUInt32BE(generation, idBytes);
  return body;
}

function macOf(key: Buffer, seed: Buffer, body: Buffer): Buffer {
  return createHmac('sha256', key).update(seed).update(body).digest();
}
