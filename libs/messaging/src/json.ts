import { DomainError } from '@peyk/contracts';

/** Body of a message. Throws input.invalid. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new DomainError('input.invalid', {
      fields: [{ field: 'body', rule: 'isJson', message: 'The body must be JSON' }],
    });
  }
}
