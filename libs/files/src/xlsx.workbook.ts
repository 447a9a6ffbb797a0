import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { FileError } from './file.error';
import { SheetWalker, StringsWalker, type SheetVisitor } from './xlsx.walkers';
import { xmlAttribute, type XmlHandler, XmlScanner } from './xml.scanner';

/** Workbooks have tens of parts; one for each of a thousand sheets is already absurd. */
const ENTRIES_MAX = 1_000;
/** Sheet XML packs 5-20 times, a very repetitive one 100 times; deflate's own limit is 1,032. */
const RATIO_MAX = 250;
/** Below this the ratio says nothing. */
const RATIO_FROM_BYTES = 8 * 1024 * 1024;
/** Visible sheets that are looked through; a sheet's name has 31 characters in Excel. */
const SHEETS_MAX = 20;
const SHEET_NAME_MAX = 31;
/** Sheet names and styles, not data. */
const WORKBOOK_PART_BYTES_MAX = 4 * 1024 * 1024;

export interface XlsxOptions {
  /** Bytes that all parts of the xlsx may unpack to. */
  readonly maxUnpackedBytes: number;
  /** Where the file is kept while it is read (its directory is at its end), default the system's temporary folder. */
  readonly spoolFolder?: string | undefined;
}

/** What reads a workbook: first all texts of its table, by their index from 0, then sheets, until it has enough. */
export interface XlsxReader {
  readonly onText: (text: string) => void;
  /** Visible sheets in their order, by the name on their tab. */
  readonly openSheet: (name: string) => SheetVisitor;
  /** After a sheet: whether what it held was looked for. False: the next one is read. */
  readonly isEnough: () => boolean;
}

/**
 * Reads an xlsx: its table of texts whole, then its visible sheets piece by piece, the first one and further ones while
 * what was looked for is not there (a cover sheet, mostly). Yields after each piece of a sheet. The file is spooled to disk, unlinked at once so that no crash leaves it behind. Throws FileError.
 */
export async function* readXlsx(
  blocks: AsyncIterable<Buffer>,
  { onText, openSheet, isEnough }: XlsxReader,
  { maxUnpackedBytes, spoolFolder = tmpdir() }: XlsxOptions,
): AsyncGenerator<void> {
  const path = join(spoolFolder, `upload-${randomUUID()}.xlsx`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    for await (const block of blocks) await file.appendFile(block);
    const workbook = await XlsxFile.open(file, maxUnpackedBytes);
    const { sheets, stringsPath } = await findSheets(workbook);
    if (stringsPath !== undefined && workbook.has(stringsPath)) {
      await drain(workbook.parse(stringsPath, new StringsWalker(onText)));
    }
    for (const { name, path: sheetPath } of sheets) {
      yield* workbook.parse(sheetPath, new SheetWalker(openSheet(name)));
      if (isEnough()) return;
    }
  } finally {
    await file.close();
  }
}

/** The zip and its bounds. Every fault of the zip or its XML is a FileError. */
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
      if (zip.entryCount > ENTRIES_MAX) throw new FileError('file_bomb', { max: ENTRIES_MAX });
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
    if (!entry) throw new FileError('not_a_spreadsheet', { missing: path });
    const scanner = new XmlScanner(handler);
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.unpack(entry, maxBytes)) {
        scanner.write(decoder.decode(chunk, { stream: true }));
        yield;
      }
      scanner.end();
    } catch (error) {
      throw toFileError(error);
    }
  }

  private async *unpack(entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) throw new FileError('locked_file');
    if (!entry.canDecodeFileData()) throw new FileError('damaged_file');
    let bytes = 0;
    let checksum = 0;
    const stream = await this.zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      this.unpacked += chunk.length;
      const isTooDense = bytes > RATIO_FROM_BYTES && bytes > entry.compressedSize * RATIO_MAX;
      if (this.unpacked > this.maxUnpackedBytes || bytes > maxBytes || isTooDense) {
        throw new FileError('file_bomb', { max: Math.min(this.maxUnpackedBytes, maxBytes) });
      }
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    // The zip library checks sizes only.
    if (checksum !== entry.crc32) throw new FileError('damaged_file');
  }
}

interface SheetPaths {
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly stringsPath: string | undefined;
}

async function findSheets(workbook: XlsxFile): Promise<SheetPaths> {
  const visible: { readonly name: string; readonly id: string }[] = [];
  await readSmall(workbook, 'xl/workbook.xml', (name, attributes) => {
    if (name !== 'sheet' || (xmlAttribute(attributes, 'state') ?? 'visible') !== 'visible') return;
    const id = xmlAttribute(attributes, ':id');
    if (id !== undefined && visible.length < SHEETS_MAX) visible.push({ id, name: nameOf(attributes) });
  });
  const paths = new Map<string, string>();
  let stringsPath: string | undefined;
  await readSmall(workbook, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name !== 'Relationship') return;
    const id = xmlAttribute(attributes, 'Id');
    const type = xmlAttribute(attributes, 'Type') ?? '';
    const target = xmlAttribute(attributes, 'Target') ?? '';
    // Relative to xl/, or absolute with a slash.
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    if (id !== undefined && type.endsWith('/worksheet')) paths.set(id, path);
    if (type.endsWith('/sharedStrings')) stringsPath = path;
  });
  const sheets = visible.flatMap(({ name, id }) => {
    const path = paths.get(id);
    return path === undefined ? [] : [{ name, path }];
  });
  if (sheets.length === 0) throw new FileError('not_a_spreadsheet', { missing: 'worksheet' });
  return { sheets, stringsPath };
}

function nameOf(attributes: string): string {
  const name = xmlAttribute(attributes, 'name') ?? '';
  return name.replaceAll('\0', '').slice(0, SHEET_NAME_MAX).toWellFormed();
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

function toFileError(error: unknown): unknown {
  return error instanceof FileError ? error : new FileError('damaged_file', {}, { cause: error });
}
