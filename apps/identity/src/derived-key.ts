import { hkdfSync } from 'node:crypto';

/**
 * A 256-bit key for one purpose out of identity's HASH_SECRET (RFC 5869). Purposes never share a key; changing a
 * purpose's name makes what was protected with it unreadable.
 */
export function deriveKey(
  hashSecret: string,
  purpose:
    | 'refresh-tokens'
    | 'usernames'
    | 'personal-data-index'
    | 'barcodes'
    | 'api-keys'
    | 'one-time-codes'
    | 'contact-stops',
): Buffer {
  return Buffer.from(hkdfSync('sha256', hashSecret, '', `peyk identity ${purpose}`, 32));
}
