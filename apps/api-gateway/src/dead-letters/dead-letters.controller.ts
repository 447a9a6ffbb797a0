import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DeadLettersDto,
  DeadLettersQueryDto,
  DeadQueuesDto,
  DomainError,
  EmptyDto,
  RedriveDto,
  RedrivenDto,
  deadLetterRoutes,
} from '@peyk/contracts';
import { DeadLetters, MESSAGING, durableQueues, redriveLimitDefault } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

const listedDefault = 50;
const bodyLength = 2_000;
const reasonLength = 2_000;

/**
 * Messages between programs that nobody could handle. Asked of RabbitMQ by a connection that lives as long as the
 * request: an administrator looks once a week, and what is looked at must be held back for a moment.
 */
@ApiTags('dead letters')
@Controller('dead-letters')
export class DeadLettersController {
  constructor(
    private readonly config: GatewayConfig,
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
  ) {}

  @Endpoint('GET', '', deadLetterRoutes.counts)
  async counts(@Input() _input: EmptyDto): Promise<DeadQueuesDto> {
    return { queues: await this.ask((letters) => letters.counts()) };
  }

  @Endpoint('GET', ':queue', deadLetterRoutes.list)
  async list(@Input() { queue, limit = listedDefault }: DeadLettersQueryDto): Promise<DeadLettersDto> {
    assertKnown(queue);
    const listed = await this.ask((letters) => letters.list(queue, limit, bodyLength));
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
  }

  @Endpoint('POST', ':queue/redrive', deadLetterRoutes.redrive)
  async redrive(
    @Input() { queue, id, limit = redriveLimitDefault }: RedriveDto,
    @Caller() { user }: SignedIn,
  ): Promise<RedrivenDto> {
    assertKnown(queue);
    const redriven = await this.ask((letters) => letters.redrive(queue, { id, limit }));
    this.runtime.logger.info(
      { by: user.accountId, queue, id, limit, redriven },
      'dead letters were redriven',
    );
    if (id !== undefined && redriven === 0) throw new DomainError('deadLetter.notFound');
    return { redriven };
  }

  private async ask<T>(act: (letters: DeadLetters) => Promise<T>): Promise<T> {
    const letters = await DeadLetters.connect(this.config.rabbitmqUrl).catch((error: unknown) => {
      throw new DomainError('service.unavailable', undefined, error);
    });
    try {
      return await act(letters);
    } finally {
      await letters.close().catch(() => undefined);
    }
  }
}

function assertKnown(queue: string): void {
  if (!durableQueues().includes(queue)) throw new DomainError('queue.notFound');
}
