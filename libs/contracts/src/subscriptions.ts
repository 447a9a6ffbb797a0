import { billingEvents } from './billing.events';
import type { EventContract } from './define';
import { identityEvents } from './identity.events';
import { smsEvents } from './sms.events';
import { targetingEvents } from './targeting.events';

/**
 * Who listens to what: one durable queue for each consumer purpose. Every program declares all of them when it starts,
 * so that an event sent before its consumer ever ran waits for it instead of vanishing.
 */
export interface Subscription<E extends readonly EventContract[] = readonly EventContract[]> {
  /** `<consumer-service>.<purpose>`. */
  readonly queue: string;
  readonly events: E;
  readonly why: string;
}

function subscription<const E extends readonly unknown[]>(
  queue: string,
  events: E,
  why: string,
): { readonly queue: string; readonly events: E; readonly why: string } {
  return { queue, events, why };
}

export const subscriptions = {
  billingCharges: subscription(
    'billing.charges',
    [smsEvents.sendCharged, smsEvents.sendClosed],
    'Captures, pays back and closes the holds of sends.',
  ),
  billingMargins: subscription(
    'billing.margins',
    [smsEvents.sendEarned],
    'Pays resellers what they earned with the sends of their users.',
  ),
  billingAccounts: subscription(
    'billing.accounts',
    [identityEvents.accountCreated, identityEvents.accountUpdated, identityEvents.accountDisabled],
    'Keeps who belongs to whom; opens wallets of customers; who signs up gets the chosen plan and its trial credit.',
  ),
  identityAudit: subscription(
    'identity.audit',
    [
      smsEvents.lineChanged,
      smsEvents.administered,
      billingEvents.correctionRequested,
      billingEvents.correctionDecided,
      targetingEvents.listDeleted,
    ],
    'Keeps in the audit log what administrators do elsewhere, and which lists customers delete.',
  ),
  smsAccounts: subscription(
    'sms-gateway.accounts',
    [identityEvents.accountCreated, identityEvents.accountUpdated, identityEvents.accountDisabled],
    'Gives who signs up a line; pauses the sends of a disabled account.',
  ),
  smsHolds: subscription(
    'sms-gateway.holds',
    [billingEvents.holdEnded],
    'Marks a send as settled when its hold has ended.',
  ),
};

/** Who listens to live events: each replica of a program for itself, nothing is kept. */
export const liveSubscriptions = [
  { program: 'api-gateway', events: [smsEvents.sendProgressed], why: 'Live progress of sends.' },
] as const;

export function allSubscriptions(): readonly Subscription[] {
  return Object.values(subscriptions);
}
