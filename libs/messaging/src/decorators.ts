import { Ctx, EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { DomainError } from '@peyk/contracts';
import type { EventContract, Principal, Reach, RpcContract, Subscription } from '@peyk/contracts';
import type { ClientDto } from '@peyk/contracts/identity';

/** Who called an RPC, verified. `token` lets the handler ask another service in the caller's name. */
export interface Caller {
  readonly principal: Principal | undefined;
  readonly token: string | undefined;
  /** How far the permission table lets the caller reach; undefined where the contract's access is not `user`. */
  readonly reach: Reach | undefined;
  /** Where the person who calls sits, as the gateway saw it; undefined for a program, and for whoever did not say. */
  readonly client?: ClientDto;
}

/** The account of the person, or of the API key, that calls. Throws access.denied when a program calls in its own name. */
export function accountOf({ principal }: Caller): string {
  if (principal?.kind !== 'user') throw new DomainError('access.denied');
  return principal.accountId;
}

/** An event or work message as it arrived. `id` is the same in each repetition. */
export interface Received {
  readonly id: string;
  readonly name: string;
  readonly queue: string;
  /** 1 for the first delivery. */
  readonly attempt: number;
}

export type HandlerResult = { readonly ok: unknown } | { readonly failed: unknown };

/** What a handler's decorator tells the transport. */
export type HandlerExtras =
  | { readonly kind: 'rpc'; readonly contract: RpcContract }
  | { readonly kind: 'event'; readonly contract: EventContract; readonly queue: string }
  | { readonly kind: 'live'; readonly contract: EventContract };

interface LooseExtras {
  readonly kind: HandlerExtras['kind'];
  readonly contract: object;
  readonly queue?: string;
}
const extras = (of: LooseExtras): Record<string, unknown> => ({ ...of });

/** Keeps errors as they are: Nest's own RPC layer would turn every unknown one into "Internal server error". */
function guarded<F extends (...args: never[]) => Promise<unknown>>(
  descriptor: TypedPropertyDescriptor<F>,
): void {
  const original = descriptor.value as unknown as (...args: unknown[]) => Promise<unknown>;
  const wrapped = async function (this: unknown, ...args: unknown[]): Promise<HandlerResult> {
    try {
      return { ok: await original.apply(this, args) };
    } catch (error) {
      return { failed: error };
    }
  };
  descriptor.value = wrapped as unknown as F;
}

/** Without this Nest hands over the first argument only. */
function takesBoth(target: object, key: string | symbol): void {
  Payload()(target, key, 0);
  Ctx()(target, key, 1);
}

/** Answers an RPC of this service: `(input, caller) => Promise<output>`, types taken from the contract. */
export function HandleRpc<I extends object, O extends object>(contract: RpcContract<I, O>) {
  return <F extends (input: I, caller: Caller) => Promise<O>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    guarded(descriptor);
    takesBoth(target, key);
    MessagePattern(contract.name, extras({ kind: 'rpc', contract }))(target, key, descriptor);
  };
}

type EventOf<S> = S extends { readonly events: readonly (infer E)[] } ? E : never;

/**
 * Handles an event from one of the subscriptions: `(payload, received) => Promise<void>`. The message is acknowledged
 * when the promise resolves; put the effect and `inbox.once` in one transaction.
 */
export function HandleEvent<
  S extends Pick<Subscription, 'queue'> & { readonly events: readonly unknown[] },
  P extends object,
>(subscription: S, contract: EventContract<P> & EventOf<S>) {
  return <F extends (payload: P, received: Received) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    guarded(descriptor);
    takesBoth(target, key);
    EventPattern<string>(
      `${subscription.queue}|${contract.name}`,
      extras({ kind: 'event', contract, queue: subscription.queue }),
    )(target, key, descriptor);
  };
}

/** Handles a live event (not stored, not repeated): each replica of the program gets it. */
export function HandleLive<P extends object>(contract: EventContract<P>) {
  return <F extends (payload: P, received: Received) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    guarded(descriptor);
    takesBoth(target, key);
    EventPattern<string>(`live|${contract.name}`, extras({ kind: 'live', contract }))(
      target,
      key,
      descriptor,
    );
  };
}
