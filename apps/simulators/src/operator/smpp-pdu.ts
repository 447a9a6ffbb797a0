/**
 * The part of SMPP 3.4 an operator's SMSC needs, written on its own and not on npm `smpp`, so that the worker's codec is
 * tested against a second implementation. Numbers are those of SMPP 3.4 sections 5.1.2.1, 5.1.3 and 5.3.2.
 */
export const Command = {
  bindReceiver: 0x01,
  bindTransmitter: 0x02,
  submitSm: 0x04,
  deliverSm: 0x05,
  unbind: 0x06,
  bindTransceiver: 0x09,
  enquireLink: 0x15,
  dataSm: 0x103,
  /** Set on every response; alone it is generic_nack. */
  response: 0x80000000,
} as const;

export const Status = {
  ok: 0x00,
  invalidMessageLength: 0x01,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  invalidBindStatus: 0x04,
  alreadyBound: 0x05,
  invalidSource: 0x0a,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  messageQueueFull: 0x14,
  throttled: 0x58,
  permanentAppError: 0x65,
  rejectAppError: 0x66,
  invalidOptionalStream: 0xc0,
  invalidParameterLength: 0xc2,
} as const;

const Tlv = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  interfaceVersion: 0x0210,
  messagePayload: 0x0424,
  messageState: 0x0427,
  /** Vendor range 0x1400-0x3FFF: the client's own reference `<messageId>/<part>`. */
  clientReference: 0x1400,
} as const;

export const HEADER_BYTES = 16;
export const PDU_BYTES_MAX = 65_536;
export const ADDRESS_CHARS_MAX = 20;
export const CLIENT_REFERENCE_BYTES_MAX = 32;
const SHORT_MESSAGE_BYTES_MAX = 254;
const SLAB_BYTES = 65_536;
/** Largest PDU written here: a deliver_sm of 254 octets with addresses and TLVs is under 500. */
const WRITTEN_PDU_BYTES_MAX = 1_024;

/** Appends PDUs to a slab and hands the filled piece to `sink`; a handed-over piece is never written again. */
export class PduWriter {
  private slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  private flushedTo = 0;
  private pduStart = 0;
  private end = 0;

  constructor(private readonly sink: (bytes: Buffer) => void) {}

  begin(command: number, status: number, sequence: number): void {
    if (this.slab.length - this.end < WRITTEN_PDU_BYTES_MAX) {
      this.flush();
      this.slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.flushedTo = this.end = 0;
    }
    this.pduStart = this.end;
    this.slab.writeUInt32BE(command, this.end + 4);
    this.slab.writeUInt32BE(status, this.end + 8);
    this.slab.writeUInt32BE(sequence, this.end + 12);
    this.end += HEADER_BYTES;
  }

  uint8(value: number): void {
    this.slab[this.end++] = value;
  }

  uint16(value: number): void {
    this.end = this.slab.writeUInt16BE(value, this.end);
  }

  latin1(text: string): void {
    this.end += this.slab.write(text, this.end, 'latin1');
  }

  cstring(text: string): void {
    this.latin1(text);
    this.uint8(0);
  }

  octets(bytes: Uint8Array): void {
    this.slab.set(bytes, this.end);
    this.end += bytes.length;
  }

  finish(): void {
    this.slab.writeUInt32BE(this.end - this.pduStart, this.pduStart);
  }

  /** Takes back the PDU that was begun. */
  discard(): void {
    this.end = this.pduStart;
  }

  flush(): void {
    if (this.end === this.flushedTo) return;
    const bytes = this.slab.subarray(this.flushedTo, this.end);
    this.flushedTo = this.end;
    this.sink(bytes);
  }
}

export function writeBindResponse(
  writer: PduWriter,
  command: number,
  status: number,
  sequence: number,
  systemId: string,
): void {
  writer.begin((command | Command.response) >>> 0, status, sequence);
  if (status === Status.ok) {
    writer.cstring(systemId);
    writer.uint16(Tlv.interfaceVersion);
    writer.uint16(1);
    writer.uint8(0x34);
  }
  writer.finish();
}

export interface DeliverSm {
  source: string;
  destination: string;
  esmClass: number;
  dataCoding: number;
  /** At most 254 octets; a string is written as latin-1. */
  body: string | Uint8Array;
  /** Present on a delivery receipt; an id of undefined is left out. */
  receipt?: { messageId: string | undefined; state: number };
  sar?: { reference: number; total: number; part: number };
  /** data_sm with message_payload in place of deliver_sm. */
  asData?: boolean;
}

export function writeDeliverSm(writer: PduWriter, sequence: number, message: DeliverSm): void {
  writer.begin(message.asData ? Command.dataSm : Command.deliverSm, Status.ok, sequence);
  writer.cstring('');
  writer.uint8(1);
  writer.uint8(1);
  writer.cstring(message.source);
  writer.uint8(1);
  writer.uint8(1);
  writer.cstring(message.destination);
  writer.uint8(message.esmClass);
  if (message.asData) {
    writer.uint8(0);
    writer.uint8(message.dataCoding);
    writer.uint16(Tlv.messagePayload);
    writer.uint16(message.body.length);
  } else {
    writer.uint8(0);
    writer.uint8(0);
    writer.cstring('');
    writer.cstring('');
    writer.uint8(0);
    writer.uint8(0);
    writer.uint8(message.dataCoding);
    writer.uint8(0);
    writer.uint8(message.body.length);
  }
  if (typeof message.body === 'string') writer.latin1(message.body);
  else writer.octets(message.body);
  const { receipt, sar } = message;
  if (receipt?.messageId !== undefined) {
    writer.uint16(Tlv.receiptedMessageId);
    writer.uint16(receipt.messageId.length + 1);
    writer.cstring(receipt.messageId);
    writer.uint16(Tlv.messageState);
    writer.uint16(1);
    writer.uint8(receipt.state);
  }
  if (sar) {
    writer.uint16(Tlv.sarReference);
    writer.uint16(2);
    writer.uint16(sar.reference);
    for (const [tag, value] of [
      [Tlv.sarTotal, sar.total],
      [Tlv.sarPart, sar.part],
    ] as const) {
      writer.uint16(tag);
      writer.uint16(1);
      writer.uint8(value);
    }
  }
  writer.finish();
}

/** Header-only PDUs and error answers. */
export function writeHeader(writer: PduWriter, command: number, status: number, sequence: number): void {
  writer.begin(command, status, sequence);
  writer.finish();
}

export function writeSubmitResponse(writer: PduWriter, sequence: number, messageId: string): void {
  writer.begin((Command.submitSm | Command.response) >>> 0, Status.ok, sequence);
  writer.cstring(messageId);
  writer.finish();
}

/**
 * Framed rightly: `undecodable`, an integer TLV without its octets; `noZero`, a message_id without its closing zero;
 * `extraZero`, one with two. Not framed: `badLength`, a command_length nobody can wait for; `random`.
 */
export type GarbageForm = 'undecodable' | 'noZero' | 'extraZero' | 'badLength' | 'random';

export function writeGarbage(
  writer: PduWriter,
  form: GarbageForm,
  sequence: number,
  messageId: string,
  random: () => number,
): void {
  writer.begin((Command.submitSm | Command.response) >>> 0, Status.ok, sequence);
  writer.latin1(messageId);
  if (form === 'noZero') {
    writer.finish();
    return;
  }
  writer.uint8(0);
  if (form === 'extraZero') {
    writer.uint8(0);
    writer.finish();
    return;
  }
  if (form === 'undecodable') {
    writer.uint16(0x0017); // qos_time_to_live: four octets are announced, none follows
    writer.uint16(4);
    writer.finish();
    return;
  }
  writer.discard();
  const bytes = Buffer.from(Array.from({ length: 64 }, () => Math.floor(random() * 256)));
  if (form === 'badLength') bytes.writeUInt32BE(0xfffffff0, 0);
  else bytes[0] = 0x7f; // read as a length, it is past every limit
  writer.octets(bytes);
}

/** Where the fields of one submit_sm lie in its buffer. One instance is used again for each PDU: nothing is allocated. */
export class SubmitSm {
  buffer: Buffer = Buffer.alloc(0);
  sourceStart = 0;
  sourceEnd = 0;
  destinationStart = 0;
  destinationEnd = 0;
  registeredDelivery = 0;
  dataCoding = 0;
  /** Text without its user data header. */
  textStart = 0;
  textEnd = 0;
  /** From the user data header or the SAR TLVs; all 0 when the message is whole. */
  concatReference = 0;
  concatTotal = 0;
  concatPart = 0;
  referenceStart = 0;
  referenceEnd = 0;

  /** Reads the body between `at` and `end`; answers the command_status to refuse it with, or 0. */
  read(buffer: Buffer, at: number, end: number): number {
    this.buffer = buffer;
    this.concatReference = this.concatTotal = this.concatPart = 0;
    this.referenceStart = this.referenceEnd = 0;
    let stop = cstringEnd(buffer, at, end); // service_type
    if (stop < 0) return Status.invalidCommandLength;
    this.sourceStart = stop + 3;
    this.sourceEnd = cstringEnd(buffer, this.sourceStart, end);
    if (this.sourceEnd < 0) return Status.invalidCommandLength;
    if (this.sourceEnd - this.sourceStart > ADDRESS_CHARS_MAX) return Status.invalidSource;
    this.destinationStart = this.sourceEnd + 3;
    this.destinationEnd = cstringEnd(buffer, this.destinationStart, end);
    if (this.destinationEnd < 0) return Status.invalidCommandLength;
    const destinationChars = this.destinationEnd - this.destinationStart;
    if (destinationChars === 0 || destinationChars > ADDRESS_CHARS_MAX) return Status.invalidDestination;
    const esmClass = byteAt(buffer, this.destinationEnd + 1);
    stop = cstringEnd(buffer, this.destinationEnd + 4, end); // schedule_delivery_time
    if (stop >= 0) stop = cstringEnd(buffer, stop + 1, end); // validity_period
    if (stop < 0 || stop + 6 > end) return Status.invalidCommandLength;
    this.registeredDelivery = byteAt(buffer, stop + 1);
    this.dataCoding = byteAt(buffer, stop + 3);
    const length = byteAt(buffer, stop + 5);
    this.textStart = stop + 6;
    this.textEnd = this.textStart + length;
    if (length > SHORT_MESSAGE_BYTES_MAX || this.textEnd > end) return Status.invalidMessageLength;
    const refused = this.readTlvs(this.textEnd, end);
    if (refused !== Status.ok) return refused;
    return (esmClass & 0x40) === 0 ? Status.ok : this.readUserDataHeader();
  }

  private readTlvs(at: number, end: number): number {
    while (at < end) {
      if (at + 4 > end) return Status.invalidOptionalStream;
      const tag = buffer16(this.buffer, at);
      const start = at + 4;
      at = start + buffer16(this.buffer, at + 2);
      if (at > end) return Status.invalidOptionalStream;
      if (tag === Tlv.clientReference) {
        if (at - start > CLIENT_REFERENCE_BYTES_MAX) return Status.invalidParameterLength;
        this.referenceStart = start;
        this.referenceEnd = at;
      } else if (tag === Tlv.messagePayload) {
        this.textStart = start;
        this.textEnd = at;
      } else if (tag === Tlv.sarReference && at - start === 2) {
        this.concatReference = buffer16(this.buffer, start);
      } else if (tag === Tlv.sarTotal && at - start === 1) {
        this.concatTotal = byteAt(this.buffer, start);
      } else if (tag === Tlv.sarPart && at - start === 1) {
        this.concatPart = byteAt(this.buffer, start);
      }
    }
    return Status.ok;
  }

  /** 3GPP TS 23.040 9.2.3.24.1 (8-bit reference) and 9.2.3.24.8 (16-bit). */
  private readUserDataHeader(): number {
    let at = this.textStart + 1;
    const end = at + byteAt(this.buffer, this.textStart);
    if (this.textEnd === this.textStart || end > this.textEnd) return Status.invalidMessageLength;
    while (at + 2 <= end) {
      const element = byteAt(this.buffer, at);
      const length = byteAt(this.buffer, at + 1);
      const wide = element === 0x08 && length === 4;
      if (at + 2 + length > end) return Status.invalidMessageLength;
      if (wide || (element === 0x00 && length === 3)) {
        this.concatReference = wide ? buffer16(this.buffer, at + 2) : byteAt(this.buffer, at + 2);
        this.concatTotal = byteAt(this.buffer, at + length);
        this.concatPart = byteAt(this.buffer, at + length + 1);
      }
      at += 2 + length;
    }
    this.textStart = end;
    return Status.ok;
  }
}

/** Index of the closing zero at or after `at`, or -1 when there is none before `end`. */
export function cstringEnd(buffer: Buffer, at: number, end: number): number {
  while (at < end) {
    if (buffer[at] === 0) return at;
    at++;
  }
  return -1;
}

function byteAt(buffer: Buffer, at: number): number {
  return buffer[at] as number;
}

function buffer16(buffer: Buffer, at: number): number {
  return (byteAt(buffer, at) << 8) | byteAt(buffer, at + 1);
}
