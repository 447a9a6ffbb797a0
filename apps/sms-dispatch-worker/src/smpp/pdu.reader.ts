import { headerBytes, MalformedPduError, Tlv } from './protocol';

/** What of a deliver_sm, or of a data_sm that comes in its place, is used. `body` is a view into the socket's buffer: to be read before the next turn. */
export interface DeliverSm {
  readonly sequence: number;
  readonly source: string;
  readonly destination: string;
  readonly esmClass: number;
  readonly dataCoding: number;
  /** short_message, or message_payload where that is given; with its user data header. */
  readonly body: Buffer;
  readonly receiptedMessageId?: string;
  readonly messageState?: number;
  readonly concat?: { readonly reference: number; readonly total: number; readonly part: number };
  /** It came as data_sm, and is answered as such. */
  readonly isData?: boolean;
  /** Octets too many or too few were read over. */
  readonly isMended?: boolean;
}

type Optional = Pick<DeliverSm, 'receiptedMessageId' | 'messageState' | 'concat'> & {
  readonly payload?: Buffer;
  /** Every parameter ends where the next begins, and the last one where the PDU ends. */
  readonly isWhole: boolean;
};

const idLengthMax = 70;

/**
 * message_id of a submit_sm_resp that lies in `buffer` from `at` to `end`, however it is closed: the answer says that the
 * part was taken, whatever stands in it. `isMended`: not as SMPP says.
 */
export function readSubmitResponse(
  buffer: Buffer,
  at: number,
  end: number,
): { readonly id: string; readonly isMended: boolean } {
  const from = at + headerBytes;
  if (from === end) return { id: '', isMended: false };
  const idEnd = zeroAt(buffer, from, end);
  const isMended = idEnd === end || (idEnd + 1 < end && !readOptional(buffer, idEnd + 1, end).isWhole);
  return { id: printable(buffer.toString('latin1', from, idEnd)), isMended };
}

/** SMPP 3.4 section 4.6.1. Throws MalformedPduError where addresses and text cannot be distinguished. */
export function readDeliverSm(buffer: Buffer, at: number, end: number): DeliverSm {
  let from = cstringEnd(buffer, at + headerBytes, end) + 3; // service_type, source_addr_ton, source_addr_npi
  let stop = cstringEnd(buffer, from, end);
  const source = buffer.toString('latin1', from, stop);
  from = stop + 3;
  stop = cstringEnd(buffer, from, end);
  const destination = buffer.toString('latin1', from, stop);
  const esmClass = byteAt(buffer, stop + 1, end);
  stop = cstringEnd(buffer, stop + 4, end); // protocol_id, priority_flag, schedule_delivery_time
  stop = cstringEnd(buffer, stop + 1, end); // validity_period
  const dataCoding = byteAt(buffer, stop + 3, end);
  const bodyAt = stop + 6;
  const { bodyEnd, optional, isMended } = splitBody(
    buffer,
    bodyAt,
    bodyAt + byteAt(buffer, stop + 5, end),
    end,
  );
  const { payload, receiptedMessageId, messageState, concat } = optional;
  return {
    sequence: buffer.readUInt32BE(at + 12),
    source,
    destination,
    esmClass,
    dataCoding,
    body: payload ?? buffer.subarray(bodyAt, bodyEnd),
    receiptedMessageId,
    messageState,
    concat,
    ...(isMended && { isMended }),
  };
}

/** SMPP 3.4 section 4.7.1: the same, with all its text in message_payload. Throws MalformedPduError. */
export function readDataSm(buffer: Buffer, at: number, end: number): DeliverSm {
  let from = cstringEnd(buffer, at + headerBytes, end) + 3;
  let stop = cstringEnd(buffer, from, end);
  const source = buffer.toString('latin1', from, stop);
  from = stop + 3;
  stop = cstringEnd(buffer, from, end);
  const destination = buffer.toString('latin1', from, stop);
  const dataCoding = byteAt(buffer, stop + 3, end); // after esm_class and registered_delivery
  const { payload, receiptedMessageId, messageState, concat, isWhole } = readOptional(buffer, stop + 4, end);
  return {
    sequence: buffer.readUInt32BE(at + 12),
    source,
    destination,
    esmClass: byteAt(buffer, stop + 1, end),
    dataCoding,
    body: payload ?? buffer.subarray(end, end),
    receiptedMessageId,
    messageState,
    concat,
    isData: true,
    ...(!isWhole && { isMended: true }),
  };
}

/**
 * Where short_message ends and its optional parameters begin. sm_length may be one off, or a zero may stand behind the
 * text: what leads to parameters that end exactly with the PDU is right. Where nothing does, sm_length is believed and
 * of the parameters as many as can be read are taken.
 */
function splitBody(
  buffer: Buffer,
  bodyAt: number,
  said: number,
  end: number,
): { readonly bodyEnd: number; readonly optional: Optional; readonly isMended: boolean } {
  const bodyEnd = Math.min(said, end);
  const optional = readOptional(buffer, bodyEnd, end);
  if (optional.isWhole) return { bodyEnd, optional, isMended: bodyEnd !== said };
  const longer = readOptional(buffer, bodyEnd + 1, end);
  if (bodyEnd < end && longer.isWhole) {
    // A zero behind the text is its closing one, anything else its last octet.
    const isText = buffer[bodyEnd] !== 0;
    return { bodyEnd: isText ? bodyEnd + 1 : bodyEnd, optional: longer, isMended: true };
  }
  const shorter = bodyEnd > bodyAt ? readOptional(buffer, bodyEnd - 1, end) : undefined;
  if (shorter?.isWhole) return { bodyEnd: bodyEnd - 1, optional: shorter, isMended: true };
  return { bodyEnd, optional, isMended: true };
}

/** Optional parameters from `at` to `end`. One that is cut off counts only where a part of it is of use: the text. */
function readOptional(buffer: Buffer, at: number, end: number): Optional {
  let receiptedMessageId: string | undefined;
  let messageState: number | undefined;
  let payload: Buffer | undefined;
  let reference = 0;
  let total = 0;
  let part = 0;
  let isWhole = at <= end;
  for (let tlv = at; tlv < end;) {
    if (tlv + 4 > end) {
      isWhole = false;
      break;
    }
    const value = tlv + 4;
    const next = value + buffer.readUInt16BE(tlv + 2);
    const length = next - value;
    const tag = buffer.readUInt16BE(tlv);
    if (next > end) {
      isWhole = false;
      if (tag === Tlv.messagePayload) payload = buffer.subarray(value, end);
      break;
    }
    switch (tag) {
      case Tlv.receiptedMessageId:
        receiptedMessageId = printable(buffer.toString('latin1', value, zeroAt(buffer, value, next)));
        break;
      case Tlv.messageState:
        if (length === 1) messageState = buffer[value];
        break;
      case Tlv.messagePayload:
        payload = buffer.subarray(value, next);
        break;
      case Tlv.sarReference:
        if (length === 2) reference = buffer.readUInt16BE(value);
        break;
      case Tlv.sarTotal:
        if (length === 1) total = buffer[value] ?? 0;
        break;
      case Tlv.sarPart:
        if (length === 1) part = buffer[value] ?? 0;
        break;
    }
    tlv = next;
  }
  // A part outside its own message is a mistake of the sender's: shown as a message of its own.
  const concat = part > 0 && part <= total ? { reference, total, part } : undefined;
  return { receiptedMessageId, messageState, payload, concat, isWhole };
}

function cstringEnd(buffer: Buffer, from: number, end: number): number {
  const at = zeroAt(buffer, from, end);
  if (at >= end) throw new MalformedPduError('text without its closing zero');
  return at;
}

/** The first zero from `from` on, or `end`. */
function zeroAt(buffer: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && buffer[at] !== 0) at += 1;
  return at;
}

function byteAt(buffer: Buffer, at: number, end: number): number {
  if (at >= end) throw new MalformedPduError('PDU ends too early');
  return buffer[at] ?? 0;
}

/** Ids go on in lists separated by spaces; some SMSCs pad theirs with blanks or zeros. */
function printable(id: string): string {
  return /^[\x21-\x7e]{0,70}$/.test(id) ? id : id.replaceAll(/[^\x21-\x7e]/g, '').slice(0, idLengthMax);
}
