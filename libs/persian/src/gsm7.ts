/**
 * GSM 7-bit default alphabet (3GPP TS 23.038, 6.2.1): the character of each code 0x00-0x7F. 0x1B is the escape to the
 * extension table and no character of its own.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ' +
  ' !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Extension table (6.2.1.1): each takes two septets, the escape and this code. */
const EXTENSION: ReadonlyArray<readonly [char: string, code: number]> = [
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
];

const ESCAPE = 0x1b;
const EXTENDED = 0x80;
const ABSENT = 0xff;
/** Code by UTF-16 code unit up to €; the extension codes carry the EXTENDED bit. */
const CODES = buildCodes();
const EXTENSION_CHARS = new Map(EXTENSION.map(([char, code]) => [code, char]));

function buildCodes(): Uint8Array {
  const codes = new Uint8Array('€'.charCodeAt(0) + 1).fill(ABSENT);
  [...BASIC].forEach((char, code) => {
    if (code !== ESCAPE) codes[char.charCodeAt(0)] = code;
  });
  for (const [char, code] of EXTENSION) codes[char.charCodeAt(0)] = code | EXTENDED;
  return codes;
}

/** Septets a UTF-16 code unit takes in GSM-7: 1, 2 (extension table), or 0 when GSM-7 has no such character. */
export function gsm7Septets(codeUnit: number): 0 | 1 | 2 {
  const code = CODES[codeUnit] ?? ABSENT;
  if (code === ABSENT) return 0;
  return code & EXTENDED ? 2 : 1;
}

/**
 * One octet a septet, as SMPP carries data_coding 0 (the SMSC packs). Throws RangeError for a character outside
 * GSM-7: {@link gsm7Septets} or countSmsParts tells beforehand.
 */
export function encodeGsm7(text: string): Buffer {
  const octets = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = CODES[text.charCodeAt(i)] ?? ABSENT;
    if (code === ABSENT) throw new RangeError(`not in GSM-7: character ${i}`);
    if (code & EXTENDED) octets[length++] = ESCAPE;
    octets[length++] = code & 0x7f;
  }
  return octets.subarray(0, length);
}

/**
 * Text of unpacked GSM-7 octets. Total, as received text may be anything: an unknown extension code shows the default
 * table's character and a double or last escape a space (3GPP TS 23.038, notes 1 and 3); the eighth bit is dropped.
 */
export function decodeGsm7(octets: Uint8Array): string {
  let text = '';
  for (let i = 0; i < octets.length; i += 1) {
    const code = (octets[i] ?? 0) & 0x7f;
    if (code !== ESCAPE) {
      text += BASIC.charAt(code);
      continue;
    }
    i += 1;
    const extended = (octets[i] ?? ESCAPE) & 0x7f;
    text += extended === ESCAPE ? ' ' : (EXTENSION_CHARS.get(extended) ?? BASIC.charAt(extended));
  }
  return text;
}

/** UTF-16 big-endian octets, as SMPP carries data_coding 8. */
export function encodeUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/** Text of UTF-16 big-endian octets; an odd last octet is dropped. The buffer given is not changed. */
export function decodeUcs2(octets: Uint8Array): string {
  const whole = octets.length & ~1;
  return Buffer.from(octets.subarray(0, whole)).swap16().toString('utf16le');
}
