import { IntField, StringField } from './fields';

/** Bytes of one upload chunk before base64; a chunk is one RPC. */
export const uploadChunkBytes = 192 * 1024;

const chunksMax = 100_000;

/** A file begins to be uploaded. */
export class UploadOpenDto {
  @StringField({ description: 'File name as the person has it', minLength: 1, maxLength: 200 })
  fileName!: string;
}

/** One of its chunks. */
export class UploadChunkDto {
  @IntField({
    description: 'Chunk number from 0; the same number again changes nothing',
    min: 0,
    max: chunksMax,
  })
  no!: number;

  @StringField({ description: 'Bytes, base64', maxLength: Math.ceil((uploadChunkBytes * 4) / 3) + 4 })
  data!: string;
}

/** All of them were sent. */
export class UploadEndDto {
  @IntField({ description: 'Chunks sent', min: 0, max: chunksMax + 1 })
  chunks!: number;
}
