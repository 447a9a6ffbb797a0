import { CSV_DELIMITERS, type CsvDelimiter, type CsvRecordHandler, CsvTokenizer } from './csv.tokenizer';
import { asciiTransform, detectEncoding, type TextEncoding } from './text.encoding';

/** Excel's own hint on the first line, which it does not show as a row. */
const SEPARATOR_LINE = /^sep=([,;\t|])\r?\n?/i;

/** What the first block of a CSV tells. */
export interface CsvText {
  readonly encoding: TextEncoding;
  /** The first block as a tokenizer takes it, without byte order mark and hint. */
  readonly first: Buffer;
  /** Each later block, in order, as a tokenizer takes it. */
  readonly transform: (chunk: Buffer) => Buffer;
  /** Those that may separate its fields: one when the file says it. */
  readonly delimiters: readonly CsvDelimiter[];
  readonly decode: FieldDecoder;
  readonly tokenizer: (delimiter: CsvDelimiter, onRecord: CsvRecordHandler) => CsvTokenizer;
}

export function openCsv(head: Buffer): CsvText {
  const { encoding, bomBytes } = detectEncoding(head);
  const transform = asciiTransform(encoding);
  const first = transform(head.subarray(bomBytes));
  const separator = SEPARATOR_LINE.exec(first.toString('latin1', 0, 8));
  return {
    encoding,
    first: separator ? first.subarray(separator[0].length) : first,
    transform,
    delimiters: separator ? [separator[1] as CsvDelimiter] : CSV_DELIMITERS,
    decode: fieldDecoder(encoding),
    tokenizer: (delimiter, onRecord) => {
      // The one delimiter that is not ASCII: Windows-1256 has it as 0xA1.
      const bytes =
        encoding === 'windows-1256' && delimiter === '،' ? Buffer.of(0xa1) : Buffer.from(delimiter);
      return new CsvTokenizer(bytes[0] ?? 0, onRecord, bytes[1]);
    },
  };
}

export type FieldDecoder = (bytes: Buffer, start: number, end: number) => string;

function fieldDecoder(encoding: TextEncoding): FieldDecoder {
  const windows1256 = new TextDecoder('windows-1256');
  return (bytes, start, end) => {
    for (let i = start; i < end; i += 1) {
      if ((bytes[i] ?? 0) < 0x80) continue;
      return encoding === 'windows-1256'
        ? windows1256.decode(bytes.subarray(start, end))
        : bytes.toString('utf8', start, end);
    }
    return bytes.toString('latin1', start, end);
  };
}
