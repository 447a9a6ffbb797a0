import type { ReceiptState } from '@peyk/contracts/sms';
import { decodeUcs2, parseMobileNumber, smsAlphabet } from '@peyk/persian';
import type { DeliverSm } from '../smpp/pdu.reader';
import { EsmClass } from '../smpp/protocol';

export interface ParsedReceipt {
  /** The operator's id of the part as the TLV and as the text have it, where both are given and differ; letter by letter. */
  readonly ids: readonly string[];
  readonly state: ReceiptState;
  /** Operator's error code, '' when there is none; at most 10 letters. */
  readonly error: string;
  /**
   * Whom the message went to, 98...: the source address, but some SMSCs do not turn the addresses round. The likelier one
   * first; none: no address is a number.
   */
  readonly msisdns: readonly number[];
}

const idLengthMax = 70;
const errorLengthMax = 10;

/** message_state (SMPP 3.4 section 5.2.28); 0 and 1, scheduled and en route, are no end yet. */
const statesByNumber: readonly (ReceiptState | undefined)[] = [
  'accepted',
  'accepted',
  'delivered',
  'expired',
  'deleted',
  'undelivered',
  'accepted',
  'unknown',
  'rejected',
];

/** `stat:` of appendix B, by its first letters: SMSCs shorten and lengthen the words. */
const statesByWord: readonly (readonly [start: string, state: ReceiptState])[] = [
  ['DELIV', 'delivered'],
  ['UNDEL', 'undelivered'],
  ['EXP', 'expired'],
  ['REJ', 'rejected'],
  ['DELET', 'deleted'],
  ['ACC', 'accepted'],
  ['ENR', 'accepted'],
  ['BUFF', 'accepted'],
];

const idField = /\bid\s*:\s*(\S+)/i;
const stateField = /\bstat(?:us)?\s*:\s*(\w+)/i;
const errorField = /\berr(?:or)?\s*:\s*(\w+)/i;

/**
 * By the message type of esm_class, a receipt (also an intermediate notification), a message, or the acknowledgement of
 * a handset or its owner, which is for nobody here. Without a type what carries receipted_message_id is a receipt; a
 * text that only looks like one is not: a subscriber can write that.
 */
export function kindOf({
  esmClass,
  receiptedMessageId,
}: DeliverSm): 'receipt' | 'message' | 'acknowledgement' {
  const type = esmClass & EsmClass.typeMask;
  if (type === EsmClass.receipt || type === EsmClass.notification) return 'receipt';
  if (type !== 0) return 'acknowledgement';
  return receiptedMessageId ? 'receipt' : 'message';
}

/**
 * Reads a receipt from its TLVs and from its text (SMPP 3.4 appendix B, in any letter case, any alphabet and with fields
 * left out). undefined: it names no message.
 */
export function parseReceipt(pdu: DeliverSm): ParsedReceipt | undefined {
  const text = textOf(pdu);
  const ids = [pdu.receiptedMessageId, idField.exec(text)?.[1]].flatMap((id) =>
    id ? [id.slice(0, idLengthMax)] : [],
  );
  if (ids.length === 0) return undefined;
  // The word is finer than the number where an SMSC sends both and one is its default.
  const word = stateField.exec(text)?.[1];
  const said = (word ? stateOfWord(word) : undefined) ?? statesByNumber[pdu.messageState ?? -1] ?? 'unknown';
  // A notification on the way is no end, but for the good one.
  const isNotification = (pdu.esmClass & EsmClass.typeMask) === EsmClass.notification;
  return {
    ids: [...new Set(ids)],
    state: isNotification && said !== 'delivered' ? 'accepted' : said,
    error: (errorField.exec(text)?.[1] ?? '').slice(0, errorLengthMax),
    msisdns: recipients(pdu),
  };
}

/** The text in the alphabet that it says; an SMSC may forget to say that it wrote UCS-2. */
function textOf({ body, esmClass, dataCoding }: DeliverSm): string {
  const header = esmClass & EsmClass.userDataHeader ? (body[0] ?? 0) + 1 : 0;
  const octets = body.subarray(Math.min(header, body.length));
  const alphabet = smsAlphabet(dataCoding);
  if (alphabet === 'ucs2' || octets[0] === 0) {
    const text = decodeUcs2(octets);
    if (/[a-z]/i.test(text)) return text;
  }
  // As Latin-1 also what is GSM-7: letters and digits are the same, and `_` of an id may be either.
  return octets.toString('latin1');
}

function recipients({ source, destination }: DeliverSm): number[] {
  const numbers = [source, destination].map(msisdnOf);
  const [first = 0, second = 0] = numbers;
  const inOrder = !isMobile(first) && isMobile(second) ? [second, first] : numbers;
  return [...new Set(inOrder.filter((msisdn) => msisdn > 0))];
}

function isMobile(msisdn: number): boolean {
  return parseMobileNumber(String(msisdn)) > 0;
}

function stateOfWord(word: string): ReceiptState | undefined {
  const upper = word.toUpperCase();
  return statesByWord.find(([start]) => upper.startsWith(start))?.[1];
}

/** An Iranian mobile number in any form an operator writes it -> 98...; other numbers as they are; 0: no number. */
export function msisdnOf(address: string): number {
  const mobile = parseMobileNumber(address);
  if (mobile > 0) return 980_000_000_000 + mobile;
  return Number(/^\+?(\d{3,15})$/.exec(address)?.[1] ?? 0);
}
