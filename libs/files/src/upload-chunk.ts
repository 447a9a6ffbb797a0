import { DomainError, uploadChunkBytes } from '@peyk/contracts';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of one chunk of an upload. @throws input.invalid for what is no base64, or above 192 KiB */
export function readChunk(data: string): Buffer {
  const bytes = Buffer.from(data, 'base64');
  if (data.length % 4 === 0 && base64.test(data) && bytes.length <= uploadChunkBytes) return bytes;
  const message = `data must be base64 of at most ${uploadChunkBytes} bytes`;
  throw new DomainError('input.invalid', { fields: [{ field: 'data', rule: 'isBase64', message }] });
}
