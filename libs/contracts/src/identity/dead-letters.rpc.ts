import { deadLettersOf } from '../core/dead-letters';

export const identityDeadLettersRpc = deadLettersOf('identity');
