import { parseCsvRows } from './csv.reader';
import { RecipientFileError } from './recipient-file.error';
import { RecipientCollector, type RecipientRows } from './recipient.collector';
import type { CsvDelimiter } from './csv.tokenizer';
import type { TextEncoding } from './text.encoding';
import { parseXlsxRows } from './xlsx.reader';

export interface RecipientFileOptions {
  /** As the person named it; its ending must agree with the content: csv, txt, tsv or xlsx. */
  readonly fileName: string;
  /** Rows that are neither blank nor heading. */
  readonly maxRows: number;
  /** Bytes of the file as uploaded. */
  readonly maxBytes: number;
  /** Rows in a batch, default 1,000. */
  readonly batchRows?: number;
  /** Bytes that all parts of an xlsx may unpack to, default 1 GiB. */
  readonly maxUnpackedBytes?: number;
  /** Where an xlsx is kept while it is read (its directory is at its end), default the system's temporary folder. */
  readonly spoolFolder?: string;
}

/** What was found out about the file before its first row. */
export interface RecipientFileLayout {
  readonly format: 'csv' | 'xlsx';
  /** CSV only. */
  readonly encoding?: TextEncoding;
  readonly delimiter?: CsvDelimiter;
  /** The column of mobile numbers, from 1, and its heading ('' when the file has none). */
  readonly column: number;
  readonly heading: string;
  /** Columns of the widest of the first rows; all but one are ignored. */
  readonly columns: number;
}

export interface RecipientBatch extends RecipientRows {
  readonly layout: RecipientFileLayout;
}

const BATCH_ROWS = 1_000;
const MAX_UNPACKED_BYTES = 2 ** 30;
/** Enough to tell encoding, delimiter and column, and the most that is parsed between two yields. */
const BLOCK_BYTES = 64 * 1024;

/**
 * Reads a file of recipients (TGT-025, SMS-205, SMS-215) as it arrives: CSV in UTF-8, Windows-1256 or UTF-16 with comma,
 * semicolon or tab, or the first visible sheet of an xlsx. Yields batches in file order; the source is not read on while a
 * batch is being used, so memory stays bounded whatever the file. The last batch, which may be empty, carries the
 * file's totals. Throws {@link RecipientFileError}, possibly after batches were yielded: what was made of them must
 * then be undone. An error of the source goes through as it is.
 */
export async function* parseRecipientFile(
  source: AsyncIterable<Buffer>,
  options: RecipientFileOptions,
): AsyncGenerator<RecipientBatch> {
  const blocks = toBlocks(source, options.maxBytes);
  try {
    const { head, isWholeFile } = await readHead(blocks);
    const collector = new RecipientCollector(options.batchRows ?? BATCH_ROWS, options.maxRows);
    const layouts = isXlsx(head, options.fileName)
      ? parseXlsxRows(prepend(head, blocks), collector, {
          maxUnpackedBytes: options.maxUnpackedBytes ?? MAX_UNPACKED_BYTES,
          spoolFolder: options.spoolFolder,
        })
      : parseCsvRows(head, blocks, isWholeFile, collector);
    let last: RecipientFileLayout | undefined;
    for await (const layout of layouts) {
      for (const rows of collector.takeReady()) yield { ...rows, layout };
      last = layout;
    }
    const rows = collector.finish();
    if (!last || rows.totals.rows === 0) throw new RecipientFileError('empty_file');
    yield { ...rows, layout: last };
  } finally {
    await blocks.return(undefined);
  }
}

/** The source in blocks of at most 64 KiB, up to maxBytes in all. */
async function* toBlocks(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer, undefined> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw new RecipientFileError('too_many_bytes', { max: maxBytes });
    for (let at = 0; at < chunk.length; at += BLOCK_BYTES) yield chunk.subarray(at, at + BLOCK_BYTES);
  }
  return undefined;
}

async function readHead(blocks: AsyncGenerator<Buffer>): Promise<{ head: Buffer; isWholeFile: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  let isWholeFile = false;
  while (length < BLOCK_BYTES) {
    const next = await blocks.next();
    if (next.done) {
      isWholeFile = true;
      break;
    }
    const block: Buffer = next.value;
    parts.push(block);
    length += block.length;
  }
  if (length === 0) throw new RecipientFileError('empty_file');
  return { head: Buffer.concat(parts), isWholeFile };
}

async function* prepend(head: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

const SIGNATURES = {
  zip: Buffer.from('PK\x03\x04', 'latin1'),
  compoundFile: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
};

/** Whether the content is an xlsx, false for text; throws for anything else and when name and content disagree. */
function isXlsx(head: Buffer, fileName: string): boolean {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (startsWith(head, SIGNATURES.compoundFile)) throw new RecipientFileError('old_excel');
  const isZip = startsWith(head, SIGNATURES.zip);
  const isNamedRight = isZip ? ending === 'xlsx' : ['csv', 'txt', 'tsv'].includes(ending);
  // Panels that export "Excel" often write HTML or XML under another name; PDF begins as text too.
  const isMarkup =
    !isZip && /^\s*(?:<|%PDF-|\{\\rtf)/.test(head.toString('latin1', 0, 64).replace(/^ï»¿/, ''));
  if (!isNamedRight || isMarkup) throw new RecipientFileError('not_a_spreadsheet', { ending });
  return isZip;
}

function startsWith(head: Buffer, signature: Buffer): boolean {
  return head.subarray(0, signature.length).equals(signature);
}
