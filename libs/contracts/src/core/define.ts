import type { ErrorCode } from '../errors';
import type { DtoClass } from './fields';
import { permissionOf } from '../permissions';
import type { Permission } from './permission';

/**
 * Who may call an RPC.
 * - `public`: no person needs to be known (sign-in, keys).
 * - `user`: a signed access token travels with the call; the owning service checks the rule (`permission`) and ownership
 *   itself.
 * - `service`: only the programs that `callers` names, each with its signed identity.
 */
export type RpcAccess = 'public' | 'user' | 'service';

export interface RpcContract<I extends object = object, O extends object = object> {
  readonly kind: 'rpc';
  /** `<service>.<noun>.<verb>`; the first segment names the owner and its queue. */
  readonly name: string;
  readonly input: DtoClass<I>;
  readonly output: DtoClass<O>;
  readonly access: RpcAccess;
  /** Of an RPC whose access is `user`: its line of the permission table. */
  readonly permission?: Permission;
  /**
   * Programs that may call it in their own name: of `service` and `public` contracts, and of a rule with `services`. The
   * owner checks it. Empty: none yet. Absent of a public one: any program.
   */
  readonly callers?: readonly string[];
  /** What the caller gets, in one sentence. */
  readonly does: string;
  /** Codes that this call may answer besides input.invalid, access.*, service.unavailable and internal. */
  readonly errors: readonly ErrorCode[];
  /** The caller waits at most so long; then it sees service.unavailable. */
  readonly deadlineMs: number;
}

export interface EventContract<P extends object = object> {
  readonly kind: 'event';
  /** `<service>.<noun>.<past-verb>`: the routing key on the topic exchange. */
  readonly name: string;
  readonly version: number;
  readonly payload: DtoClass<P>;
  /** When it is sent, in one sentence. */
  readonly when: string;
}

/** A message on a work queue: between two programs that know each other, not for subscribers. */
export interface WorkContract<P extends object = object> {
  readonly kind: 'work';
  readonly name: string;
  readonly payload: DtoClass<P>;
  /** Programs that send it. */
  readonly from: readonly string[];
  /** Queue that it goes to: `sms-gateway.outcomes`, or those of sessions, `sms-dispatch-worker.session`. */
  readonly to: string;
  readonly does: string;
}

export function defineRpc<I extends object, O extends object, const N extends string>(
  contract: Omit<RpcContract<I, O>, 'kind' | 'name' | 'deadlineMs'> & { name: N; deadlineMs?: number },
): RpcContract<I, O> & { readonly name: N } {
  const permission = contract.permission ?? permissionOf(contract.name);
  if ((contract.access === 'user') !== (permission !== undefined))
    throw new Error(`contract ${contract.name}: access and the permission table disagree`);
  const forPrograms = contract.access === 'service' || permission?.services === true;
  if (forPrograms ? !contract.callers : contract.access === 'user' && contract.callers)
    throw new Error(`contract ${contract.name}: access and callers disagree`);
  const full: RpcContract<I, O> & { readonly name: N } = {
    deadlineMs: 5_000,
    ...contract,
    permission,
    kind: 'rpc',
  };
  return full;
}

export function defineEvent<P extends object, const N extends string>(
  contract: Omit<EventContract<P>, 'kind' | 'name'> & { name: N },
): EventContract<P> & { readonly name: N } {
  const full: EventContract<P> & { readonly name: N } = { ...contract, kind: 'event' };
  return full;
}

export function defineWork<P extends object>(contract: Omit<WorkContract<P>, 'kind'>): WorkContract<P> {
  const full: WorkContract<P> = { ...contract, kind: 'work' };
  return full;
}

/** The service that owns a contract: its first name segment. */
export function ownerOf(contract: { readonly name: string }): string {
  return contract.name.slice(0, contract.name.indexOf('.'));
}

/** The RPCs of a room by noun and verb. A map that says another path than the contract's name does not compile. */
export function rpcsOf<
  const Room extends string,
  Nouns extends {
    [N in keyof Nouns]: { [V in keyof Nouns[N]]: { name: `${Room}.${N & string}.${V & string}` } };
  },
>(room: Room, nouns: Nouns): Nouns {
  void room;
  return nouns;
}

/** The events of a room. One whose name begins with another word, so that nobody owns it, does not compile. */
export type EventsOf<Room extends string> = Readonly<
  Record<string, { readonly kind: 'event'; readonly name: `${Room}.${string}.${string}` }>
>;
