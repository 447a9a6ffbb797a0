import type { TableLives } from '@peyk/database';

/** A repetition later than this would be handled twice; RabbitMQ and the outbox repeat within minutes. */
const inboxKeepDays = 14;

/** Of the tables that every service with a database has. */
export const messagingLives = {
  outbox: { kind: 'bounded', rule: 'events that wait for RabbitMQ: gone when it has them' },
  inbox: {
    kind: 'rows',
    rule: `which messages were handled: ${inboxKeepDays} days, to know one that comes again`,
    due: `handled_at < now() - interval '${inboxKeepDays} days'`,
  },
} as const satisfies TableLives;
