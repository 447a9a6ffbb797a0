import { maxPartsPerMessage } from '@peyk/contracts';
import type { AddressFormsDto } from '@peyk/contracts/sms';
import { countSmsParts, encodeGsm7, encodeUcs2, splitSms } from '@peyk/persian';
import { EsmClass } from '../smpp/protocol';

/** data_coding (SMPP 3.4 section 5.2.19): SMSC default alphabet (GSM-7, an octet a septet) and UCS-2. */
const DataCoding = { gsm7: 0, ucs2: 8 } as const;
const fixedFieldBytes = 10;

/** Everything of the submit_sm of a batch that is the same for each recipient, already in bytes. */
export interface SubmitTemplate {
  /** service_type up to dest_addr_npi. */
  readonly head: Buffer;
  /** A part: esm_class up to the end of short_message. */
  readonly tails: readonly Buffer[];
  /** Where in a tail the concatenation reference lies; 0: the message has one part. */
  readonly udhReferenceAt: number;
}

/**
 * Cuts a text with the rule of the price (SMS-204) and encodes its parts: GSM-7 or UCS-2, more than one part with a
 * concatenation header of 8-bit reference (3GPP TS 23.040, 9.2.3.24.1), a receipt asked for each. Throws RangeError for
 * an empty text, over 10 parts, and a sender that is no address.
 */
export function submitTemplate(
  source: string,
  text: string,
  is66Char: boolean,
  addresses: AddressFormsDto | undefined = undefined,
): SubmitTemplate {
  const parts = splitSms(text, { is66Char });
  if (parts.length === 0 || parts.length > maxPartsPerMessage) throw new RangeError(`${parts.length} parts`);
  if (!/^[\x21-\x7e]{1,20}$/.test(source)) throw new RangeError('sender is no address');
  const gsm7 = countSmsParts(text, { is66Char }).encoding === 'gsm7';
  const isLong = parts.length > 1;
  const [sourceTon, sourceNpi] = sourceForm(source);
  return {
    head: Buffer.concat([
      Buffer.from([0, addresses?.sourceTon ?? sourceTon, addresses?.sourceNpi ?? sourceNpi]),
      Buffer.from(`${source}\0`, 'latin1'),
      Buffer.from([addresses?.destinationTon ?? 1, addresses?.destinationNpi ?? 1]),
    ]),
    tails: parts.map((part, index) => {
      const header = isLong ? [0x05, 0x00, 0x03, 0, parts.length, index + 1] : [];
      const body = gsm7 ? encodeGsm7(part) : encodeUcs2(part);
      return Buffer.concat([
        Buffer.from([
          isLong ? EsmClass.userDataHeader : 0,
          0, // protocol_id
          0, // priority_flag
          0, // schedule_delivery_time
          0, // validity_period
          1, // registered_delivery: a receipt for any final state
          0, // replace_if_present_flag
          gsm7 ? DataCoding.gsm7 : DataCoding.ucs2,
          0, // sm_default_msg_id
          header.length + body.length,
        ]),
        Buffer.from(header),
        body,
      ]);
    }),
    udhReferenceAt: isLong ? fixedFieldBytes + 3 : 0,
  };
}

/** source_addr_ton and _npi: international, national or short number, or a name. */
function sourceForm(source: string): readonly [ton: number, npi: number] {
  if (!/^\d+$/.test(source)) return [5, 0];
  return source.startsWith('98') ? [1, 1] : [0, 1];
}
