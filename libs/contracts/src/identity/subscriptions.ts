import { subscription } from '../core/subscription';
import { billingEvents } from '../billing/events';
import { smsEvents } from '../sms/events';
import { targetingEvents } from '../targeting/events';

export const identitySubscriptions = {
  audit: subscription(
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
};
