import type { ReceiptState } from '@peyk/contracts';
import type { DeliverSm } from '../smpp/pdu.reader';
import { EsmClass } from '../smpp/protocol';

export interface ParsedReceipt {
  /** The operator's id of the part, letter by letter as the receipt has it; at most 70 letters. */
  readonly id: string;
  readonly state: ReceiptState;
  /** Operator's error code, '' when there is none; at most 10 letters. */
  readonly error: string;
  /** Whom the message went to, 98..., or 0. */
  readonly msisdn: number;
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
 * A receipt is what says so in esm_class, or carries receipted_message_id. A text that only looks like one is not: a
 * subscriber can write that.
 */
export function isReceipt({ esmClass, receiptedMessageId }: DeliverSm): boolean {
  const type = esmClass & EsmClass.typeMask;
  return type === EsmClass.receipt || type === EsmClass.notification || receiptedMessageId !== undefined;
}

/**
 * Reads a receipt from its TLVs and, where those are missing, from its text (SMPP 3.4 appendix B, in any letter case
 * and with fields left out). undefined: it names no message.
 */
export function parseReceipt(pdu: DeliverSm): ParsedReceipt | undefined {
  const header = pdu.esmClass & EsmClass.userDataHeader ? (pdu.body[0] ?? 0) + 1 : 0;
  const text = pdu.body.toString('latin1', Math.min(header, pdu.body.length));
  const id = pdu.receiptedMessageId || idField.exec(text)?.[1];
  if (!id) return undefined;
  // The word is finer than the number where an SMSC sends both and one is its default.
  const word = stateField.exec(text)?.[1];
  const state = (word ? stateOfWord(word) : undefined) ?? statesByNumber[pdu.messageState ?? -1] ?? 'unknown';
  return {
    id: id.slice(0, idLengthMax),
    state,
    error: (errorField.exec(text)?.[1] ?? '').slice(0, errorLengthMax),
    msisdn: msisdnOf(pdu.source),
  };
}

function stateOfWord(word: string): ReceiptState | undefined {
  const upper = word.toUpperCase();
  return statesByWord.find(([start]) => upper.startsWith(start))?.[1];
}

/** An Iranian mobile number in any form an operator writes it -> 98...; other numbers as they are; 0: no number. */
export function msisdnOf(address: string): number {
  const digits = /^\+?(\d{3,15})$/.exec(address)?.[1];
  if (!digits) return 0;
  if (digits.length === 10 && digits.startsWith('9')) return Number(`98${digits}`);
  if (digits.length === 11 && digits.startsWith('09')) return Number(`98${digits.slice(1)}`);
  if (digits.length === 14 && digits.startsWith('0098')) return Number(digits.slice(2));
  return Number(digits);
}
