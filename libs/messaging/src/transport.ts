import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { DomainError, parseDto } from '@peyk/contracts';
import type { EventContract, RpcContract } from '@peyk/contracts';
import { histogram, newContext, runInContext } from '@peyk/platform';
import type { ConsumeMessage } from 'amqplib';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ConfirmChannel } from './broker';
import { PoisonError, consumeQueue, idOf } from './consumer';
import type { QueueConsumer } from './consumer';
import type { Caller, HandlerResult, Received } from './decorators';
import type { RpcReply } from './rpc-client';
import type { MessagingRuntime } from './tokens';
import { exchanges, rpcQueue } from './topology';

/** Requests handled at once by one replica; the rest waits in the queue until its deadline. */
const rpcPrefetch = 64;
const eventPrefetch = 20;
const drainMs = 10_000;

const rpcSeconds = histogram('rpc_seconds', 'Time to answer an RPC', ['rpc', 'code']);

/**
 * Nest transport over RabbitMQ (service-anchors section 6 lists why not Nest's own): handlers are found by Nest,
 * everything on the wire is ours.
 */
export class PeykTransport extends Server implements CustomTransportStrategy {
  private readonly consumers: QueueConsumer[] = [];

  constructor(
    private readonly runtime: MessagingRuntime,
    /** Services whose RPC queue this program serves: the first segment of its RPC names, e.g. `sms`. */
    private readonly serves: string | undefined,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Cancel, finish what is in hand, acknowledge. The connection itself is closed by MessagingModule, last. */
  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.drain(drainMs)));
  }

  on(): never {
    throw new Error('not supported');
  }
  unwrap<T>(): T {
    return this.runtime as T;
  }

  private async start(): Promise<void> {
    await this.runtime.broker.ready();
    const rpcs = new Map<string, { contract: RpcContract; handler: MessageHandler }>();
    const byQueue = new Map<string, Map<string, { contract: EventContract; handler: MessageHandler }>>();
    const live = new Map<string, { contract: EventContract; handler: MessageHandler }>();
    for (const handler of this.getHandlers().values()) {
      const extras = handler.extras as {
        contract: RpcContract | EventContract;
        queue?: string;
        live?: boolean;
      };
      const { contract } = extras;
      if (contract.kind === 'rpc') rpcs.set(contract.name, { contract, handler });
      else if (extras.live) live.set(contract.name, { contract, handler });
      else if (extras.queue) {
        const handlers =
          byQueue.get(extras.queue) ??
          new Map<string, { contract: EventContract; handler: MessageHandler }>();
        byQueue.set(extras.queue, handlers.set(contract.name, { contract, handler }));
      }
    }
    if (rpcs.size > 0) {
      if (!this.serves) throw new Error('this program answers RPCs but serves no service name');
      this.consumers.push(this.serveRpc(this.serves, rpcs));
    }
    for (const [queue, handlers] of byQueue) {
      this.consumers.push(
        consumeQueue(this.runtime.broker, this.runtime.logger, queue, eventPrefetch, (message, attempt) =>
          this.onEvent(queue, handlers, message, attempt),
        ),
      );
    }
    if (live.size > 0) this.listenLive(live);
  }

  private async onEvent(
    queue: string,
    handlers: ReadonlyMap<string, { contract: EventContract; handler: MessageHandler }>,
    message: ConsumeMessage,
    attempt: number,
  ): Promise<void> {
    const name = String(message.properties.type);
    const found = handlers.get(name);
    if (!found) throw new PoisonError(`no handler for ${name}`);
    const payload = parseDto(found.contract.payload, parseJson(message), { unknownFields: 'ignore' });
    const received: Received = { id: idOf(message), name, queue, attempt };
    await runInContext(newContext(message.properties.headers), async () => {
      const result = await invoke(found.handler, payload, received);
      if ('failed' in result) throw result.failed;
    });
  }

  /** Each replica has a queue of its own that goes away with its connection. */
  private listenLive(
    handlers: ReadonlyMap<string, { contract: EventContract; handler: MessageHandler }>,
  ): void {
    const { broker, logger } = this.runtime;
    const wrapper = broker.open('live events', async (channel) => {
      const { queue } = await channel.assertQueue('', {
        exclusive: true,
        autoDelete: true,
        arguments: { 'x-max-length': 10_000 },
      });
      for (const name of handlers.keys()) await channel.bindQueue(queue, exchanges.live, name);
      await channel.consume(
        queue,
        (message) => {
          const found = message ? handlers.get(String(message.properties.type)) : undefined;
          if (!message || !found) return;
          void (async () => {
            const payload = parseDto(found.contract.payload, parseJson(message), { unknownFields: 'ignore' });
            const result = await invoke(found.handler, payload, {
              id: idOf(message),
              name: found.contract.name,
              queue,
              attempt: 1,
            });
            if ('failed' in result) throw result.failed;
          })().catch((error: unknown) => logger.warn({ err: error }, 'live event dropped'));
        },
        { noAck: true },
      );
    });
    this.consumers.push({ drain: () => wrapper.close().catch(() => undefined) });
  }

  private serveRpc(
    service: string,
    rpcs: ReadonlyMap<string, { contract: RpcContract; handler: MessageHandler }>,
  ): QueueConsumer {
    const { broker, logger } = this.runtime;
    let inHand = 0;
    let current: { channel: ConfirmChannel; tag: string } | undefined;
    let stopping = false;
    const wrapper = broker.open(`rpc ${service}`, async (channel) => {
      if (stopping) return;
      await channel.prefetch(rpcPrefetch);
      const { consumerTag } = await channel.consume(rpcQueue(service), (message) => {
        if (!message) {
          channel.emit('error', new Error('rpc consumer was cancelled by RabbitMQ'));
          return;
        }
        inHand++;
        void this.answer(channel, message, rpcs)
          .catch((error: unknown) => logger.warn({ err: error }, 'rpc answer was not sent'))
          .finally(() => inHand--);
      });
      current = { channel, tag: consumerTag };
    });
    return {
      async drain(waitMs) {
        stopping = true;
        await current?.channel.cancel(current.tag).catch(() => undefined);
        const until = Date.now() + waitMs;
        while (inHand > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
        await wrapper.close().catch(() => undefined);
      },
    };
  }

  private async answer(
    channel: ConfirmChannel,
    message: ConsumeMessage,
    rpcs: ReadonlyMap<string, { contract: RpcContract; handler: MessageHandler }>,
  ): Promise<void> {
    const name = String(message.properties.type);
    const deadline: unknown = message.properties.headers?.['deadline'];
    // At most once: a request that a dying replica held, or whose caller has given up, is not carried out.
    if (message.fields.redelivered || (typeof deadline === 'number' && deadline < Date.now())) {
      channel.ack(message);
      return;
    }
    const startedAt = process.hrtime.bigint();
    const reply = await runInContext(newContext(message.properties.headers), async (): Promise<RpcReply> => {
      try {
        return { ok: await this.run(rpcs.get(name), message) };
      } catch (error) {
        if (!(error instanceof DomainError)) {
          this.runtime.logger.error({ err: error, rpc: name }, 'rpc failed');
          return { error: { code: 'internal' } };
        }
        if (error.code === 'internal') this.runtime.logger.error({ err: error, rpc: name }, 'rpc failed');
        else this.runtime.logger.debug({ rpc: name, code: error.code }, 'rpc refused');
        return { error: { code: error.code, details: error.details } };
      }
    });
    rpcSeconds.observe(
      { rpc: name, code: reply.error?.code ?? 'ok' },
      Number(process.hrtime.bigint() - startedAt) / 1e9,
    );
    const replyTo: unknown = message.properties.replyTo;
    if (typeof replyTo === 'string') {
      channel.publish('', replyTo, Buffer.from(JSON.stringify(reply)), {
        correlationId: String(message.properties.correlationId),
        contentType: 'application/json',
      });
    }
    channel.ack(message);
  }

  private async run(
    found: { contract: RpcContract; handler: MessageHandler } | undefined,
    message: ConsumeMessage,
  ): Promise<unknown> {
    if (!found) throw new DomainError('service.unavailable', { reason: 'unknown rpc' });
    const caller = await this.callerOf(found.contract, message);
    const input = parseDto(found.contract.input, parseJson(message), { unknownFields: 'ignore' });
    const result = await invoke(found.handler, input, caller);
    if ('failed' in result) throw result.failed;
    return result.ok;
  }

  private async callerOf(contract: RpcContract, message: ConsumeMessage): Promise<Caller> {
    const token: unknown = message.properties.headers?.['token'];
    if (typeof token !== 'string') {
      if (contract.access !== 'public') throw new DomainError('access.tokenMissing');
      return { principal: undefined, token: undefined };
    }
    const principal =
      contract.access === 'public' ? undefined : await this.runtime.authenticator.authenticate(token);
    if (contract.access === 'service' && principal?.kind !== 'service')
      throw new DomainError('access.denied');
    return { principal, token };
  }
}

function parseJson(message: ConsumeMessage): unknown {
  try {
    return JSON.parse(message.content.toString());
  } catch (error) {
    throw new PoisonError(`not JSON: ${String(error)}`);
  }
}

async function invoke(
  handler: MessageHandler,
  data: object,
  context: Caller | Received,
): Promise<HandlerResult> {
  const produced: unknown = await handler(data, context);
  // What `guarded` made; an Observable only where Nest itself failed before the handler (a guard, a pipe).
  return (isObservable(produced) ? await lastValueFrom(produced) : produced) as HandlerResult;
}
