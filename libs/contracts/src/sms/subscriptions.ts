import { subscription } from '../core/subscription';
import { billingEvents } from '../billing/events';
import { identityEvents } from '../identity/events';

export const smsSubscriptions = {
  accounts: subscription(
    'sms-gateway.accounts',
    [identityEvents.accountCreated, identityEvents.accountUpdated, identityEvents.accountDisabled],
    'Gives who signs up a line; pauses the sends of a disabled account.',
  ),
  holds: subscription(
    'sms-gateway.holds',
    [billingEvents.holdEnded],
    'Marks a send as settled when its hold has ended.',
  ),
};
