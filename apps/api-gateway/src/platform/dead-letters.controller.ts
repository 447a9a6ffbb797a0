import { Inject } from '@nestjs/common';
import {
  deadLetterRpcs,
  DeadLettersDto,
  DeadLettersQueryDto,
  DeadQueuesDto,
  DomainError,
  EmptyDto,
  RedriveDto,
  RedrivenDto,
} from '@peyk/contracts';
import { MESSAGING, durableQueues, redriveLimitDefault } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Input } from '../http/input.decorator';
import { deadLettersRoutes } from './dead-letters.routes';
import { ControllerOf } from '../routes/controllers';

/**
 * Messages between programs that nobody could handle. Counting asks RabbitMQ, by a connection that lives as long as the
 * request; what is in them only the owner of the queue may read.
 */
@ControllerOf(deadLettersRoutes)
export class DeadLettersController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  async counts(@Input() _input: EmptyDto): Promise<DeadQueuesDto> {
    const letters = await this.runtime.deadLetters().catch((error: unknown) => {
      throw new DomainError('service.unavailable', undefined, error);
    });
    try {
      return { queues: await letters.counts() };
    } finally {
      await letters.close().catch(() => undefined);
    }
  }

  async list(@Input() input: DeadLettersQueryDto, @Caller() { as }: SignedIn): Promise<DeadLettersDto> {
    return this.runtime.rpc.call(ownerOfQueue(input.queue).list, input, as);
  }

  async redrive(@Input() input: RedriveDto, @Caller() { user, as }: SignedIn): Promise<RedrivenDto> {
    const { queue, id, limit = redriveLimitDefault } = input;
    const { redriven } = await this.runtime.rpc.call(ownerOfQueue(queue).redrive, { queue, id, limit }, as);
    this.runtime.logger.info(
      { by: user.accountId, queue, id, limit, redriven },
      'dead letters were redriven',
    );
    if (id !== undefined && redriven === 0) throw new DomainError('deadLetter.notFound');
    return { redriven };
  }
}

function ownerOfQueue(queue: string): (typeof deadLetterRpcs)[keyof typeof deadLetterRpcs] {
  const owner = Object.values(deadLetterRpcs).find(({ program }) => queue.startsWith(`${program}.`));
  if (!owner || !durableQueues().includes(queue)) throw new DomainError('queue.notFound');
  return owner;
}
