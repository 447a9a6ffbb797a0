import type { Delivery } from './operator-account';
import type { MessageIdForm, ReceiptOutcome, ReceiptSettings } from './settings';
import type { DeliverSm } from './smpp-pdu';

/** message_state (SMPP 3.4 section 5.2.28) and the error code of this operator for each final state. */
const STATES = {
  DELIVRD: { state: 2, error: '000' },
  EXPIRED: { state: 3, error: '002' },
  UNDELIV: { state: 5, error: '001' },
  REJECTD: { state: 8, error: '003' },
} as const;
const ESM_CLASS_RECEIPT = 0x04;
const UNKNOWN_ID = 'unknown-1';
const TEHRAN_OFFSET_MS = 3.5 * 3_600_000;

export function formatMessageId(id: number, form: MessageIdForm): string {
  switch (form) {
    case 'decimal':
      return String(id);
    case 'hex':
      return id.toString(16);
    case 'hexUpper':
      return id.toString(16).toUpperCase();
    case 'hexPadded':
      return id.toString(16).padStart(16, '0');
  }
}

/** A delivery receipt with the text of SMPP 3.4 appendix B and the receipted_message_id and message_state TLVs. */
export class Receipt implements Delivery {
  readonly kind = 'receipt';
  attempts = 0;
  sentAt = 0;

  constructor(
    readonly origin: number,
    private readonly messageId: string,
    private readonly outcome: Exclude<ReceiptOutcome, 'none'>,
    /** The line that sent, and the handset: a receipt goes the other way. */
    private readonly line: string,
    private readonly handset: string,
    /** Ms since the epoch. */
    private readonly submittedAt: number,
    /** From submit_sm to the final state, in ms. */
    readonly dueInMs: number,
    private readonly form: Pick<ReceiptSettings, 'turned' | 'text' | 'asData' | 'tlvId' | 'textId'>,
  ) {}

  /** The same message with another word, so much later. */
  withWord(outcome: Exclude<ReceiptOutcome, 'none'>, afterMs: number): Receipt {
    const { origin, messageId, line, handset, submittedAt, dueInMs, form } = this;
    return new Receipt(origin, messageId, outcome, line, handset, submittedAt, dueInMs + afterMs, form);
  }

  message(): DeliverSm {
    const { state, error } = STATES[this.outcome];
    const { turned, text, asData, tlvId, textId } = this.form;
    const delivered = this.outcome === 'DELIVRD' ? '001' : '000';
    const id = textId === 'none' ? '' : `id:${textId === 'right' ? this.messageId : UNKNOWN_ID} `;
    const body =
      `${id}sub:001 dlvrd:${delivered} submit date:${minute(this.submittedAt)} ` +
      `done date:${minute(this.submittedAt + this.dueInMs)} stat:${this.outcome} err:${error} text:`;
    // A text in UCS-2 has half as much room: its dates go.
    const short = `${id}stat:${this.outcome} err:${error}`;
    return {
      source: turned ? this.handset : this.line,
      destination: turned ? this.line : this.handset,
      esmClass: ESM_CLASS_RECEIPT,
      dataCoding: text === 'ucs2' ? 8 : 0,
      body: text === 'ucs2' ? Buffer.from(short, 'utf16le').swap16() : body,
      ...(tlvId !== 'none' && {
        receipt: { messageId: tlvId === 'right' ? this.messageId : UNKNOWN_ID, state },
      }),
      ...(asData && { asData }),
    };
  }
}

/** A mobile-originated message or one part of it. */
export class Inbound implements Delivery {
  readonly kind = 'inbound';
  readonly origin = 0;
  attempts = 0;
  sentAt = 0;

  constructor(private readonly content: DeliverSm) {}

  message(): DeliverSm {
    return this.content;
  }
}

const minuteTexts = new Map<number, string>();

/** YYMMDDhhmm on Tehran's clock, of ms since the epoch. */
function minute(at: number): string {
  const key = Math.floor(at / 60_000);
  let text = minuteTexts.get(key);
  if (text === undefined) {
    if (minuteTexts.size >= 1_000) minuteTexts.clear();
    text = new Date(key * 60_000 + TEHRAN_OFFSET_MS).toISOString().slice(2, 16).replace(/\D/g, '');
    minuteTexts.set(key, text);
  }
  return text;
}
