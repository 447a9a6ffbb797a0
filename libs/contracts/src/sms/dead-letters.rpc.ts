import { deadLettersOf } from '../core/dead-letters';

export const smsDeadLettersRpc = deadLettersOf('sms');
