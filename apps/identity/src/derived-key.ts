import { hkdfSync } from 'node:crypto';

/**
 * A 256-bit key for one purpose out of the platform's shared secret (RFC 5869). Purposes never share a key; changing a
 * purpose's name makes what was protected with it unreadable.
 */
export function deriveKey(
  serviceSecret: string,
  purpose:
    | 'refresh-tokens'
    | 'usernames'
    | 'personal-data-index'
    | 'barcodes'
    | 'api-keys'
    | 'one-time-codes'
    | 'contact-stops',
): Buffer {
  return Buffer.from(hkdfSync('sha256', serviceSecret, '', `peyk identity ${purpose}`, 32));
}
