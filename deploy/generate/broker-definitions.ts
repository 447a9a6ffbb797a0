import { brokerDefinitions } from '@peyk/messaging';
import { TALKING_PROGRAMS } from '../programs.mjs';

/**
 * What is there on RabbitMQ before any program runs, and what each program's user may do with it, from the list of programs
 * and their contracts. Users and their passwords are each installation's.
 */
export function brokerDefinitionsText(): string {
  return `${JSON.stringify(brokerDefinitions(TALKING_PROGRAMS), null, 2)}\n`;
}
