import { billingDeadLettersRpc } from './billing/dead-letters.rpc';
import { identityDeadLettersRpc } from './identity/dead-letters.rpc';
import { smsDeadLettersRpc } from './sms/dead-letters.rpc';

/** By the service, with the program whose queues they are. */
export const deadLetterRpcs = {
  identity: { program: 'identity', ...identityDeadLettersRpc },
  billing: { program: 'billing', ...billingDeadLettersRpc },
  sms: { program: 'sms-gateway', ...smsDeadLettersRpc },
} as const;
