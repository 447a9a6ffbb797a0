import { randomUUID } from 'node:crypto';
import { EmptyDto, parseDto } from '@peyk/contracts';
import { identityAccessRpc, identityKeysRpc } from '@peyk/contracts/identity';
import type { EventContract, WorkContract } from '@peyk/contracts';
import { contextHeaders, createLogger, currentContext, ServiceKeys } from '@peyk/platform';
import type { LogLevelName } from '@peyk/platform';
import type { Channel } from 'amqplib';
import { Authenticator } from './auth';
import type { KeySource } from './auth';
import { Broker } from './broker';
import { DeadLetters } from './dead-letters';
import { parseJson } from './json';
import { cameStraight } from './provenance';
import { Revocations } from './revocations';
import type { RevocationSource } from './revocations';
import { RpcClient } from './rpc-client';
import type { MessagingRuntime } from './tokens';
import { ensureTopology, exchanges, ownQueue } from './topology';

export interface MessagingOptions {
  /** Name of the program, e.g. `sms-gateway`. */
  readonly service: string;
  readonly rabbitmqUrl: string;
  /** `info` unless said otherwise. */
  readonly logLevel?: LogLevelName;
  /** SERVICE_KEY: signs what this program asks of others. */
  readonly serviceKey: string;
  /** SERVICE_PUBLIC_KEYS: whom it believes. */
  readonly servicePublicKeys: string;
  /** Where keys of user tokens come from; identity is asked by RPC unless this says otherwise. */
  readonly keyOf?: KeySource;
  /** Where refused tokens are asked for; identity by RPC unless this or `keyOf` is given. */
  readonly revocations?: RevocationSource;
}

const unknownKeyPauseMs = 5_000;
/** A retired key is not trusted much longer than identity publishes it. */
const keysAgeMaxMs = 10 * 60_000;

/** Connects in the background; `broker.ready()` waits for it. */
export function createMessaging(options: MessagingOptions): MessagingRuntime {
  const logger = createLogger(options.service, { level: options.logLevel });
  const serviceKeys = new ServiceKeys(options.serviceKey, options.servicePublicKeys);
  const { program } = serviceKeys;
  const broker: Broker = new Broker(options.rabbitmqUrl, options.service, logger, {
    setup: async (channel, another) => {
      await ensureTopology(channel, another);
      rpc.answerQueue = await takeAnswers(channel, program, (id, body) => rpc.onReply(id, body));
    },
    returned: (messageId) => rpc.onReturned(messageId),
    lost: () => rpc.onConnectionLost(),
  });
  const rpc: RpcClient = new RpcClient(broker, (owner) => authenticator.serviceToken(owner), logger);
  const keyOf = options.keyOf ?? keysOfIdentity(rpc);
  const ofIdentity: RevocationSource = () =>
    rpc.call(identityAccessRpc.revocations, new EmptyDto(), 'service');
  const none: RevocationSource = () => Promise.resolve({ accountIds: [], stamps: [], sessionIds: [] });
  const revocations = new Revocations(
    broker,
    logger,
    program,
    options.revocations ?? (options.keyOf ? none : ofIdentity),
  );
  const authenticator = new Authenticator(serviceKeys, keyOf, revocations);
  return {
    service: options.service,
    program,
    logger,
    broker,
    rpc,
    authenticator,
    deadLetters: () => DeadLetters.connect(options.rabbitmqUrl),
  };
}

/**
 * A queue of this process for answers. RabbitMQ's own direct reply-to would have who answers publish to the default
 * exchange, and whoever may do that may write to every queue. @returns its name
 */
async function takeAnswers(
  channel: Channel,
  program: string,
  take: (correlationId: string, body: Buffer) => void,
): Promise<string> {
  const queue = ownQueue(program, 'answers');
  await channel.assertQueue(queue, { exclusive: true, autoDelete: true, durable: false });
  await channel.bindQueue(queue, exchanges.answers, queue);
  await channel.consume(
    queue,
    (message) => {
      if (message) {
        if (cameStraight(message, queue, [queue]))
          take(String(message.properties.correlationId), message.content);
      } else channel.emit('error', new Error('the consumer of answers was cancelled by RabbitMQ'));
    },
    { noAck: true },
  );
  return queue;
}

/**
 * Identity's public keys, asked for when a token names one that is not known yet; a made-up key id costs one call in
 * five seconds at most.
 */
function keysOfIdentity(rpc: RpcClient): KeySource {
  let keys: ReadonlyMap<string, string> = new Map();
  let askedAtMs = 0;
  let asking: Promise<void> | undefined;
  const ask = async (): Promise<void> => {
    const answer = await rpc.call(identityKeysRpc.list, new EmptyDto(), 'nobody');
    keys = new Map(answer.keys.map((key) => [key.kid, key.publicKey]));
    askedAtMs = Date.now();
  };
  return async (kid) => {
    const ageMs = Date.now() - askedAtMs;
    if (asking || ageMs > keysAgeMaxMs || (!keys.has(kid) && ageMs > unknownKeyPauseMs)) {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      // A key that is known is good while identity is away.
      await asking.catch((error: unknown) => {
        if (!keys.has(kid)) throw error;
      });
    }
    return keys.get(kid);
  };
}

/** A live event: to all who listen now; lost when the broker is away. */
export function publishLive<P extends object>(
  runtime: MessagingRuntime,
  contract: EventContract<P>,
  payload: P,
): void {
  if (!runtime.broker.connected) return;
  runtime.broker.publishTransient(exchanges.live, contract.name, Buffer.from(JSON.stringify(payload)), {
    type: contract.name,
    messageId: randomUUID(),
    headers: headersOfNow(),
  });
}

/** Work straight to a queue, confirmed and mandatory. Throws what `Broker.publish` throws. */
export function publishWork<P extends object>(
  runtime: MessagingRuntime,
  contract: WorkContract<P>,
  queue: string,
  payload: P,
): Promise<void> {
  return runtime.broker.publish({
    exchange: exchanges.work,
    routingKey: queue,
    type: contract.name,
    messageId: randomUUID(),
    headers: headersOfNow(),
    body: Buffer.from(JSON.stringify(payload)),
  });
}

/** Reads a work message. Throws input.invalid. */
export function readWork<P extends object>(contract: WorkContract<P>, body: Buffer): P {
  return parseDto(contract.payload, parseJson(body), { unknownFields: 'ignore' });
}

function headersOfNow(): Record<string, string> | undefined {
  const context = currentContext();
  return context && contextHeaders(context);
}
