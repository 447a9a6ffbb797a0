import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { RecipientFileError } from './recipient-file.error';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';
import { SharedStrings } from './xlsx.shared-strings';
import { XlsxSheet } from './xlsx.sheet';

/** Workbooks have tens of parts; one for each of a thousand sheets is already absurd. */
const ENTRIES_MAX = 1_000;
/** Sheet XML packs 5-20 times, a very repetitive one 100 times; deflate's own limit is 1,032. */
const RATIO_MAX = 250;
/** Below this the ratio says nothing. */
const RATIO_FROM_BYTES = 8 * 1024 * 1024;
/** XML between two tags: the parser keeps it in memory. Excel's longest text is 32,767 characters. */
const SILENT_BYTES_MAX = 1024 * 1024;
/** Elements inside one another; a worksheet has seven or so. */
const DEPTH_MAX = 64;
/** Sheet names and styles, not data. */
const WORKBOOK_PART_BYTES_MAX = 4 * 1024 * 1024;

export interface XlsxOptions {
  readonly maxUnpackedBytes: number;
  readonly spoolFolder?: string | undefined;
}

/**
 * Reads the first visible sheet of an xlsx. Yields the layout after each piece of it, when the collector may have full
 * batches. The file is spooled to disk, unlinked at once so that no crash leaves it behind.
 */
export async function* parseXlsxRows(
  blocks: AsyncIterable<Buffer>,
  collector: RecipientCollector,
  { maxUnpackedBytes, spoolFolder = tmpdir() }: XlsxOptions,
): AsyncGenerator<RecipientFileLayout> {
  const path = join(spoolFolder, `recipients-${randomUUID()}.xlsx`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    for await (const block of blocks) await file.appendFile(block);
    const workbook = await XlsxFile.open(file, maxUnpackedBytes);
    const { sheetPath, stringsPath } = await findSheet(workbook);
    const strings = new SharedStrings();
    if (stringsPath !== undefined && workbook.has(stringsPath)) {
      await drain(workbook.parse(stringsPath, strings));
    }
    const sheet = new XlsxSheet(strings, collector);
    const pieces = workbook.parse(sheetPath, sheet);
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      if (sheet.layout) yield sheet.layout;
    }
    yield sheet.finish();
  } finally {
    await file.close();
  }
}

/** What a part's XML is read by; names come without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

/** The zip and its bounds. Every fault of the zip or its XML is a RecipientFileError. */
class XlsxFile {
  private unpacked = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly maxUnpackedBytes: number,
  ) {}

  static async open(file: FileHandle, maxUnpackedBytes: number): Promise<XlsxFile> {
    try {
      const zip = await fromFdPromise(file.fd, { autoClose: false });
      if (zip.entryCount > ENTRIES_MAX) throw new RecipientFileError('file_bomb', { max: ENTRIES_MAX });
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
      return new XlsxFile(zip, entries, maxUnpackedBytes);
    } catch (error) {
      throw toFileError(error);
    }
  }

  has(path: string): boolean {
    return this.entries.has(path);
  }

  /** Feeds a part to the handler; yields after each piece. */
  async *parse(path: string, handler: XmlHandler, maxBytes = Number.POSITIVE_INFINITY): AsyncGenerator<void> {
    const entry = this.entries.get(path);
    if (!entry) throw new RecipientFileError('not_a_spreadsheet', { missing: path });
    let silentBytes = 0;
    let depth = 0;
    const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
    parser.on('opentag', ({ name, attributes }) => {
      silentBytes = 0;
      depth += 1;
      if (depth > DEPTH_MAX) throw new RecipientFileError('damaged_file');
      handler.open(localName(name), attributes);
    });
    parser.on('text', (text) => handler.text(text));
    parser.on('cdata', (text) => handler.text(text));
    parser.on('closetag', ({ name }) => {
      depth -= 1;
      handler.close(localName(name));
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.unpack(entry, maxBytes)) {
        silentBytes += chunk.length;
        parser.write(decoder.decode(chunk, { stream: true }));
        if (silentBytes > SILENT_BYTES_MAX)
          throw new RecipientFileError('file_bomb', { max: SILENT_BYTES_MAX });
        yield;
      }
      parser.close();
    } catch (error) {
      throw toFileError(error);
    }
  }

  private async *unpack(entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) throw new RecipientFileError('old_excel');
    if (!entry.canDecodeFileData()) throw new RecipientFileError('damaged_file');
    let bytes = 0;
    const stream = await this.zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      this.unpacked += chunk.length;
      const isTooDense = bytes > RATIO_FROM_BYTES && bytes > entry.compressedSize * RATIO_MAX;
      if (this.unpacked > this.maxUnpackedBytes || bytes > maxBytes || isTooDense) {
        throw new RecipientFileError('file_bomb', { max: Math.min(this.maxUnpackedBytes, maxBytes) });
      }
      yield chunk;
    }
  }
}

interface SheetPaths {
  readonly sheetPath: string;
  readonly stringsPath: string | undefined;
}

async function findSheet(workbook: XlsxFile): Promise<SheetPaths> {
  let relationId: string | undefined;
  await readSmall(workbook, 'xl/workbook.xml', (name, attributes) => {
    if (name !== 'sheet' || (attributes['state'] ?? 'visible') !== 'visible') return;
    relationId ??= Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
  });
  let sheetPath: string | undefined;
  let stringsPath: string | undefined;
  await readSmall(workbook, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    const { Id: id, Type: type = '', Target: target = '' } = attributes;
    if (name !== 'Relationship') return;
    // Relative to xl/, or absolute with a slash.
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    if (id === relationId && type.endsWith('/worksheet')) sheetPath = path;
    if (type.endsWith('/sharedStrings')) stringsPath = path;
  });
  if (sheetPath === undefined) throw new RecipientFileError('not_a_spreadsheet', { missing: 'worksheet' });
  return { sheetPath, stringsPath };
}

async function readSmall(workbook: XlsxFile, path: string, onTag: XmlHandler['open']): Promise<void> {
  const ignore = (): void => undefined;
  const handler: XmlHandler = { open: onTag, text: ignore, close: ignore };
  await drain(workbook.parse(path, handler, WORKBOOK_PART_BYTES_MAX));
}

/** Reads a part to its end; what is needed of it its handler keeps. */
async function drain(pieces: AsyncGenerator<void>): Promise<void> {
  for (let next = await pieces.next(); !next.done;) next = await pieces.next();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function toFileError(error: unknown): unknown {
  return error instanceof RecipientFileError
    ? error
    : new RecipientFileError('damaged_file', {}, { cause: error });
}
