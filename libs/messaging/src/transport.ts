import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { allSubscriptions, DomainError, ownerOf, parseDto, reachOf } from '@peyk/contracts';
import type { EventContract, Principal, RpcContract } from '@peyk/contracts';
import type { ClientDto } from '@peyk/contracts/identity';
import { endingAt, isDatabaseUnavailable } from '@peyk/database';
import { histogram, newContext, runInContext } from '@peyk/platform';
import type { ConfirmChannel, ConsumeMessage, Options } from 'amqplib';
import { isObservable, lastValueFrom } from 'rxjs';
import { PoisonError, consume, consumeQueue, idOf } from './consumer';
import type { QueueConsumer } from './consumer';
import { deadLetterHandlers } from './dead-letter-handlers';
import type { Caller, HandlerExtras, HandlerResult, Received } from './decorators';
import { parseJson } from './json';
import type { RpcReply } from './rpc-client';
import type { MessagingRuntime } from './tokens';
import { cameStraight } from './provenance';
import type { OpenChannel } from './reopening-channel';
import { declareRpcQueue, exchanges, isAnswerQueue, ownQueue, rpcQueue } from './topology';

/** Requests handled at once by one replica; the rest waits in the queue until its deadline. */
const rpcPrefetch = 64;
const eventPrefetch = 20;
const directReplyTo = 'amq.rabbitmq.reply-to.';
const drainMs = 10_000;
const startMs = 30_000;

const rpcSeconds = histogram('rpc_seconds', 'Time to answer an RPC', ['rpc', 'code']);

/**
 * Nest transport over RabbitMQ (service-anchors section 6 lists why not Nest's own): handlers are found by Nest,
 * everything on the wire is ours.
 */
export class PeykTransport extends Server implements CustomTransportStrategy {
  private readonly consumers: QueueConsumer[] = [];
  /** For callers from before answers had an exchange; a user of one program only may not use it, and loses no more. */
  private older: OpenChannel | undefined;
  private olderChannel: ConfirmChannel | undefined;
  private olderWaiting = 0;

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

  /** Nest would let a second RPC handler of a name replace the first, and chain a second event handler behind it. */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler?: boolean,
    extras?: Record<string, unknown>,
  ): void {
    const name = String(pattern);
    if (this.messageHandlers.has(name)) throw new Error(`two handlers for ${name}`);
    if (!extras?.['contract']) throw new Error(`${name}: use HandleRpc, HandleEvent or HandleLive`);
    super.addHandler(name, callback, isEventHandler, extras);
  }

  private async start(): Promise<void> {
    const rpcs = new Map<string, Handled<RpcContract>>();
    const byQueue = new Map<string, Map<string, Handled<EventContract>>>();
    const live = new Map<string, Handled<EventContract>>();
    for (const handler of this.getHandlers().values()) {
      const extras = handler.extras as unknown as HandlerExtras;
      const { contract } = extras;
      if (extras.kind === 'rpc') rpcs.set(contract.name, { contract: extras.contract, handler });
      else if (extras.kind === 'live') live.set(contract.name, { contract: extras.contract, handler });
      else {
        const handlers = byQueue.get(extras.queue) ?? new Map<string, Handled<EventContract>>();
        byQueue.set(extras.queue, handlers.set(contract.name, { contract: extras.contract, handler }));
      }
    }
    this.check(rpcs, byQueue);
    await this.runtime.broker.ready();
    if (this.serves && rpcs.size > 0)
      for (const { contract, handler } of deadLetterHandlers(this.runtime, this.serves))
        if (!rpcs.has(contract.name)) rpcs.set(contract.name, { contract, handler });
    if (this.serves && rpcs.size > 0) this.consumers.push(this.serveRpc(this.serves, rpcs));
    for (const [queue, handlers] of byQueue) {
      this.consumers.push(
        consumeQueue(this.runtime.broker, this.runtime.logger, queue, eventPrefetch, (message, attempt) =>
          this.onEvent(queue, handlers, message, attempt),
        ),
      );
    }
    if (live.size > 0) this.consumers.push(this.listenLive(live));
    await this.started();
  }

  private async started(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`consumers could not be set up within ${startMs} ms`)),
        startMs,
      );
    });
    const all = Promise.all(this.consumers.map((consumer) => consumer.started()));
    await Promise.race([all, late]).finally(() => clearTimeout(timer));
  }

  /** What would otherwise show only as calls without an answer, or as dead letters. */
  private check(
    rpcs: ReadonlyMap<string, Handled<RpcContract>>,
    byQueue: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  ): void {
    for (const { contract } of rpcs.values()) {
      if (ownerOf(contract) !== this.serves)
        throw new Error(
          `${contract.name} has a handler, but this program serves ${this.serves ?? 'no RPCs'}`,
        );
    }
    for (const { queue, events } of allSubscriptions()) {
      const handlers = byQueue.get(queue);
      const missing = handlers && events.find((event) => !handlers.has(event.name));
      if (missing) throw new Error(`${queue} is consumed, but ${missing.name} has no handler`);
    }
  }

  private async onEvent(
    queue: string,
    handlers: ReadonlyMap<string, Handled<EventContract>>,
    message: ConsumeMessage,
    attempt: number,
  ): Promise<void> {
    const name = String(message.properties.type);
    const found = handlers.get(name);
    if (!found) throw new PoisonError(`no handler for ${name}`);
    // By the queue's name when it was tried before, or redriven.
    if (!cameStraight(message, queue, [name, queue]))
      throw new PoisonError('came another way than its sender may use');
    const id = idOf(message);
    // Without it the inbox would take all such messages for one.
    if (!id) throw new PoisonError('no message id');
    await deliver(found, message, { id, name, queue, attempt });
  }

  /** Each replica has a queue of its own that goes away with its connection. */
  private listenLive(handlers: ReadonlyMap<string, Handled<EventContract>>): QueueConsumer {
    const { broker, logger } = this.runtime;
    const opened = broker.open('live events', async (channel) => {
      const { queue } = await channel.assertQueue(ownQueue(this.runtime.program, 'live'), {
        exclusive: true,
        autoDelete: true,
        durable: false,
        arguments: { 'x-max-length': 10_000 },
      });
      for (const name of handlers.keys()) await channel.bindQueue(queue, exchanges.live, name);
      await channel.consume(
        queue,
        (message) => {
          if (!message) {
            channel.emit('error', new Error('consumer of live events was cancelled by RabbitMQ'));
            return;
          }
          const found = handlers.get(String(message.properties.type));
          if (!found || !cameStraight(message, queue, [found.contract.name])) return;
          deliver(found, message, { id: idOf(message), name: found.contract.name, queue, attempt: 1 }).catch(
            (error: unknown) => logger.warn({ err: error }, 'live event dropped'),
          );
        },
        { noAck: true },
      );
    });
    return { started: () => opened.waitForConnect(), drain: () => opened.close() };
  }

  private serveRpc(service: string, rpcs: ReadonlyMap<string, Handled<RpcContract>>): QueueConsumer {
    return consume(this.runtime.broker, this.runtime.logger, {
      purpose: `rpc ${service}`,
      prefetch: rpcPrefetch,
      queue: (channel) => declareRpcQueue(channel, service),
      handle: (channel, message) => this.answer(channel, message, rpcs),
    });
  }

  private async answer(
    channel: ConfirmChannel,
    message: ConsumeMessage,
    rpcs: ReadonlyMap<string, Handled<RpcContract>>,
  ): Promise<void> {
    const name = String(message.properties.type);
    const found = rpcs.get(name);
    if (!cameStraight(message, rpcQueue(this.serves ?? ''), [this.serves])) {
      this.runtime.logger.warn({ rpc: name }, 'a request came another way than its sender may use');
      channel.ack(message);
      return;
    }
    const startedAt = performance.now();
    const { code, body } = await runInContext(newContext(message.properties.headers), () =>
      this.replyTo(name, found, message),
    );
    rpcSeconds.observe({ rpc: found ? name : 'unknown', code }, (performance.now() - startedAt) / 1_000);
    const replyTo: unknown = message.properties.replyTo;
    try {
      if (body && typeof replyTo === 'string')
        this.sendAnswer(channel, replyTo, String(message.properties.correlationId), body);
      channel.ack(message);
    } catch (error) {
      // The channel is gone. The request comes back as redelivered, and is answered as such.
      this.runtime.logger.warn({ err: error, rpc: name }, 'rpc answer was not sent');
    }
  }

  /** Nothing but what has the form of a queue of answers: RabbitMQ ends a channel that publishes what it may not. */
  private sendAnswer(channel: ConfirmChannel, replyTo: string, correlationId: string, body: Buffer): void {
    const options = { correlationId, contentType: 'application/json' };
    if (isAnswerQueue(replyTo)) channel.publish(exchanges.answers, replyTo, body, options);
    else if (replyTo.startsWith(directReplyTo)) void this.sendOlder(replyTo, body, options);
  }

  private async sendOlder(replyTo: string, body: Buffer, options: Options.Publish): Promise<void> {
    if (this.olderWaiting >= rpcPrefetch) return;
    this.olderWaiting++;
    this.older ??= this.runtime.broker.open('answers to older programs', (opened) => {
      this.olderChannel = opened;
      return Promise.resolve();
    });
    await this.older.waitForConnect();
    this.olderWaiting--;
    try {
      this.olderChannel?.publish('', replyTo, body, options);
    } catch (error) {
      // Closed since: by RabbitMQ, where the user may not answer that way.
      this.runtime.logger.warn({ err: error }, 'an answer to an older program was not sent');
    }
  }

  /** Without body: nobody waits any more. */
  private async replyTo(
    name: string,
    found: Handled<RpcContract> | undefined,
    message: ConsumeMessage,
  ): Promise<{ code: string; body?: Buffer }> {
    const { logger } = this.runtime;
    const deadline: unknown = message.properties.headers?.['deadline'];
    const lateMs = typeof deadline === 'number' ? Date.now() - deadline : 0;
    if (lateMs > 0) {
      logger.warn(
        { rpc: name, lateMs },
        'rpc came after its deadline (busy, or clocks differ) and is not run',
      );
      return { code: 'late' };
    }
    try {
      // At most once: the replica that had it died, and nobody knows how far it came.
      if (message.fields.redelivered) throw new DomainError('service.unavailable');
      const run = (): Promise<unknown> => this.run(found, message);
      const answer = await (typeof deadline === 'number' ? endingAt(deadline, run) : run());
      return { code: 'ok', body: encode({ ok: answer }) };
    } catch (error) {
      if (isDatabaseUnavailable(error)) {
        logger.warn({ err: error, rpc: name }, 'rpc has no database');
        return { code: 'service.unavailable', body: encode({ error: { code: 'service.unavailable' } }) };
      }
      if (error instanceof DomainError && error.code !== 'internal') {
        logger.debug({ rpc: name, code: error.code }, 'rpc refused');
        return { code: error.code, body: encode({ error: { code: error.code, details: error.details } }) };
      }
      logger.error({ err: error, rpc: name }, 'rpc failed');
      return { code: 'internal', body: encode({ error: { code: 'internal' } }) };
    }
  }

  private async run(found: Handled<RpcContract> | undefined, message: ConsumeMessage): Promise<unknown> {
    if (!found) throw new DomainError('service.unavailable', { reason: 'unknown rpc' });
    const caller = await this.callerOf(found.contract, message);
    const input = parseDto(found.contract.input, parseJson(message.content), { unknownFields: 'ignore' });
    return invoke(found.handler, input, caller);
  }

  private async callerOf(contract: RpcContract, message: ConsumeMessage): Promise<Caller> {
    const token: unknown = message.properties.headers?.['token'];
    if (contract.access === 'public' && !contract.callers) return anybody;
    if (typeof token !== 'string') throw new DomainError('access.tokenMissing');
    const principal = await this.runtime.authenticator.authenticate(token, ownerOf(contract));
    if (!mayCall(contract, principal)) throw new DomainError('access.denied');
    if (contract.access === 'public') return anybody;
    const client = clientIn(message);
    if (!contract.permission) return { principal, token, reach: undefined, client };
    const reach = reachOf(contract.permission, principal);
    if (!reach) throw new DomainError('access.denied');
    return { principal, token, reach, client };
  }
}

interface Handled<C> {
  readonly contract: C;
  readonly handler: MessageHandler;
}

async function deliver(
  { contract, handler }: Handled<EventContract>,
  message: ConsumeMessage,
  received: Received,
): Promise<void> {
  const payload = parseDto(contract.payload, parseJson(message.content), { unknownFields: 'ignore' });
  await runInContext(newContext(message.properties.headers), () => invoke(handler, payload, received));
}

/** What a public call tells its handler: nobody in particular. */
const anybody: Caller = { principal: undefined, token: undefined, reach: undefined };

/** A program only what names it, a person only what is for people. */
function mayCall({ access, callers = [] }: RpcContract, principal: Principal): boolean {
  return principal.kind === 'service' ? callers.includes(principal.service) : access === 'user';
}

/** Undefined for none, and for anything that is not of its form: nobody is refused for where they sit. */
function clientIn(message: ConsumeMessage): ClientDto | undefined {
  const given = message.properties.headers?.['client'] as
    Partial<Record<keyof ClientDto, unknown>> | undefined;
  const { address, device } = given ?? {};
  if (typeof address !== 'string' || typeof device !== 'string') return undefined;
  return { address: address.slice(0, 64), device: device.slice(0, 300) };
}

function encode(reply: RpcReply): Buffer {
  return Buffer.from(JSON.stringify(reply));
}

/** What the handler returns; throws what it throws. */
async function invoke(handler: MessageHandler, data: object, context: Caller | Received): Promise<unknown> {
  const produced: unknown = await handler(data, context);
  // What `guarded` made; an Observable only where Nest itself failed before the handler (a guard, a pipe).
  const result = (isObservable(produced) ? await lastValueFrom(produced) : produced) as HandlerResult;
  if ('failed' in result) throw result.failed;
  return result.ok;
}
