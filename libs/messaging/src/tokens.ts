import type { Logger } from '@peyk/platform';
import type { Authenticator } from './auth';
import type { Broker } from './broker';
import type { DeadLetters } from './dead-letters';
import type { RpcClient } from './rpc-client';

/** Injection token of the one broker connection of a program, with what stands on it. */
export const MESSAGING = Symbol('peyk messaging');

export interface MessagingRuntime {
  readonly service: string;
  /** The program that it is, by its key: the same in its commands. Its queues bear this name. */
  readonly program: string;
  readonly logger: Logger;
  readonly broker: Broker;
  readonly rpc: RpcClient;
  readonly authenticator: Authenticator;
  /** A connection of its own, to look at dead letters. Throws when the broker is away. */
  readonly deadLetters: () => Promise<DeadLetters>;
}
