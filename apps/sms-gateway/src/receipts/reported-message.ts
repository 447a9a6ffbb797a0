import type { MessageState } from '@peyk/contracts';
import type { ReceiptState } from '@peyk/contracts/sms';
import { reportedPastMs } from '../messages/message-partitions';
import type { ReceiptRules } from './receipt-rules';

/** Everything that came in of one message within a flush. */
export interface ReportedMessage {
  readonly sendId: string;
  readonly linkId: string;
  readonly seq: number;
  readonly parts: number;
  outcome: 'sent' | 'failed' | 'in_doubt' | undefined;
  submitted: number;
  status: number;
  ids: string;
  at: number;
  delivered: number;
  undelivered: number;
  receiptAt: number;
  /** Receipts that came with their place in a batch. */
  receipts?: Receipt[];
}

export interface Receipt {
  readonly linkId: string;
  /** '' when it names no message. */
  readonly id: string;
  /** The id of its text where its TLV has another, else ''. */
  readonly otherId: string;
  readonly state: ReceiptState;
  /** Likelier recipient, and its other address where that is a number; 0: none. */
  readonly msisdn: number;
  readonly otherMsisdn: number;
  readonly at: number;
}

/** How far the clock of a worker may be ahead. */
const clockAheadMs = 60_000;

/** A worker's clock may be wrong; a time outside the months that have a partition could not be stored. */
export function plausible(at: number): number {
  const now = Date.now();
  return at < now - reportedPastMs || at > now + clockAheadMs ? now : at;
}

export function newReportedMessage(
  sendId: string,
  linkId: string,
  seq: number,
  parts: number,
): ReportedMessage {
  return {
    sendId,
    linkId,
    seq,
    parts,
    outcome: undefined,
    submitted: 0,
    status: 0,
    ids: '',
    at: 0,
    delivered: 0,
    undelivered: 0,
    receiptAt: 0,
  };
}

/** `mask`: the parts that the receipt is of. */
export function noteReceipt(
  row: ReportedMessage,
  mask: number,
  state: ReceiptState,
  at: number,
  rules: ReceiptRules,
): void {
  const parts = rules.oneForAll ? (1 << row.parts) - 1 : mask;
  if (state === 'delivered') {
    row.delivered |= parts;
    row.undelivered &= ~parts;
  } else if (rules.lastWins) {
    row.undelivered |= parts;
    row.delivered &= ~parts;
  } else {
    row.undelivered |= parts & ~row.delivered;
  }
  row.receiptAt = Math.max(row.receiptAt, at);
}

/** State of a message right after its outcome, receipts of the same flush included. */
export function stateAfter(row: ReportedMessage, { lastWins, waitSeconds }: ReceiptRules): MessageState {
  if (row.outcome === 'failed') return 'failed';
  if (row.outcome === 'in_doubt') return 'in_doubt';
  const waits = waitSeconds > 0;
  if ((row.submitted & ~row.delivered) === 0) return lastWins && waits ? 'sent' : 'delivered';
  return (row.submitted & ~(row.delivered | row.undelivered)) === 0 && !waits ? 'undelivered' : 'sent';
}

export function finalSeconds(row: ReportedMessage, rules: ReceiptRules): number {
  const state = stateAfter(row, rules);
  if (state === 'failed') return row.at / 1_000;
  return state === 'delivered' || state === 'undelivered' ? row.receiptAt / 1_000 : 0;
}
