import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What a personal barcode holds (IDN-214): version and number of the key (1 byte), account id (16), end (4, Unix seconds),
 * HMAC-SHA-256 of these cut to 16 bytes. 50 characters of base64url. It says who somebody is and opens nothing.
 */
const keyNumber = 1;
const bodyBytes = 21;
const macBytes = 16;
const textForm = /^[\w-]{50}$/;

export function writeBarcode(key: Buffer, accountId: string, expiresAt: Date): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeUInt8(keyNumber, 0);
  body.write(accountId.replaceAll('-', ''), 1, 'hex');
  body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), 17);
  return Buffer.concat([body, macOf(key, body)]).toString('base64url');
}

/** Account id of a barcode that we made and that has not expired; undefined for everything else. */
export function readBarcode(key: Buffer, text: string, now: Date): string | undefined {
  if (!textForm.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const body = bytes.subarray(0, bodyBytes);
  // Base64 has several texts for the same bytes; only ours counts.
  if (bytes.toString('base64url') !== text || body.readUInt8(0) !== keyNumber) return undefined;
  if (!timingSafeEqual(bytes.subarray(bodyBytes), macOf(key, body))) return undefined;
  if (body.readUInt32BE(17) * 1_000 <= now.getTime()) return undefined;
  const hex = body.toString('hex', 1, 17);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function macOf(key: Buffer, body: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, macBytes);
}
