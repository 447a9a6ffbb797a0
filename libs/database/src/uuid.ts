import { randomFillSync } from 'node:crypto';

// RFC 9562 section 5.7, method 1 of 6.2: 48 bits of Unix ms, then a 12-bit counter in rand_a, then 62 random bits.
// npm `uuid` makes 0.3 million a second, this one several; a page of recipients needs a thousand at once.
const hexByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const random = { bytes: Buffer.alloc(8 * 1024), at: 8 * 1024 };
const counterMax = 0xfff;
// The counter begins in its lower half, so that at least 2,048 ids fit before the millisecond is borrowed.
const counterStartMask = 0x7ff;
let lastMs = 0;
let counter = 0;

/**
 * A new UUIDv7. Ids of one process only ever grow, also when the clock goes back; over several processes they are in
 * order of their millisecond.
 */
export function uuidv7(): string {
  if (random.at + 10 > random.bytes.length) {
    randomFillSync(random.bytes);
    random.at = 0;
  }
  const { bytes } = random;
  const at = random.at;
  random.at += 10;
  const byte = (offset: number): number => bytes[at + offset] ?? 0;

  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    counter = ((byte(8) << 8) | byte(9)) & counterStartMask;
  } else if (counter < counterMax) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = byte(9);
  }
  const time = timeHex(lastMs);
  const count = (0x7000 | counter).toString(16);
  const hex = (offset: number): string => hexByte[byte(offset)] ?? '';
  return `${time.slice(0, 8)}-${time.slice(8)}-${count}-${hexByte[(byte(0) & 0x3f) | 0x80] ?? ''}${hex(1)}-${hex(2)}${hex(3)}${hex(4)}${hex(5)}${hex(6)}${hex(7)}`;
}

let timeCache = { ms: -1, hex: '' };
function timeHex(ms: number): string {
  if (timeCache.ms !== ms) timeCache = { ms, hex: ms.toString(16).padStart(12, '0') };
  return timeCache.hex;
}

const uuidv7Pattern = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/i;

/** The moment (to the ms) in a UUIDv7. @throws RangeError for any other text */
export function uuidv7Time(id: string): Date {
  if (!uuidv7Pattern.test(id)) throw new RangeError('not a UUIDv7');
  return new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/**
 * Least UUID whose time is `date`: the 48 bits of its milliseconds, then zeros. Every UUIDv7 made from then on is
 * greater, every earlier one less, in text and in PostgreSQL's order.
 */
export function uuidv7LowerBound(date: Date): string {
  const ms = date.getTime();
  if (!(ms >= 0 && ms < 2 ** 48)) throw new RangeError('not a time that a UUIDv7 can hold');
  const time = timeHex(ms);
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
