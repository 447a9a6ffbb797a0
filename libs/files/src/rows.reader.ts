import { cellText, COLUMNS_READ_MAX } from './cells';
import { openContent, wholeContent, type FileContent } from './content';
import { openCsv } from './csv.text';
import type { CsvDelimiter, CsvTokenizer } from './csv.tokenizer';
import { FileError } from './file.error';
import { SheetRows, SheetStrings } from './xlsx.rows';
import { readXlsx } from './xlsx.workbook';

/** A row that holds something. */
export interface FileRow {
  /** As a spreadsheet numbers it, from 1. */
  readonly row: number;
  /** Texts by column, without spaces around; a column may be missing at the end. At most 64 of at most 256 characters. */
  readonly cells: readonly string[];
}

export interface RowsOptions {
  /** As the person named it; its ending must agree with the content: csv, txt, tsv or xlsx. */
  readonly fileName: string;
  /** Rows that are not blank, headings too. */
  readonly maxRows: number;
  /** Bytes of the file as uploaded. */
  readonly maxBytes: number;
  /** Bytes that all parts of an xlsx may unpack to, default 1 GiB. */
  readonly maxUnpackedBytes?: number;
  readonly spoolFolder?: string;
}

const MAX_UNPACKED_BYTES = 2 ** 30;
/** Rows that decide which delimiter a CSV has. */
const SAMPLE_ROWS = 50;

/**
 * All columns of a small spreadsheet (IDN-203) as it arrives: CSV in UTF-8, Windows-1256 or UTF-16 with comma, semicolon
 * or tab or |, or the first visible sheet of an xlsx in which something stands. Yields the rows of each block of 64 KiB, in file order; the source is
 * not read on meanwhile. Throws {@link FileError}, possibly after rows were yielded. An xlsx keeps its table of texts in
 * memory, at most 64 MiB.
 */
export async function* readRows(
  source: AsyncIterable<Buffer>,
  options: RowsOptions,
): AsyncGenerator<readonly FileRow[]> {
  const content = await openContent(source, options);
  const found = new FoundRows(options.maxRows);
  try {
    const blocks = content.isXlsx ? xlsxBlocks(content, found, options) : csvBlocks(content, found);
    for await (const _ of blocks) if (found.ready.length > 0) yield found.take();
    if (found.ready.length > 0) yield found.take();
    if (found.count === 0) throw new FileError('empty_file');
  } finally {
    await content.rest.return(undefined);
  }
}

/** Of another delimiter's row nothing but delimiters is left. */
function isBlank(cell: string): boolean {
  return /^[,;|"\s]*$/.test(cell);
}

class FoundRows {
  ready: FileRow[] = [];
  count = 0;

  constructor(private readonly maxRows: number) {}

  add(row: number, cells: readonly string[]): void {
    if (cells.every(isBlank)) return;
    if (this.count >= this.maxRows) throw new FileError('too_many_rows', { max: this.maxRows });
    this.count += 1;
    this.ready.push({ row, cells });
  }

  take(): readonly FileRow[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }
}

async function* csvBlocks({ head, isWholeFile, rest }: FileContent, found: FoundRows): AsyncGenerator<void> {
  const { first, transform, delimiters, decode, tokenizer: newTokenizer } = openCsv(head);
  const tokenizerOf = (delimiter: CsvDelimiter, add: (row: number, cells: readonly string[]) => void) => {
    const tokenizer: CsvTokenizer = newTokenizer(delimiter, (row, isBlank) => {
      if (isBlank) return;
      const columns = Math.min(tokenizer.fieldCount, COLUMNS_READ_MAX);
      add(
        row,
        Array.from({ length: columns }, (_, at) => cellText(tokenizer.field(at, decode))),
      );
    });
    return tokenizer;
  };
  let best: { readonly delimiter: CsvDelimiter; readonly fields: number } | undefined;
  for (const delimiter of delimiters) {
    // Persian sentences have more of these than a row has columns.
    if (delimiter === '،') continue;
    let rows = 0;
    let fields = 0;
    const sample = tokenizerOf(delimiter, (_row, cells) => {
      if (rows++ < SAMPLE_ROWS) fields += cells.length;
    });
    sample.write(first);
    if (isWholeFile) sample.end();
    // The one that cuts most: a comma inside a name cuts less.
    if (!best || fields > best.fields) best = { delimiter, fields };
  }
  if (!best) return;
  const tokenizer = tokenizerOf(best.delimiter, (row, cells) => found.add(row, cells));
  tokenizer.write(first);
  yield;
  for await (const block of rest) {
    tokenizer.write(transform(block));
    yield;
  }
  tokenizer.end();
  yield;
}

function xlsxBlocks(content: FileContent, found: FoundRows, options: RowsOptions): AsyncGenerator<void> {
  const { maxUnpackedBytes = MAX_UNPACKED_BYTES, spoolFolder } = options;
  const strings = new SheetStrings();
  const sheet = new SheetRows(strings, (row, cells) => found.add(row, cells));
  return readXlsx(
    wholeContent(content),
    { onText: (text) => strings.push(text), openSheet: () => sheet, isEnough: () => found.count > 0 },
    { maxUnpackedBytes, spoolFolder },
  );
}
