import { createRequire } from 'node:module';

/** A PDU of npm `smpp`. Fields are those of SMPP 3.4 by their names. */
export interface LibraryPdu {
  readonly command: string;
  readonly command_id: number;
  readonly command_status: number;
  sequence_number: number;
  readonly [field: string]: unknown;
  toBuffer(): Buffer;
}

interface SmppLibrary {
  readonly PDU: new (command: string | Buffer, fields?: Readonly<Record<string, unknown>>) => LibraryPdu;
}

// npm `smpp` has no types; only its codec is used (its Session has no response timeout and drops callbacks on close).
const library = createRequire(__filename)('smpp') as SmppLibrary;

/** Throws for bytes or fields that are not such a PDU. */
export const { PDU } = library;
