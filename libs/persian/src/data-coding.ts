import { decodeGsm7, decodeUcs2 } from './gsm7';

/** How the octets of a short message become letters. `octets`: 8-bit data of an unknown set, shown as Latin-1. */
export const smsAlphabets = ['gsm7', 'octets', 'ucs2'] as const;
export type SmsAlphabet = (typeof smsAlphabets)[number];

/**
 * The alphabet that a data_coding names. 0x00-0x0F are the numbers of SMPP 3.4 section 5.2.19 (0 default alphabet, 1 ASCII
 * and 3 Latin-1, 2 and 4 octets, 8 UCS-2); whatever has group bits is a coding scheme of GSM 03.38 section 4, of
 * which only the alphabet bits count here: message class, compression, deletion and the waiting bits say nothing of letters.
 */
export function smsAlphabet(dataCoding: number): SmsAlphabet {
  const group = dataCoding >> 4;
  if (group === 0) {
    if (dataCoding === 0) return 'gsm7';
    return dataCoding >= 8 && dataCoding < 12 ? 'ucs2' : 'octets';
  }
  // 1111: class; bit 2 parts 7 from 8 bits. 1100 and 1101 are waiting indications in GSM-7, 1110 those in UCS-2.
  if (group === 0xf) return dataCoding & 0x04 ? 'octets' : 'gsm7';
  if (group === 0xe) return 'ucs2';
  if (group >= 0xc) return 'gsm7';
  // 00xx and 01xx: general, and the same for messages that are to be deleted; 10xx are reserved and read alike.
  return (['gsm7', 'octets', 'ucs2', 'octets'] as const)[(dataCoding >> 2) & 0x03] ?? 'octets';
}

/** Text of octets without a user data header. Total: whatever stands in it becomes some text. */
export function decodeSms(octets: Uint8Array, alphabet: SmsAlphabet): string {
  if (alphabet === 'ucs2') return decodeUcs2(octets);
  if (alphabet === 'gsm7') return decodeGsm7(octets);
  return Buffer.from(octets).toString('latin1');
}
