import { FileError } from './file.error';

/** Enough to tell encoding, delimiter and columns, and the most that is parsed between two yields. */
const BLOCK_BYTES = 64 * 1024;

/** An uploaded file of which the beginning has been read. */
export interface FileContent {
  readonly isXlsx: boolean;
  readonly head: Buffer;
  /** `head` is all of it. */
  readonly isWholeFile: boolean;
  /** What comes after `head`. To be ended with `return` when the file is left early. */
  readonly rest: AsyncGenerator<Buffer, undefined>;
}

/**
 * Reads the first block and tells by it what the file is. Throws FileError: `empty_file`, `not_a_spreadsheet`,
 * `old_excel`, `locked_file`, `open_document`, `web_page`, later `too_many_bytes`; an error of the source goes through as it is.
 * @param fileName as the person named it; its ending must agree with the content: csv, txt, tsv or xlsx
 */
export async function openContent(
  source: AsyncIterable<Buffer>,
  { fileName, maxBytes }: { readonly fileName: string; readonly maxBytes: number },
): Promise<FileContent> {
  const rest = toBlocks(source, maxBytes);
  try {
    const { head, isWholeFile } = await readHead(rest);
    return { isXlsx: isXlsx(head, fileName), head, isWholeFile, rest };
  } catch (error) {
    await rest.return(undefined);
    throw error;
  }
}

/** All of the content, from its first byte on. */
export async function* wholeContent({ head, rest }: FileContent): AsyncGenerator<Buffer> {
  yield head;
  yield* rest;
}

/** The source in blocks of at most 64 KiB, up to maxBytes in all. */
async function* toBlocks(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer, undefined> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw new FileError('too_many_bytes', { max: maxBytes });
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
  if (length === 0) throw new FileError('empty_file');
  return { head: Buffer.concat(parts), isWholeFile };
}

const SIGNATURES = {
  zip: Buffer.from('PK\x03\x04', 'latin1'),
  compoundFile: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
};

/** In the directory of a compound file, where it is an xlsx locked with a password. */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');
const openDocument = 'mimetypeapplication/vnd.oasis.opendocument';

/**
 * Whether the content is an xlsx, false for text; throws for anything else and when name and content disagree. An xlsx or
 * a text named xls is read all the same: many programs name what they export so.
 */
function isXlsx(head: Buffer, fileName: string): boolean {
  const ending = /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (startsWith(head, SIGNATURES.compoundFile))
    throw new FileError(head.includes(encryptedPackage) ? 'locked_file' : 'old_excel');
  const isZip = startsWith(head, SIGNATURES.zip);
  if (isZip && head.toString('latin1', 0, 200).includes(openDocument)) throw new FileError('open_document');
  const isNamedRight = (isZip ? ['xlsx', 'xlsm', 'xls'] : ['csv', 'txt', 'tsv', 'xls']).includes(ending);
  // Panels that export "Excel" often write HTML or XML under another name; PDF begins as text too.
  const start = isZip ? '' : head.toString('latin1', 0, 64).replace(/^ï»¿|^[ÿþ]{2}|\0/g, '');
  if (/^\s*</.test(start)) throw new FileError('web_page');
  const isMarkup = /^\s*(?:%PDF-|\{\\rtf)/.test(start);
  if (!isNamedRight || isMarkup) throw new FileError('not_a_spreadsheet', { ending });
  return isZip;
}

function startsWith(head: Buffer, signature: Buffer): boolean {
  return head.subarray(0, signature.length).equals(signature);
}
