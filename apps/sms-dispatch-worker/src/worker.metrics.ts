import { counter, gauge } from '@peyk/platform';
import type { LinkSession } from './links/link.session';

const submitted = counter('smpp_parts_submitted_total', 'submit_sm written', ['link']);
const throttled = counter('smpp_throttled_total', 'Answers ESME_RTHROTTLED and ESME_RMSGQFUL', ['link']);
const outcomes = counter('dispatch_outcomes_total', 'Messages by outcome', ['kind']);
const delivered = counter('smpp_deliver_total', 'deliver_sm taken', ['kind']);
const odd = counter('smpp_odd_pdus_total', 'PDUs of the operator that are not as they should be', [
  'link',
  'kind',
]);
const inFlight = gauge('smpp_in_flight_parts', 'submit_sm without an answer', ['link']);
const pace = gauge('smpp_parts_per_second', 'submit_sm written in the last second', ['link']);

/** Called a few times a second: counting each part in the registry would cost more than writing it. */
export function recordLink(link: LinkSession): void {
  const counts = link.takeCounts();
  const labels = { link: link.linkId };
  submitted.inc(labels, counts.submitted);
  throttled.inc(labels, counts.throttled);
  outcomes.inc({ kind: 'sent' }, counts.sent);
  outcomes.inc({ kind: 'failed' }, counts.failed);
  outcomes.inc({ kind: 'in_doubt' }, counts.inDoubt);
  outcomes.inc({ kind: 'returned' }, counts.returned);
  delivered.inc({ kind: 'receipt' }, counts.receipts);
  delivered.inc({ kind: 'inbound' }, counts.inbound);
  for (const [kind, times] of counts.odd) odd.inc({ ...labels, kind }, times);
  inFlight.set(labels, link.inFlightParts);
  pace.set(labels, link.status().partsPerSecond);
}
