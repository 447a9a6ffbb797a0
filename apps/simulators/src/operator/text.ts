import { randomInt } from 'node:crypto';

/** 3GPP TS 23.038 6.2.1; the position is the septet. 0x1B is the escape to the extension table. */
const GSM7 =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM7_EXTENSION = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]);
const DATA_CODING_GSM7 = 0x00;
const DATA_CODING_UCS2 = 0x08;

/** Text of a short message (one octet a septet for GSM-7, as SMPP carries it); other codings are read as latin-1. */
export function decodeText(bytes: Buffer, dataCoding: number): string {
  if (dataCoding === DATA_CODING_UCS2) {
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le');
  }
  if (dataCoding !== DATA_CODING_GSM7) return bytes.toString('latin1');
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const septet = bytes[at] as number;
    if (septet === 0x1b && at + 1 < bytes.length) text += GSM7_EXTENSION.get(bytes[++at] as number) ?? ' ';
    else text += GSM7[septet & 0x7f];
  }
  return text;
}

export interface EncodedPart {
  dataCoding: number;
  esmClass: number;
  body: Buffer;
  sar?: { reference: number; total: number; part: number };
}

const UCS2_UNITS_MAX = 70;
const GSM7_UNITS_MAX = 160;
const PARTS_MAX = 255;

/**
 * Encodes a mobile-originated text as the operator would: one message, or parts with a concatenation header (8-bit
 * reference, or 16-bit). Characters outside the GSM-7 default table go as UCS-2; no surrogate pair is cut.
 */
export function encodeInbound(
  text: string,
  wideReference: boolean,
  more: { reference?: number; sar?: boolean; cutAt?: number } = {},
): EncodedPart[] {
  const septets = [...text].map((char) => (char === '\x1b' ? -1 : GSM7.indexOf(char)));
  const gsm7 = !septets.includes(-1);
  const dataCoding = gsm7 ? DATA_CODING_GSM7 : DATA_CODING_UCS2;
  const encode = (piece: string): Buffer =>
    gsm7 ? Buffer.from([...piece].map((char) => GSM7.indexOf(char))) : Buffer.from(piece, 'utf16le').swap16();
  if (more.cutAt === undefined && text.length <= (gsm7 ? GSM7_UNITS_MAX : UCS2_UNITS_MAX)) {
    return [{ dataCoding, esmClass: 0, body: encode(text) }];
  }
  // 140 octets less the header: 7 septets or 3 UCS-2 units for 6 octets, 8 septets or 4 units (rounded up) for 7.
  const unitsMax = gsm7 ? (wideReference ? 152 : 153) : wideReference ? 66 : 67;
  const pieces: Buffer[] = [];
  if (more.cutAt !== undefined) {
    const whole = encode(text);
    for (let at = 0; at < whole.length; at += more.cutAt) pieces.push(whole.subarray(at, at + more.cutAt));
  }
  for (let at = 0; at < text.length && more.cutAt === undefined;) {
    let end = Math.min(at + unitsMax, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
    pieces.push(encode(text.slice(at, end)));
    at = end;
  }
  if (pieces.length > PARTS_MAX)
    throw new RangeError(`text needs ${pieces.length} parts, at most ${PARTS_MAX}`);
  const reference = more.reference ?? randomInt(wideReference ? 0x10000 : 0x100);
  return pieces.map((piece, index) => {
    const [total, part] = [pieces.length, index + 1];
    if (more.sar) return { dataCoding, esmClass: 0, body: piece, sar: { reference, total, part } };
    const header = wideReference
      ? [6, 0x08, 4, reference >> 8, reference & 0xff, total, part]
      : [5, 0x00, 3, reference & 0xff, total, part];
    return { dataCoding, esmClass: 0x40, body: Buffer.concat([Buffer.from(header), piece]) };
  });
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
