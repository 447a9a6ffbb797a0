import { deadLetterRpcs, DomainError, ownerOf } from '@peyk/contracts';
import type {
  DeadLettersDto,
  DeadLettersQueryDto,
  RedriveDto,
  RedrivenDto,
  RpcContract,
} from '@peyk/contracts';
import type { DeadLetters } from './dead-letters';
import { redriveLimitDefault } from './dead-letters';
import type { Caller, HandlerResult } from './decorators';
import type { MessagingRuntime } from './tokens';
import { durableQueues } from './topology';

type Handler = (input: object, caller: Caller) => Promise<HandlerResult>;
const listedDefault = 50;
const bodyLength = 2_000;
const reasonLength = 2_000;

/** What the program that serves `service` answers about the dead letters of its queues; nothing where it has none. */
export function deadLetterHandlers(
  runtime: MessagingRuntime,
  service: string,
): readonly { readonly contract: RpcContract; readonly handler: Handler }[] {
  const own = Object.values(deadLetterRpcs).find(({ list }) => ownerOf(list) === service);
  if (!own) return [];
  const assertOwn = (queue: string): void => {
    if (!queue.startsWith(`${own.program}.`) || !durableQueues().includes(queue))
      throw new DomainError('queue.notFound');
  };
  const list = async ({ queue, limit = listedDefault }: DeadLettersQueryDto): Promise<DeadLettersDto> => {
    assertOwn(queue);
    const listed = await ask(runtime, (letters) => letters.list(queue, limit, bodyLength));
    return {
      letters: listed.map(({ id, type, reason, diedAt, attempts, body }) => ({
        id,
        type,
        reason: reason.slice(0, reasonLength),
        diedAt: diedAt || null,
        attempts,
        body,
      })),
    };
  };
  const redrive = async ({ queue, id, limit = redriveLimitDefault }: RedriveDto): Promise<RedrivenDto> => {
    assertOwn(queue);
    return { redriven: await ask(runtime, (letters) => letters.redrive(queue, { id, limit })) };
  };
  return [
    {
      contract: own.list,
      handler: async (input) => ({ ok: await list(input as DeadLettersQueryDto) }),
    },
    {
      contract: own.redrive,
      handler: async (input) => ({ ok: await redrive(input as RedriveDto) }),
    },
  ];
}

/** A connection that lives as long as the answer takes: what is looked at must be held back for a moment. */
async function ask<T>(runtime: MessagingRuntime, act: (letters: DeadLetters) => Promise<T>): Promise<T> {
  const letters = await runtime.deadLetters().catch((error: unknown) => {
    throw new DomainError('service.unavailable', undefined, error);
  });
  try {
    return await act(letters);
  } finally {
    await letters.close().catch(() => undefined);
  }
}
