import { parseMobileNumber } from '@peyk/persian';
import { FileError } from '@peyk/files';

const STRINGS_MAX = 8_000_000;
const TEXT_BYTES_MAX = 16 * 1024 * 1024;
const TEXT_BLOCK_BYTES = 1024 * 1024;
const TEXT_CHARS_KEPT = 64;
/** What parseMobileNumber refuses is kept as this and its negative code; numbers as themselves less the offset. */
const REFUSED_FROM = 4_000_000_000;
const NATIONAL_MIN = 9_000_000_000;
const NO_TEXT = 0xffff_ffff;

/**
 * The workbook's table of texts. Most are names and notes of other columns, a million of them in a large file, and
 * which are not is only known later: so a text is kept as what it is worth as a mobile number, 4 bytes, and where it is
 * none also its first 64 characters, until 16 MiB of those are kept. After that an invalid value is reported as ''.
 */
export class SharedStrings {
  private values = new Uint32Array(1 << 12);
  /** Where the kept text of each refused string starts. */
  private starts = new Uint32Array(1 << 12);
  private readonly blocks: Buffer[] = [];
  private blockUsed = TEXT_BLOCK_BYTES;
  private count = 0;

  push(text: string): void {
    if (this.count === STRINGS_MAX) throw new FileError('file_bomb', { max: STRINGS_MAX });
    if (this.count === this.values.length) {
      this.values = grow(this.values);
      this.starts = grow(this.starts);
    }
    const parsed = parseMobileNumber(text);
    this.values[this.count] = parsed > 0 ? parsed - NATIONAL_MIN : REFUSED_FROM - parsed;
    this.starts[this.count] = parsed > 0 ? NO_TEXT : this.keep(text);
    this.count += 1;
  }

  /** The answer of parseMobileNumber for the string; that of '' when there is no such string. */
  parsed(index: number): number {
    const value = index < this.count ? this.values[index] : undefined;
    if (value === undefined) return parseMobileNumber('');
    return value >= REFUSED_FROM ? REFUSED_FROM - value : value + NATIONAL_MIN;
  }

  /** The string as far as it is kept: numbers in the form 0912…, others cut to 64 characters. */
  textOf(index: number): string {
    const parsed = this.parsed(index);
    if (parsed > 0) return `0${parsed}`;
    const start = index < this.count ? (this.starts[index] ?? NO_TEXT) : NO_TEXT;
    if (start === NO_TEXT) return '';
    const block = this.blocks[Math.floor(start / TEXT_BLOCK_BYTES)];
    const at = start % TEXT_BLOCK_BYTES;
    return block?.toString('utf8', at + 1, at + 1 + block.readUInt8(at)) ?? '';
  }

  /** One byte of length, then UTF-8: 64 characters take at most 192 bytes. */
  private keep(text: string): number {
    const kept = text.slice(0, TEXT_CHARS_KEPT);
    const length = Buffer.byteLength(kept);
    if (length === 0) return NO_TEXT;
    if (this.blockUsed + 1 + length > TEXT_BLOCK_BYTES) {
      if (this.blocks.length * TEXT_BLOCK_BYTES >= TEXT_BYTES_MAX) return NO_TEXT;
      this.blocks.push(Buffer.allocUnsafe(TEXT_BLOCK_BYTES));
      this.blockUsed = 0;
    }
    const block = this.blocks.at(-1);
    const at = this.blockUsed;
    block?.writeUInt8(length, at);
    block?.write(kept, at + 1, 'utf8');
    this.blockUsed += 1 + length;
    return (this.blocks.length - 1) * TEXT_BLOCK_BYTES + at;
  }
}

function grow(values: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}
