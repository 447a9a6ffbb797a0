import { billingSubscriptions } from './billing/subscriptions';
import type { Subscription } from './core/subscription';
import { identitySubscriptions } from './identity/subscriptions';
import { smsEvents } from './sms/events';
import { smsSubscriptions } from './sms/subscriptions';

/** Who listens to live events: each replica of a program for itself, nothing is kept. */
export const liveSubscriptions = [
  { program: 'api-gateway', events: [smsEvents.sendProgressed], why: 'Live progress of sends.' },
] as const;

export function allSubscriptions(): readonly Subscription[] {
  return [
    ...Object.values(billingSubscriptions),
    ...Object.values(identitySubscriptions),
    ...Object.values(smsSubscriptions),
  ];
}
