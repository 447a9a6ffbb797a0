import { parseCsvRows } from './csv.reader';
import { type CsvDelimiter, FileError, openContent, type TextEncoding, wholeContent } from '@peyk/files';
import { RecipientCollector, type RecipientRows } from './recipient.collector';
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
  /** xlsx only: the name of the sheet that was read. */
  readonly sheet?: string;
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

/**
 * Reads a file of recipients (TGT-025, SMS-205, SMS-215) as it arrives: CSV in UTF-8, Windows-1256 or UTF-16 with comma,
 * semicolon, tab, | or ،, or the first visible sheet of an xlsx that has numbers. Yields batches in file order; the source is not read on while a
 * batch is being used, so memory stays bounded whatever the file. The last batch, which may be empty, carries the
 * file's totals. Throws {@link FileError}, possibly after batches were yielded: what was made of them must
 * then be undone. An error of the source goes through as it is.
 */
export async function* parseRecipientFile(
  source: AsyncIterable<Buffer>,
  options: RecipientFileOptions,
): AsyncGenerator<RecipientBatch> {
  const content = await openContent(source, options);
  try {
    const collector = new RecipientCollector(options.batchRows ?? BATCH_ROWS, options.maxRows);
    const layouts = content.isXlsx
      ? parseXlsxRows(wholeContent(content), collector, {
          maxUnpackedBytes: options.maxUnpackedBytes ?? MAX_UNPACKED_BYTES,
          spoolFolder: options.spoolFolder,
        })
      : parseCsvRows(content, collector);
    let last: RecipientFileLayout | undefined;
    for await (const layout of layouts) {
      for (const rows of collector.takeReady()) yield { ...rows, layout };
      last = layout;
    }
    const rows = collector.finish();
    if (!last || rows.totals.rows === 0) throw new FileError('empty_file');
    yield { ...rows, layout: last };
  } finally {
    await content.rest.return(undefined);
  }
}
