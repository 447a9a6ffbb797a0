import type { MultipartFile } from '@fastify/multipart';
import { uploadChunkBytes } from '@peyk/contracts';
import { DomainError } from '@peyk/contracts';
import type { FastifyRequest } from 'fastify';
import { InputError } from './input.decorator';

export const fileField = 'file';
const maxFileNameLength = 200;
// Control characters, and the marks that turn the direction of what follows; ZWNJ belongs to Persian names and stays.
const unseen = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

type Parts = AsyncIterableIterator<{ readonly type: 'file' | 'field'; readonly fieldname: string }>;

/** The one file of a multipart request, opened but not read. */
export interface OpenedFile {
  readonly name: string;
  /** Throws input.invalid when the form ends before the file does. */
  readonly bytes: AsyncIterable<Buffer>;
  /** To be called when the file was read: throws when the request holds more than it, or the file was cut. */
  readonly finish: () => Promise<void>;
}

/** Throws input.unsupportedType, input.invalid (no file, a foreign field, a name that is none). */
export async function openFile(request: FastifyRequest, maxBytes: number): Promise<OpenedFile> {
  if (!request.isMultipart())
    throw new DomainError('input.unsupportedType', { accepted: 'multipart/form-data' });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + 64 * 1024)
    throw new DomainError('file.tooLarge', { maxBytes });
  const parts = request.parts({
    limits: { fileSize: maxBytes, files: 1, fields: 0, parts: 1, headerPairs: 20, fieldNameSize: 100 },
  });
  const part = await nextPart(parts);
  if (!part) throw oneFile('The form has no part `file`');
  if (part.type !== 'file' || part.fieldname !== fileField)
    throw oneFile('The form has another part than `file`');
  const file = part as unknown as MultipartFile;
  const name = file.filename.replace(unseen, '').normalize('NFC').trim();
  if (name === '' || name.length > maxFileNameLength) {
    const message = `The file name must have 1 to ${maxFileNameLength} characters`;
    throw new InputError([{ field: fileField, rule: 'fileName', message }]);
  }
  return {
    name,
    bytes: bytesOf(file),
    finish: async () => {
      if (file.file.truncated) throw new DomainError('file.tooLarge', { maxBytes });
      if (await nextPart(parts)) throw oneFile('The form has more than one part');
    },
  };
}

async function* bytesOf({ file }: MultipartFile): AsyncGenerator<Buffer> {
  try {
    for await (const piece of file) yield piece as Buffer;
  } catch (error) {
    // Those of known code the error filter answers; the reader of forms gives none to what ends too early.
    if ((error as { code?: unknown }).code !== undefined) throw error;
    throw oneFile('The form is not whole', error);
  }
}

async function nextPart(
  parts: Parts,
): Promise<{ readonly type: 'file' | 'field'; readonly fieldname: string } | undefined> {
  try {
    const next = await parts.next();
    return next.done ? undefined : next.value;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'FST_REQ_FILE_TOO_LARGE') throw error;
    const limits = ['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'];
    const message = limits.includes(String(code))
      ? 'The form has more than one part'
      : 'The form is not whole';
    throw oneFile(message, error);
  }
}

function oneFile(message: string, cause?: unknown): InputError {
  const error = new InputError([{ field: fileField, rule: 'oneFile', message }]);
  error.cause = cause;
  return error;
}

/**
 * Hands the bytes on in chunks of uploadChunkBytes, one unanswered at a time: while it travels the next one is filled,
 * and then nothing more is read from the client, so that memory stays flat and a slow service slows the client.
 * Answers the number of chunks. Throws what `send` throws.
 */
export async function forwardChunks(
  bytes: AsyncIterable<Buffer>,
  send: (no: number, chunk: Buffer) => Promise<unknown>,
): Promise<number> {
  let chunk = Buffer.allocUnsafe(uploadChunkBytes);
  let filled = 0;
  let no = 0;
  let travelling: Promise<unknown> = Promise.resolve();
  const handOn = async (full: Buffer): Promise<void> => {
    await travelling;
    travelling = send(no++, full);
    // Awaited at the next chunk; until then a refusal is not "unhandled".
    travelling.catch(() => undefined);
  };
  for await (const piece of bytes) {
    let from = 0;
    while (from < piece.length) {
      const copied = piece.copy(chunk, filled, from);
      filled += copied;
      from += copied;
      if (filled === uploadChunkBytes) {
        await handOn(chunk);
        chunk = Buffer.allocUnsafe(uploadChunkBytes);
        filled = 0;
      }
    }
  }
  if (filled > 0) await handOn(chunk.subarray(0, filled));
  await travelling;
  return no;
}
