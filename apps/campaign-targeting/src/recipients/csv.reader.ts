import { parseMobileNumber } from '@peyk/persian';
import { CSV_DELIMITERS, type CsvDelimiter, CsvTokenizer } from './csv.tokenizer';
import { COLUMNS_MAX, detectMobileColumn, type MobileColumn, SAMPLE_ROWS } from './mobile-column.detector';
import { RecipientFileError } from './recipient-file.error';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';
import { asciiTransform, detectEncoding, type TextEncoding } from './text.encoding';

interface CsvLayout {
  readonly delimiter: CsvDelimiter;
  readonly mobile: MobileColumn;
  /** Rows up to this one are titles and headings; 0 when there are none. */
  readonly headingRow: number;
  readonly heading: string;
  readonly columns: number;
}

/** Excel's own hint on the first line, which it does not show as a row. */
const SEPARATOR_LINE = /^sep=([,;\t])\r?\n?/i;

/**
 * Reads CSV from blocks of at most 64 KiB; the first holds as much of the file as decides encoding, delimiter and column.
 * Yields the file's layout after each block, when the collector may have full batches.
 */
export async function* parseCsvRows(
  head: Buffer,
  rest: AsyncIterable<Buffer>,
  isWholeFile: boolean,
  collector: RecipientCollector,
): AsyncGenerator<RecipientFileLayout> {
  const { encoding, bomBytes } = detectEncoding(head);
  const transform = asciiTransform(encoding);
  let first = transform(head.subarray(bomBytes));
  const separator = SEPARATOR_LINE.exec(first.toString('latin1', 0, 8));
  if (separator) first = first.subarray(separator[0].length);

  const decode = fieldDecoder(encoding);
  const delimiters = separator ? [separator[1] as CsvDelimiter] : CSV_DELIMITERS;
  const layout = detectLayout(first, isWholeFile, delimiters, decode);
  const { column } = layout.mobile;
  const tokenizer = new CsvTokenizer(layout.delimiter.charCodeAt(0), (row, isBlank) => {
    if (row <= layout.headingRow) return;
    if (isBlank) {
      collector.addBlank(1);
      return;
    }
    const text = tokenizer.field(column, decode);
    collector.add(row, parseMobileNumber(text), text);
  });
  const { delimiter, heading, columns } = layout;
  const shown: RecipientFileLayout = {
    format: 'csv',
    encoding,
    delimiter,
    column: column + 1,
    heading,
    columns,
  };
  tokenizer.write(first);
  yield shown;
  for await (const block of rest) {
    tokenizer.write(transform(block));
    yield shown;
  }
  tokenizer.end();
  yield shown;
}

function detectLayout(
  head: Buffer,
  isWholeFile: boolean,
  delimiters: readonly CsvDelimiter[],
  decode: FieldDecoder,
): CsvLayout {
  let best: CsvLayout | undefined;
  let isEmpty = false;
  for (const delimiter of delimiters) {
    const { rows, rowNumbers } = sampleRows(head, isWholeFile, delimiter, decode);
    // A row of commas is blank by commas only.
    isEmpty ||= rows.length === 0;
    const mobile = detectMobileColumn(rows);
    const columns = Math.max(0, ...rows.map((row) => row.length));
    const isBetter =
      mobile &&
      (!best ||
        mobile.hits > best.mobile.hits ||
        (mobile.hits === best.mobile.hits && columns > best.columns));
    if (!isBetter) continue;
    const headingRow = rowNumbers[mobile.headingIndex] ?? 0;
    const heading = rows[mobile.headingIndex]?.[mobile.column] ?? '';
    best = { delimiter, mobile, headingRow, heading: heading.trim().slice(0, 64), columns };
  }
  if (best) return best;
  // Without one whole record in a first block this long, a quote was opened and not closed.
  if (isEmpty && !isWholeFile && head.toString('latin1').trim() !== '') {
    throw new RecipientFileError('record_too_long', { row: 1 });
  }
  throw new RecipientFileError(isEmpty ? 'empty_file' : 'no_mobile_column');
}

function sampleRows(head: Buffer, isWholeFile: boolean, delimiter: CsvDelimiter, decode: FieldDecoder) {
  const rows: string[][] = [];
  const rowNumbers: number[] = [];
  const tokenizer = new CsvTokenizer(delimiter.charCodeAt(0), (row, isBlank) => {
    if (isBlank || rows.length >= SAMPLE_ROWS) return;
    const columns = Math.min(tokenizer.fieldCount, COLUMNS_MAX);
    rows.push(Array.from({ length: columns }, (_, i) => tokenizer.field(i, decode)));
    rowNumbers.push(row);
  });
  tokenizer.write(head);
  if (isWholeFile) tokenizer.end();
  return { rows, rowNumbers };
}

type FieldDecoder = (bytes: Buffer, start: number, end: number) => string;

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
