import { subscription } from '../core/subscription';
import { identityEvents } from '../identity/events';
import { smsEvents } from '../sms/events';

export const billingSubscriptions = {
  charges: subscription(
    'billing.charges',
    [smsEvents.sendCharged, smsEvents.sendClosed],
    'Captures, pays back and closes the holds of sends.',
  ),
  margins: subscription(
    'billing.margins',
    [smsEvents.sendEarned],
    'Pays resellers what they earned with the sends of their users.',
  ),
  accounts: subscription(
    'billing.accounts',
    [identityEvents.accountCreated, identityEvents.accountUpdated, identityEvents.accountDisabled],
    'Keeps who belongs to whom; opens wallets of customers; who signs up gets the chosen plan and its trial credit.',
  ),
};
