import { type CsvDelimiter, type CsvText, type FileContent, FileError, openCsv } from '@peyk/files';
import { parseMobileNumber } from '@peyk/persian';
import { COLUMNS_MAX, detectMobileColumn, type MobileColumn, SAMPLE_ROWS } from './mobile-column.detector';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';

interface CsvLayout {
  readonly delimiter: CsvDelimiter;
  readonly mobile: MobileColumn;
  /** Rows up to this one are titles and headings; 0 when there are none. */
  readonly headingRow: number;
  readonly heading: string;
  readonly columns: number;
}

/**
 * Reads CSV from blocks of at most 64 KiB; the first holds as much of the file as decides encoding, delimiter and column.
 * Yields the file's layout after each block, when the collector may have full batches.
 */
export async function* parseCsvRows(
  content: FileContent,
  collector: RecipientCollector,
): AsyncGenerator<RecipientFileLayout> {
  const csv = openCsv(content.head);
  const { encoding, first, transform, decode } = csv;
  const { isWholeFile, rest } = content;
  const layout = detectLayout(csv, isWholeFile);
  const { column } = layout.mobile;
  const tokenizer = csv.tokenizer(layout.delimiter, (row, isBlank) => {
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

function detectLayout(csv: CsvText, isWholeFile: boolean): CsvLayout {
  let best: CsvLayout | undefined;
  let isEmpty = false;
  for (const delimiter of csv.delimiters) {
    const { rows, rowNumbers } = sampleRows(csv, isWholeFile, delimiter);
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
  if (isEmpty && !isWholeFile && csv.first.toString('latin1').trim() !== '') {
    throw new FileError('record_too_long', { row: 1 });
  }
  throw new FileError(isEmpty ? 'empty_file' : 'column_missing');
}

function sampleRows(csv: CsvText, isWholeFile: boolean, delimiter: CsvDelimiter) {
  const rows: string[][] = [];
  const rowNumbers: number[] = [];
  const tokenizer = csv.tokenizer(delimiter, (row, isBlank) => {
    if (isBlank || rows.length >= SAMPLE_ROWS) return;
    const columns = Math.min(tokenizer.fieldCount, COLUMNS_MAX);
    rows.push(Array.from({ length: columns }, (_, i) => tokenizer.field(i, csv.decode)));
    rowNumbers.push(row);
  });
  tokenizer.write(csv.first);
  if (isWholeFile) tokenizer.end();
  return { rows, rowNumbers };
}
