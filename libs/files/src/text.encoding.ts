import { FileError } from './file.error';

export type TextEncoding = 'utf-8' | 'windows-1256' | 'utf-16le' | 'utf-16be';

export interface DetectedEncoding {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark to skip; 0 when there is none. */
  readonly bomBytes: number;
}

/** Share of control characters above which text is taken for a binary file. */
const CONTROL_SHARE_MAX = 0.01;

/**
 * Encoding of a text file by its first block (SMS-215): the byte order mark, else UTF-16 by where its zero bytes stand,
 * else UTF-8 if its sequences are well formed, else Windows-1256, the only other one Persian files come in. Throws
 * `not_a_spreadsheet` for what is no text.
 */
export function detectEncoding(head: Buffer): DetectedEncoding {
  const found = detectByMark(head) ?? { encoding: detectByContent(head), bomBytes: 0 };
  if (controlShare(head.subarray(found.bomBytes), found.encoding) > CONTROL_SHARE_MAX) {
    throw new FileError('not_a_spreadsheet');
  }
  return found;
}

function detectByMark(head: Buffer): DetectedEncoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  return undefined;
}

function detectByContent(head: Buffer): TextEncoding {
  const zeros = [0, 0];
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  // Digits, commas and line ends have a zero byte in UTF-16, always on the same side; no other text has any.
  if (even + odd > 0) {
    if (Math.min(even, odd) * 20 > even + odd) throw new FileError('not_a_spreadsheet');
    return odd > even ? 'utf-16le' : 'utf-16be';
  }
  const { wellFormed, broken } = countUtf8Sequences(head);
  // A few broken sequences are an edited or cut file; Windows-1256 text has hardly any that are whole.
  return broken * 20 > wellFormed ? 'windows-1256' : 'utf-8';
}

function countUtf8Sequences(head: Buffer): { wellFormed: number; broken: number } {
  let wellFormed = 0;
  let broken = 0;
  for (let i = 0; i < head.length;) {
    const byte = head[i] ?? 0;
    if (byte < 0x80) {
      i += 1;
      continue;
    }
    const length = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (i + length > head.length) break; // cut by the end of the block
    let isWhole = byte >= 0xc2 && byte < 0xf5;
    for (let k = 1; k < length; k += 1) isWhole &&= ((head[i + k] ?? 0) & 0xc0) === 0x80;
    if (isWhole) wellFormed += 1;
    else broken += 1;
    i += isWhole ? length : 1;
  }
  return { wellFormed, broken };
}

function controlShare(head: Buffer, encoding: TextEncoding): number {
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  if (text.length === 0) return 0;
  // Tab, line ends, form feed, and DOS's end-of-file sign are text.
  const controls = text.match(/[\u0000-\u0008\u000b\u000e-\u0019\u001b-\u001f\ufffe\uffff]/g)?.length ?? 0;
  return controls / text.length;
}

/**
 * The same text with every ASCII character as its one byte, which is all that a CSV tokenizer needs: UTF-8 and
 * Windows-1256 go through as they are, UTF-16 becomes UTF-8.
 */
export function asciiTransform(encoding: TextEncoding): (chunk: Buffer) => Buffer {
  if (encoding === 'utf-8' || encoding === 'windows-1256') return (chunk) => chunk;
  const decoder = new TextDecoder(encoding);
  return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }));
}
