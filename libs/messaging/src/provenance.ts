import type { ConsumeMessage } from 'amqplib';

interface Death {
  readonly queue?: unknown;
}

/**
 * Whether a message came as RabbitMQ's rights allow. They look at the routing key of a publishing, but not at what a
 * queue's own dead-lettering sends, nor (before RabbitMQ 4) at the keys in the headers CC and BCC. So a program that takes a
 * message sees that it was sent to one of the `keys` that may lead to this queue, and that it died nowhere but on its way
 * through a retry.
 */
export function cameStraight(
  message: ConsumeMessage,
  queue: string,
  keys: readonly (string | undefined)[],
): boolean {
  const deaths: unknown = message.properties.headers?.['x-death'];
  return (
    keys.includes(message.fields.routingKey) &&
    (deaths === undefined ||
      (Array.isArray(deaths) && deaths.every((death: Death) => mayDieIn(death.queue, queue))))
  );
}

function mayDieIn(name: unknown, queue: string): boolean {
  return name === queue || (typeof name === 'string' && /^peyk\.retry\.\d+$/.test(name));
}
