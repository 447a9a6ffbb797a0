import type { Schemas } from '../../../api/client';
import { digits, fill, toman } from '../../../ui/format';
import fa from '../fa.json';

type Event = Schemas['MessageEventDto'];
type Receipt = Schemas['MessagePartDto']['receipt'];

const texts: Readonly<Record<Event['kind'], string>> = {
  accepted: fa.eventAccepted,
  due: fa.eventDue,
  given: fa.eventGiven,
  submitted: fa.eventSubmitted,
  refused: fa.eventRefused,
  inDoubt: fa.eventInDoubt,
  settled: fa.eventSettled,
  charged: fa.eventCharged,
  released: fa.eventReleased,
  delivered: fa.eventDelivered,
  undelivered: fa.eventUndelivered,
  unreported: fa.eventUnreported,
  refunded: fa.eventRefunded,
  blocked: fa.eventBlocked,
  cancelled: fa.eventCancelled,
};
const settledAs = { sent: fa.asSent, failed: fa.asFailed, resend: fa.asResend, receipt: fa.asReceipt };
const settledBy = { person: fa.byPerson, policy: fa.byPolicy, receipt: fa.byReceipt };

export function eventText({ kind, parts, rials, link, errorStatus, ...doubt }: Event): string {
  return fill(texts[kind], {
    parts: parts ?? 1,
    amount: toman(rials ?? 0),
    link: link ?? '',
    code: errorStatus === undefined ? fa.noCode : digits(String(errorStatus)),
    how: doubt.settledAs ? settledAs[doubt.settledAs] : '',
    who: doubt.settledBy ? settledBy[doubt.settledBy] : '',
  });
}

const good: readonly Event['kind'][] = ['delivered', 'submitted'];
const bad: readonly Event['kind'][] = ['refused', 'undelivered', 'blocked'];

export function eventColor(kind: Event['kind']): 'green' | 'red' | 'orange' | 'gray' {
  if (good.includes(kind)) return 'green';
  if (bad.includes(kind)) return 'red';
  return kind === 'inDoubt' ? 'orange' : 'gray';
}

export function receiptText(receipt: Receipt): string {
  if (receipt === null) return fa.noReceipt;
  return receipt === 'delivered' ? fa.messageDelivered : fa.messageUndelivered;
}
