import { FileError } from './file.error';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
/** A record is kept whole in memory: no spreadsheet writes longer ones, an open quote does. */
const RECORD_BYTES_MAX = 1 << 20;

export const CSV_DELIMITERS = [',', ';', '\t', '|', '،'] as const;
export type CsvDelimiter = (typeof CSV_DELIMITERS)[number];

/** One record: `row` from 1, `isBlank` when it holds nothing but spaces, quotes and delimiters. */
export type CsvRecordHandler = (row: number, isBlank: boolean) => void;

/**
 * CSV over bytes in which ASCII characters are themselves (UTF-8, Windows-1256): RFC 4180 with LF, CR LF or CR, quotes
 * doubled inside quotes, line ends inside quotes; a quote inside an unquoted field is a plain character. Only the field
 * asked for becomes a string, which makes it several times as fast as a tokenizer that yields all of them.
 */
export class CsvTokenizer {
  private rest: Buffer = Buffer.alloc(0);
  private row = 0;
  private bytes: Buffer = this.rest;
  /** From and to of each field of the record at hand, and whether it has doubled quotes, three numbers a field. */
  private fields: number[] = [];

  constructor(
    private readonly delimiter: number,
    private readonly onRecord: CsvRecordHandler,
    /** Second byte of a delimiter that has two. */
    private readonly second = -1,
  ) {}

  /** Reads the records that are complete; throws `record_too_long`. */
  write(chunk: Buffer): void {
    this.bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const at = this.scan(false);
    if (this.bytes.length - at > RECORD_BYTES_MAX) {
      throw new FileError('record_too_long', { row: this.row + 1 });
    }
    // A copy: the rest is small, and a slice would keep the whole chunk alive.
    this.rest = Buffer.from(this.bytes.subarray(at));
  }

  /** Reads the last record, which needs no line end. */
  end(): void {
    this.bytes = this.rest;
    if (this.scan(true) < this.bytes.length) {
      throw new FileError('record_too_long', { row: this.row + 1 });
    }
    this.rest = Buffer.alloc(0);
  }

  get fieldCount(): number {
    return this.fields.length / 3;
  }

  /** Text of a field (from 0) of the record at hand, '' past its end; valid inside the handler only. */
  field(index: number, decode: (bytes: Buffer, start: number, end: number) => string): string {
    const at = index * 3;
    const start = this.fields[at];
    const end = this.fields[at + 1];
    if (start === undefined || end === undefined || start === end) return '';
    const text = decode(this.bytes, start, end);
    return this.fields[at + 2] ? text.replaceAll('""', '"') : text;
  }

  /** Index of the first byte that was not consumed. */
  private scan(isLast: boolean): number {
    let at = 0;
    while (at < this.bytes.length) {
      const next = this.scanRecord(at, isLast);
      if (next < 0) break;
      at = next;
    }
    return at;
  }

  /** Index after the record that starts at `from`, or -1 when its end is not here yet. */
  private scanRecord(from: number, isLast: boolean): number {
    const { bytes, delimiter, second, fields } = this;
    const { length } = bytes;
    let at = from;
    let isBlank = true;
    fields.length = 0;
    for (;;) {
      let start = at;
      let end = -1;
      let hasDoubled = 0;
      if (bytes[at] === QUOTE) {
        start = at + 1;
        at = start;
        for (;;) {
          const quote = bytes.indexOf(QUOTE, at);
          // A quote as the last byte here may be the first of two.
          if (quote < 0 || (quote === length - 1 && !isLast)) return -1;
          at = quote + 1;
          if (bytes[at] !== QUOTE) break;
          hasDoubled = 1;
          at += 1;
        }
        end = at - 1;
        for (let i = start; isBlank && i < end; i += 1) isBlank = (bytes[i] ?? 0) <= SPACE;
      }
      let byte = 0;
      let hasPlainText = false;
      for (; at < length; at += 1) {
        byte = bytes[at] ?? 0;
        if (byte === delimiter) {
          if (second < 0 || bytes[at + 1] === second) break;
          // The second byte may be in the next chunk.
          if (at + 1 === length && !isLast) return -1;
        }
        if (byte === LF || byte === CR) break;
        if (byte > SPACE) hasPlainText = true;
      }
      if (at === length && !isLast) return -1;
      if (hasPlainText) {
        isBlank = false;
        // Text after the closing quote: the quotes were no quoting, and none of it may be dropped.
        if (end >= 0) {
          start -= 1;
          end = at;
          hasDoubled = 0;
        }
      }
      fields.push(start, end < 0 ? at : end, hasDoubled);
      if (at < length && byte === delimiter) {
        at += second < 0 ? 1 : 2;
        continue;
      }
      if (at < length) {
        // CR as the last byte here may be the first half of CR LF.
        if (byte === CR && at + 1 === length && !isLast) return -1;
        at += byte === CR && bytes[at + 1] === LF ? 2 : 1;
      }
      this.row += 1;
      this.onRecord(this.row, isBlank);
      return at;
    }
  }
}
