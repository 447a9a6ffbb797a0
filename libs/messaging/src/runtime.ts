import { randomUUID } from 'node:crypto';
import { EmptyDto, identityRpc, parseDto } from '@peyk/contracts';
import type { EventContract, WorkContract } from '@peyk/contracts';
import { createLogger } from '@peyk/platform';
import { Authenticator } from './auth';
import { Broker } from './broker';
import { RpcClient } from './rpc-client';
import type { MessagingRuntime } from './tokens';
import { declareTopology, exchanges } from './topology';

export interface MessagingOptions {
  /** Name of the program, e.g. `sms-gateway`. */
  readonly service: string;
  readonly rabbitmqUrl: string;
  readonly serviceSecret: string;
}

const unknownKeyPauseMs = 5_000;

/** Connects in the background; `broker.ready()` waits for it. */
export function createMessaging(options: MessagingOptions): MessagingRuntime {
  const logger = createLogger(options.service);
  let rpc: RpcClient | undefined = undefined;
  const broker = new Broker(options.rabbitmqUrl, options.service, logger, {
    setup: async (channel) => {
      await declareTopology(channel);
      await channel.consume(
        'amq.rabbitmq.reply-to',
        (message) => {
          if (message) rpc?.onReply(String(message.properties.correlationId), message.content);
        },
        { noAck: true },
      );
    },
    returned: (messageId) => rpc?.onReturned(messageId),
    lost: () => rpc?.onConnectionLost(),
  });
  const client: RpcClient = new RpcClient(broker, () => authenticator.serviceToken());
  rpc = client;

  // Identity's public keys, asked for when a token names one that is not known yet; a made-up key id costs one call
  // in five seconds at most.
  const keys = new Map<string, string>();
  let askedAtMs = 0;
  let asking: Promise<void> | undefined;
  const authenticator = new Authenticator(options.service, options.serviceSecret, async (kid) => {
    if (!keys.has(kid) && (asking || Date.now() - askedAtMs > unknownKeyPauseMs)) {
      asking ??= client
        .call(identityRpc.keys, new EmptyDto(), 'nobody')
        .then((answer) => {
          keys.clear();
          for (const key of answer.keys) keys.set(key.kid, key.publicKey);
          askedAtMs = Date.now();
        })
        .finally(() => {
          asking = undefined;
        });
      await asking;
    }
    return keys.get(kid);
  });
  return { service: options.service, logger, broker, rpc: client, authenticator };
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
  });
}

/** Work straight to a queue, confirmed and mandatory. */
export function publishWork<P extends object>(
  runtime: MessagingRuntime,
  contract: WorkContract<P>,
  queue: string,
  payload: P,
  target: 'durable' | 'session' = 'durable',
): Promise<void> {
  return runtime.broker.publish({
    exchange: target === 'durable' ? exchanges.work : '',
    routingKey: queue,
    type: contract.name,
    messageId: randomUUID(),
    body: Buffer.from(JSON.stringify(payload)),
  });
}

/** Reads a work message. Throws input.invalid. */
export function readWork<P extends object>(contract: WorkContract<P>, body: Buffer): P {
  return parseDto(contract.payload, JSON.parse(body.toString()), { unknownFields: 'ignore' });
}
