import type { BankCode } from '@peyk/contracts/billing';

/** A payment as we asked for it. Amounts are Rial; a driver alone knows in what the bank counts. */
export interface PaymentOrder {
  /** Ours, unique at the bank for ever: digits. */
  readonly orderId: string;
  readonly amountRials: number;
  /** Where the payer's browser comes back to. */
  readonly callbackUrl: string;
  /** In Persian, shown to the payer. */
  readonly description: string;
}

/** A payment that the bank knows. */
export interface BankPayment {
  readonly orderId: string;
  readonly amountRials: number;
  /** By which the browser named it: RefId, authority. */
  readonly reference: string;
  /** The payment's number at the bank; null where only a callback tells it and none came. */
  readonly saleReference: string | null;
}

/** Refused: nobody can pay it. No answer counts as refused here: the payer never got the reference. */
export type Requested =
  | { readonly is: 'accepted'; readonly reference: string }
  /** The order's number was used before. */
  | { readonly is: 'taken' }
  | { readonly is: 'refused'; readonly code: string };

/** How a browser gets to the bank. */
export interface Departure {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a browser brought: anybody who holds it could have written it, so it only says where to look. */
export interface BankCallback {
  readonly reference: string;
  /** Absent where the bank's callback has none. */
  readonly orderId?: string;
  readonly claims: 'paid' | 'cancelled' | 'declined';
  readonly code: string;
  readonly saleReference?: string;
  /** What it says was taken from the card. */
  readonly amountRials?: number;
  readonly card?: string;
}

/**
 * The bank's own word.
 * - `done`: it did what was asked, now or before
 * - `denied`: there is no such payment
 * - `reversed`: the money went back to the payer, or is going
 * - `differs`: the amount is not ours
 * - `unknown`: no answer, or one that decides nothing. Never taken for a failure.
 */
export interface Verdict {
  readonly is: 'done' | 'denied' | 'reversed' | 'differs' | 'unknown';
  /** Of the bank; `timeout` and the like where it gave none. */
  readonly code: string;
  readonly saleReference?: string;
  readonly card?: string;
}

/** What the bank says of a payment when it is asked without doing anything. */
export type BankView = 'open' | 'unpaid' | 'paid' | 'settled' | 'reversed' | 'unknown';

export interface LostPayment {
  readonly reference: string;
  readonly amountRials: number;
}

/**
 * One payment gateway. No method throws for what the bank does or fails to do; each ends within `bankTimeoutMs`.
 */
export interface Bank {
  readonly code: BankCode;
  /** Such a payment can be asked about before a callback came. */
  readonly asksWithoutCallback: boolean;
  request(order: PaymentOrder): Promise<Requested>;
  departure(reference: string): Departure;
  /** Undefined: it is no callback of this bank. */
  readCallback(fields: Readonly<Record<string, string>>): BankCallback | undefined;
  /** Confirms the payment: with this the money is kept from going back. Safe to repeat. */
  verify(payment: BankPayment): Promise<Verdict>;
  /** Has it paid out to us. Safe to repeat. */
  settle(payment: BankPayment): Promise<Verdict>;
  /** Gives it back to the payer. */
  reverse(payment: BankPayment): Promise<Verdict>;
  inquire(payment: BankPayment): Promise<BankView>;
  /** Payments that were made and never verified, where the bank lists them; undefined: no answer. */
  lost?(): Promise<readonly LostPayment[] | undefined>;
  /** In Persian. */
  meaningOf(code: string): string | undefined;
}

/** No answer within this is `unknown`. */
export const bankTimeoutMs = 30_000;
/** Answers of banks are some hundred bytes; lists of Zarinpal some ten thousand. */
export const bankAnswerBytesMax = 256 * 1024;
