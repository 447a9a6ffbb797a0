import { EmptyDto } from './common.dto';
import { defineRpc } from './define';
import type { RpcContract } from './define';
import { InstantField, IntField, ObjectField, StringField } from './fields';

/**
 * Dead letters over HTTP. The gateway counts them itself and asks the owner of the queue for the rest: only its user may
 * read them (ADR 14). The routes are none of the registered contracts and carry their rule with them.
 */
const administers = { roles: { admin: 'any' } } as const;

const queueName = /^[a-z][\w.-]*$/;

export class DeadQueueDto {
  @StringField({ description: 'Queue that they died in', maxLength: 100 })
  queue!: string;

  @IntField({ description: 'How many', min: 1, max: 1_000_000_000 })
  count!: number;
}

export class DeadQueuesDto {
  @ObjectField({ description: 'Queues that have any', dto: () => DeadQueueDto, array: { maxItems: 200 } })
  queues!: DeadQueueDto[];
}

export class DeadLettersQueryDto {
  @StringField({ description: 'Queue', maxLength: 100, pattern: queueName })
  queue!: string;

  @IntField({ description: 'How many of the oldest; 50 unless told', optional: true, min: 1, max: 100 })
  limit?: number;
}

export class DeadLetterDto {
  @StringField({ description: "The sender's id; empty: it had none", maxLength: 200 })
  id!: string;

  @StringField({ description: 'Event or work message', maxLength: 200 })
  type!: string;

  @StringField({ description: 'Why nobody could handle it', maxLength: 2_000 })
  reason!: string;

  @InstantField({
    description: 'When it died; null where RabbitMQ moved it and kept no time',
    nullable: true,
  })
  diedAt!: string | null;

  @IntField({ description: 'Deliveries to a handler that failed', min: 0, max: 1_000_000_000 })
  attempts!: number;

  @StringField({
    description: 'First 2,000 characters; secrets and texts of messages hidden, numbers masked',
    maxLength: 2_000,
  })
  body!: string;
}

export class DeadLettersDto {
  @ObjectField({ description: 'Oldest first', dto: () => DeadLetterDto, array: { maxItems: 100 } })
  letters!: DeadLetterDto[];
}

export class RedriveDto {
  @StringField({ description: 'Queue', maxLength: 100, pattern: queueName })
  queue!: string;

  @StringField({ description: 'Only the one with this id', optional: true, minLength: 1, maxLength: 200 })
  id?: string;

  @IntField({
    description: 'At most so many of the oldest; 1,000 unless told',
    optional: true,
    min: 1,
    max: 10_000,
  })
  limit?: number;
}

export class RedrivenDto {
  @IntField({ description: 'How many went to their queue again', min: 0, max: 10_000 })
  redriven!: number;
}

type Route = Pick<RpcContract, 'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'>;

export const deadLetterRoutes = {
  counts: {
    name: 'gateway.deadLetters.count',
    input: EmptyDto,
    output: DeadQueuesDto,
    access: 'user',
    permission: administers,
    does: 'How many messages between programs died, by queue.',
    errors: [],
  },
  list: {
    name: 'gateway.deadLetters.list',
    input: DeadLettersQueryDto,
    output: DeadLettersDto,
    access: 'user',
    permission: administers,
    does: 'The oldest dead letters of a queue; they stay there.',
    errors: ['queue.notFound'],
  },
  redrive: {
    name: 'gateway.deadLetters.redrive',
    input: RedriveDto,
    output: RedrivenDto,
    access: 'user',
    permission: administers,
    does: 'Sends dead letters to their queue again as if for the first time; logged with who did it.',
    errors: ['queue.notFound', 'deadLetter.notFound'],
  },
} as const satisfies Readonly<Record<string, Route>>;

/** What a service answers about the dead letters of its program's queues; `libs/messaging` answers it for all. */
export function deadLettersOf<const S extends string>(service: S) {
  return {
    list: defineRpc({
      name: `${service}.deadLetters.list`,
      input: DeadLettersQueryDto,
      output: DeadLettersDto,
      access: 'user',
      permission: administers,
      does: 'The oldest dead letters of one of its queues; they stay there.',
      errors: ['queue.notFound'],
      deadlineMs: 15_000,
    }),
    redrive: defineRpc({
      name: `${service}.deadLetters.redrive`,
      input: RedriveDto,
      output: RedrivenDto,
      access: 'user',
      permission: administers,
      does: 'Sends dead letters of one of its queues to it again as if for the first time.',
      errors: ['queue.notFound'],
      deadlineMs: 30_000,
    }),
  };
}
