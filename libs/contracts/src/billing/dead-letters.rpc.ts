import { deadLettersOf } from '../core/dead-letters';

export const billingDeadLettersRpc = deadLettersOf('billing');
