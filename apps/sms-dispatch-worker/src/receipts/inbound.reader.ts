import { createHash } from 'node:crypto';
import type { InboundPartDto } from '@peyk/contracts/sms';
import { decodeSms, smsAlphabet } from '@peyk/persian';
import type { DeliverSm } from '../smpp/pdu.reader';
import { EsmClass } from '../smpp/protocol';

type Concat = NonNullable<DeliverSm['concat']>;

const addressLengthMax = 25;
const textLengthMax = 2_000;
/** What text of that length may take in UCS-2 does not go into one SMS: 140 octets do. */
const partOctetsMax = 2_000;

/** Everything of a message from a subscriber but its key and time. Total: whatever stands in it becomes some text. */
export function readInbound(pdu: DeliverSm): Omit<InboundPartDto, 'key' | 'at'> {
  const headerEnd =
    pdu.esmClass & EsmClass.userDataHeader ? Math.min((pdu.body[0] ?? 0) + 1, pdu.body.length) : 0;
  const concat = concatOf(pdu.body.subarray(0, headerEnd)) ?? pdu.concat;
  const octets = pdu.body.subarray(headerEnd);
  const alphabet = smsAlphabet(pdu.dataCoding);
  return {
    from: pdu.source.slice(0, addressLengthMax),
    to: pdu.destination.slice(0, addressLengthMax),
    // PostgreSQL stores no U+0000.
    text: decodeSms(octets, alphabet).replaceAll('\0', '').slice(0, textLengthMax),
    reference: concat?.reference,
    total: concat?.total ?? 1,
    part: concat?.part ?? 1,
    // A letter may be cut between two parts: octets are joined first.
    ...(concat && { alphabet, octets: octets.subarray(0, partOctetsMax).toString('base64') }),
  };
}

/** 3GPP TS 23.040, 9.2.3.24.1 (8-bit reference) and 9.2.3.24.8 (16-bit). */
function concatOf(header: Buffer): Concat | undefined {
  for (let at = 1; at + 2 <= header.length;) {
    const [element, length] = [header[at] ?? 0, header[at + 1] ?? 0];
    const value = header.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    const wide = element === 0x08 && value.length === 4;
    if (!wide && !(element === 0x00 && value.length === 3)) continue;
    const reference = wide ? value.readUInt16BE(0) : (value[0] ?? 0);
    const [total = 0, part = 0] = value.subarray(-2);
    // A part outside its own message is a mistake of the sender's: shown as a message of its own.
    if (part >= 1 && part <= total) return { reference, total, part };
  }
  return undefined;
}

interface Seen {
  readonly key: string;
  readonly bucket: number;
  readonly copies: number;
  /** deliver_sm of it that are not answered yet. */
  unanswered: number;
}

const bucketMs = 60_000;
const seenMax = 10_000;

/**
 * Keys of inbound messages. SMPP gives a deliver_sm no id, so one that comes again because its answer was lost or late
 * looks exactly like a second equal text. Rule: equal content, of which one copy is not answered yet, is the same message,
 * however late it comes; equal content after all answers is a new one. For a worker that took over the bind and does not
 * know what was answered, the minute is part of the key: the same content within it is the same message. So the same text
 * twice in a minute over two workers is taken for one, and a message that was stored but not answered before a crash
 * appears twice if it is sent again in another minute.
 */
export class InboundKeys {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly linkId: string) {}

  /** `answered` is to be called when the deliver_sm_resp has been written. */
  keyOf(
    part: Omit<InboundPartDto, 'key' | 'at'>,
    nowMs: number,
  ): { readonly key: string; readonly answered: () => void } {
    const content = createHash('sha1')
      .update(
        JSON.stringify([
          this.linkId,
          part.from,
          part.to,
          part.reference,
          part.total,
          part.part,
          part.octets ?? part.text,
        ]),
      )
      .digest('hex');
    const known = this.seen.get(content);
    const entry =
      known && known.unanswered > 0 ? known : this.renew(content, known, Math.floor(nowMs / bucketMs));
    entry.unanswered += 1;
    return {
      key: entry.key,
      answered: () => {
        entry.unanswered -= 1;
      },
    };
  }

  private renew(content: string, known: Seen | undefined, bucket: number): Seen {
    const copies = known?.bucket === bucket ? known.copies + 1 : 0;
    const entry = { key: `${content}.${bucket.toString(36)}.${copies}`, bucket, copies, unanswered: 0 };
    this.seen.delete(content);
    this.seen.set(content, entry);
    if (this.seen.size > seenMax) {
      for (const oldest of this.seen.keys()) {
        this.seen.delete(oldest);
        break;
      }
    }
    return entry;
  }
}
