import { randomUUID } from 'node:crypto';
import { DomainError, isErrorCode, ownerOf, parseAnswer } from '@peyk/contracts';
import type { ErrorDetails, RpcContract } from '@peyk/contracts';
import type { ClientDto } from '@peyk/contracts/identity';
import { contextHeaders, counter, currentContext, newContext } from '@peyk/platform';
import type { Logger } from '@peyk/platform';
import type { Broker } from './broker';
import { exchanges } from './topology';

/**
 * Whose authority a call carries: a user's access token, the calling service's own, or no person's (public calls: only
 * which program asks). `client` is
 * where the person sits, for the audit.
 */
export type CallAs = { readonly token: string; readonly client?: ClientDto } | 'service' | 'nobody';

export interface RpcReply {
  readonly ok?: unknown;
  readonly error?: { readonly code: string; readonly details?: ErrorDetails };
}

const maxWaiting = 5_000;

const leftOutRows = counter('rpc_rows_left_out_total', 'Rows of lists that broke their own contract', [
  'rpc',
]);

interface Waiting {
  readonly resolve: (reply: RpcReply) => void;
  readonly reject: (error: DomainError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Request and reply. Each call has a deadline and never hangs: no broker, no running
 * service, no answer in time are all `service.unavailable`.
 */
export class RpcClient {
  private readonly waiting = new Map<string, Waiting>();
  /** Where answers to this process come, while there is a connection. */
  answerQueue: string | undefined;

  constructor(
    private readonly broker: Broker,
    private readonly serviceToken: (owner: string) => string,
    private readonly logger: Logger,
  ) {}

  /** A reply arrived in the queue of answers. */
  onReply(correlationId: string, body: Buffer): void {
    const entry = this.waiting.get(correlationId);
    if (!entry) return;
    this.waiting.delete(correlationId);
    clearTimeout(entry.timer);
    try {
      entry.resolve(JSON.parse(body.toString()) as RpcReply);
    } catch (error) {
      entry.reject(new DomainError('internal', undefined, error));
    }
  }

  /** The request came back: no queue for the service, or its queue is full. */
  onReturned(correlationId: string): void {
    this.fail(correlationId, new Error('the service does not run, or its queue is full'));
  }

  onConnectionLost(): void {
    for (const id of [...this.waiting.keys()]) this.fail(id, new Error('connection lost'));
  }

  async call<I extends object, O extends object>(
    contract: RpcContract<I, O>,
    input: I,
    as: CallAs,
  ): Promise<O> {
    if (this.waiting.size >= maxWaiting)
      throw new DomainError('service.unavailable', undefined, new Error('too many calls wait'));
    const id = randomUUID();
    const service = ownerOf(contract);
    const body = Buffer.from(JSON.stringify(input));
    // A public call says which program asks, too: some are for some programs only.
    const token = typeof as === 'object' ? as.token : this.tokenFor(contract, as);
    const context = newContext(contextHeaders(currentContext() ?? newContext()));
    const reply = await new Promise<RpcReply>((resolve, reject) => {
      const timer = setTimeout(
        () => this.fail(id, new Error(`${contract.name}: no answer within ${contract.deadlineMs} ms`)),
        contract.deadlineMs,
      );
      this.waiting.set(id, { resolve, reject, timer });
      try {
        this.broker.publishTransient(exchanges.rpc, service, body, {
          correlationId: id,
          messageId: id,
          mandatory: true,
          replyTo: this.answerQueue,
          expirationMs: contract.deadlineMs,
          type: contract.name,
          headers: {
            ...contextHeaders(context),
            ...(token ? { token } : {}),
            ...(typeof as === 'object' && as.client ? { client: as.client } : {}),
            deadline: Date.now() + contract.deadlineMs,
          },
        });
      } catch (error) {
        this.fail(id, error);
      }
    });
    if (reply.error) {
      const { code, details } = reply.error;
      throw new DomainError(isErrorCode(code) ? code : 'internal', details);
    }
    try {
      return parseAnswer(contract, reply.ok, ({ field, rows, why }) => {
        leftOutRows.inc({ rpc: contract.name }, rows);
        this.logger.error({ rpc: contract.name, field, rows, why }, 'rows of a list broke their contract');
      });
    } catch (error) {
      // The other side's fault: the caller's own input was right.
      throw new DomainError('internal', undefined, error);
    }
  }

  private tokenFor(contract: RpcContract, as: 'service' | 'nobody'): string | undefined {
    if (as === 'nobody' && contract.access !== 'public') return undefined;
    return this.serviceToken(ownerOf(contract));
  }

  private fail(id: string, cause: unknown): void {
    const entry = this.waiting.get(id);
    if (!entry) return;
    this.waiting.delete(id);
    clearTimeout(entry.timer);
    entry.reject(new DomainError('service.unavailable', undefined, cause));
  }
}
