import type { TopupState } from '@peyk/contracts/billing';

/**
 * What can happen to a top-up.
 * - accepted, refused: the bank's answer to our request for a payment
 * - returned: somebody says that it was paid; only now is the bank asked. cancelled, declined: somebody says that it was not
 * - differed: paid with another amount; it is never confirmed, so the bank gives it back
 * - lapsed: nobody paid in time
 * - confirmed, denied, reversed: the bank's own word
 * - credited: confirmed, settled and in the wallet
 * - givenUp: asked as often as the schedule has; askedAgain: a person has it asked once more
 */
export const topupEvents = [
  'accepted',
  'refused',
  'returned',
  'cancelled',
  'declined',
  'differed',
  'lapsed',
  'confirmed',
  'denied',
  'reversed',
  'credited',
  'givenUp',
  'askedAgain',
] as const;
export type TopupEvent = (typeof topupEvents)[number];

/** What browsers say is a hint: `cancelled`, `failed` and `expired` end when the bank may have been paid after all. */
const late = { returned: 'unknown', differed: 'reversed' } as const;

/** Requirements 10.7. What is not listed is refused. */
export const topupMoves: Readonly<Record<TopupState, Readonly<Partial<Record<TopupEvent, TopupState>>>>> = {
  created: { accepted: 'sent', refused: 'failed', lapsed: 'expired' },
  sent: { ...late, cancelled: 'cancelled', declined: 'failed', lapsed: 'expired' },
  unknown: {
    confirmed: 'verified',
    denied: 'failed',
    reversed: 'reversed',
    differed: 'reversed',
    givenUp: 'unresolved',
  },
  verified: { credited: 'credited', reversed: 'reversed', givenUp: 'unresolved' },
  credited: {},
  cancelled: late,
  failed: late,
  expired: late,
  reversed: {},
  unresolved: { askedAgain: 'unknown' },
};

/** Undefined: the move is refused. */
export function moved(state: TopupState, event: TopupEvent): TopupState | undefined {
  return topupMoves[state][event];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/**
 * When the bank is asked again, after the payment became unknown: four times within the 20 minutes in which Mellat takes a
 * verification, then as Kill Bill's janitor does.
 */
export const askAfterMs: readonly number[] = [
  minute,
  3 * minute,
  8 * minute,
  15 * minute,
  hour,
  day,
  2 * day,
  3 * day,
  4 * day,
  5 * day,
];
/** A payment page of a bank is open for less. */
export const payableMs = 30 * minute;
/** A request to the bank that was not answered by then will not be: its program died. */
export const requestMs = 2 * minute;

/**
 * When to ask after so many questions of the schedule that decided nothing; undefined: no more.
 * @param since when the payment became unknown
 */
export function nextAsk(since: Date, asked: number, now: Date): Date | undefined {
  const after = askAfterMs[asked];
  if (after === undefined) return undefined;
  // A program that was down for a day does not ask five times in a row.
  return new Date(Math.max(since.getTime() + after, now.getTime() + minute));
}

/** What a state means to the payer. `reason`: the bank's text. */
export function messageOf(state: TopupState, reason?: string): string {
  const because = reason ? ` ${reason}` : '';
  switch (state) {
    case 'created':
      return 'پرداخت آغاز شده است و درگاه بانک آماده می‌شود.';
    case 'sent':
      return 'در انتظار پرداخت در درگاه بانک.';
    case 'unknown':
      return 'بانک هنوز نتیجه‌ی پرداخت را نگفته است. نتیجه خودکار پیگیری می‌شود؛ دوباره پرداخت نکنید.';
    case 'verified':
      return 'بانک پرداخت را تأیید کرده است و شارژ به‌زودی به حساب می‌نشیند؛ دوباره پرداخت نکنید.';
    case 'credited':
      return 'پرداخت انجام شد و شارژ به حساب نشست.';
    case 'cancelled':
      return 'پرداخت نشد؛ از آن منصرف شدید.';
    case 'failed':
      return `پرداخت انجام نشد.${because} اگر مبلغی از کارت کم شده باشد، بانک آن را تا ۷۲ ساعت بازمی‌گرداند.`;
    case 'expired':
      return 'مهلت پرداخت گذشت و پرداختی نرسید.';
    case 'reversed':
      return `این پرداخت پذیرفته نشد و مبلغ آن تا ۷۲ ساعت به کارت بازمی‌گردد.${because}`;
    case 'unresolved':
      return 'بانک نتیجه‌ی این پرداخت را روشن نکرد؛ پشتیبانی آن را پیگیری می‌کند.';
  }
}
