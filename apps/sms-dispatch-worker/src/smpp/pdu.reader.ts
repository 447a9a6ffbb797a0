import { headerBytes, MalformedPduError, Tlv } from './protocol';

/** What of a deliver_sm is used. `body` is a view into the socket's buffer: to be read before the next turn. */
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
}

/** message_id of a submit_sm_resp that lies in `buffer` from `at` to `end`. Throws MalformedPduError. */
export function readSubmitResponse(buffer: Buffer, at: number, end: number): string {
  if (end - at === headerBytes) return '';
  const idEnd = cstringEnd(buffer, at + headerBytes, end);
  for (let tlv = idEnd + 1; tlv < end; tlv = tlvEnd(buffer, tlv, end));
  return buffer.toString('latin1', at + headerBytes, idEnd);
}

/** SMPP 3.4 section 4.6.1. Throws MalformedPduError. */
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
  const bodyEnd = bodyAt + byteAt(buffer, stop + 5, end);
  if (bodyEnd > end) throw new MalformedPduError('short_message ends after the PDU');
  let body = buffer.subarray(bodyAt, bodyEnd);
  let receiptedMessageId: string | undefined;
  let messageState: number | undefined;
  let reference = 0;
  let total = 0;
  let part = 0;
  for (let tlv = bodyEnd; tlv < end;) {
    const next = tlvEnd(buffer, tlv, end);
    const value = tlv + 4;
    switch (buffer.readUInt16BE(tlv)) {
      case Tlv.receiptedMessageId:
        receiptedMessageId = trimmedLatin1(buffer, value, next);
        break;
      case Tlv.messageState:
        if (next - value === 1) messageState = buffer[value];
        break;
      case Tlv.messagePayload:
        body = buffer.subarray(value, next);
        break;
      case Tlv.sarReference:
        if (next - value === 2) reference = buffer.readUInt16BE(value);
        break;
      case Tlv.sarTotal:
        if (next - value === 1) total = buffer[value] ?? 0;
        break;
      case Tlv.sarPart:
        if (next - value === 1) part = buffer[value] ?? 0;
        break;
    }
    tlv = next;
  }
  return {
    sequence: buffer.readUInt32BE(at + 12),
    source,
    destination,
    esmClass,
    dataCoding,
    body,
    receiptedMessageId,
    messageState,
    concat: total > 0 && part > 0 ? { reference, total, part } : undefined,
  };
}

function cstringEnd(buffer: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at += 1) if (buffer[at] === 0) return at;
  throw new MalformedPduError('text without its closing zero');
}

function byteAt(buffer: Buffer, at: number, end: number): number {
  if (at >= end) throw new MalformedPduError('PDU ends too early');
  return buffer[at] ?? 0;
}

function tlvEnd(buffer: Buffer, at: number, end: number): number {
  const next = at + 4 <= end ? at + 4 + buffer.readUInt16BE(at + 2) : Infinity;
  if (next > end) throw new MalformedPduError('optional parameter ends after the PDU');
  return next;
}

/** Some SMSCs close the id with a zero, some do not, some pad with several. */
function trimmedLatin1(buffer: Buffer, at: number, end: number): string {
  let stop = at;
  while (stop < end && buffer[stop] !== 0) stop += 1;
  return buffer.toString('latin1', at, stop);
}
