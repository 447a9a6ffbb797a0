import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidInput } from '../operator/settings';
import { Faults } from './faults';
import { OPERATIONS, Order, Orders } from './order';
import type { Operation, OrderRequest } from './order';

export const BANK_NAMES = ['mellat', 'zarinpal'] as const;
export type BankName = (typeof BANK_NAMES)[number];

/** What the payer does on the bank's page. */
export const OUTCOMES = ['pay', 'cancel', 'insufficient', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How the payer's browser goes back to the merchant. `url` of a GET holds the fields. */
export interface Callback {
  method: 'POST' | 'GET';
  url: string;
  fields: Record<string, string>;
}

/** What became of a callback that the bank itself sent: the merchant's status and where it leads on, or why it failed. */
export type Delivery = { status: number; location: string | null } | { error: string };

/** What follows when a payer is done. */
export interface Departure {
  /** What the browser is to do; null: it never comes back. */
  callback: Callback | null;
  /** Of `callback`, at the same time, the browser's among them. */
  copies: number;
  /** The bank sends it itself first. */
  early: boolean;
}

export interface BankRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
/** The connection closes without an answer. */
export const CUT = Symbol('cut');

/** Now, ms since the epoch, as both banks see it: tests move it on instead of waiting 20 minutes. */
export class BankClock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  advance(ms: number): void {
    this.ahead += ms;
  }

  reset(): void {
    this.ahead = 0;
  }
}

export interface BankTerms {
  /** A payment that nobody verifies goes back to the payer after this; null: never. */
  verifyWithinMs: number | null;
  /** What is verified counts as settled after this; null: never. */
  settledAfterMs: number | null;
  /** Host names that callbacks may go to, with their subdomains. */
  domains: readonly string[];
}

const DELIVERY_TIMEOUT_MS = 10_000;

/** What both banks have in common: orders, their clock, what payers do, faults. The protocol is the subclass's. */
export abstract class Bank {
  abstract readonly name: BankName;
  readonly orders = new Orders();
  readonly faults = new Faults();
  readonly calls = Object.fromEntries(OPERATIONS.map((operation) => [operation, 0])) as Record<
    Operation,
    number
  >;
  private readonly stopping = new AbortController();
  private readonly sending = new Set<Promise<unknown>>();
  private nextSaleReference = 127_926_981_246n;

  protected constructor(
    protected readonly terms: BankTerms,
    protected readonly clock: BankClock,
  ) {}

  /** Answers a request of a browser or of the merchant's program. */
  abstract handle(request: BankRequest): Promise<Answer | typeof CUT>;

  /** The way back for an order in its present state. `changed`: what a fault forges. */
  protected abstract callbackOf(order: Order, changed: { reference?: string; amount?: number }): Callback;

  /** The bank's code for an order that was not paid. */
  protected abstract refusalOf(outcome: Exclude<Outcome, 'pay'>): string;

  /** The order as it is now, after what time alone does to it. */
  find(name: string): Order | undefined {
    const order = this.orders.find(name);
    if (order) this.lapse(order);
    return order;
  }

  list(): Order[] {
    const orders = this.orders.all();
    for (const order of orders) this.lapse(order);
    return orders;
  }

  /** The payer is done with the page. Throws InvalidInput when the order is no longer open. */
  finish(order: Order, outcome: Outcome): Departure {
    const event = outcome === 'pay' ? 'pay' : 'refuse';
    if (!order.can(event))
      throw new InvalidInput(`order ${order.request.id} is ${order.state}: cannot ${event}`);
    const fault = this.faults.onCallback();
    order.move(event, this.clock.now());
    if (outcome === 'pay') {
      order.paidAmount = fault?.kind === 'paidAmount' ? fault.amount : order.request.amount;
      order.saleReference = String(this.nextSaleReference++);
    } else {
      order.refusal = this.refusalOf(outcome);
    }
    const callback = this.callbackOf(order, {
      ...(fault?.kind === 'callbackAmount' && { amount: fault.amount }),
      ...(fault?.kind === 'foreignReference' && { reference: fault.reference ?? this.otherThan(order) }),
    });
    return {
      callback: fault?.kind === 'noCallback' ? null : callback,
      copies: fault?.kind === 'repeatCallback' ? fault.copies : 1,
      early: fault?.kind === 'earlyCallback',
    };
  }

  /** Sends a callback as the payer's browser would, without following where it leads. */
  async deliver(order: Order, callback: Callback): Promise<Delivery> {
    order.callbacks += 1;
    const sending = fetch(callback.url, {
      method: callback.method,
      ...(callback.method === 'POST' && { body: new URLSearchParams(callback.fields) }),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(DELIVERY_TIMEOUT_MS), this.stopping.signal]),
    }).then(
      async (response): Promise<Delivery> => {
        await response.body?.cancel();
        return { status: response.status, location: response.headers.get('location') };
      },
      (error: unknown): Delivery => ({ error: String(error) }),
    );
    this.sending.add(sending);
    try {
      return await sending;
    } finally {
      this.sending.delete(sending);
    }
  }

  /** Forgets orders, faults and counters. */
  reset(): void {
    this.orders.clear();
    this.faults.clear();
    for (const operation of OPERATIONS) this.calls[operation] = 0;
  }

  /** Ends waits and deliveries; the bank is of no use afterwards. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.sending);
  }

  /**
   * One request of the merchant's program, with the fault it meets. `act` does it and answers, `say` puts a code of the
   * bank into the form of an answer.
   */
  protected async perform(
    operation: Operation,
    orderName: string | undefined,
    act: () => Answer,
    say: (code: string) => Answer,
  ): Promise<Answer | typeof CUT> {
    this.calls[operation] += 1;
    const order = orderName === undefined ? undefined : this.find(orderName);
    if (order) order.calls[operation] = (order.calls[operation] ?? 0) + 1;
    const fault = this.faults.onCall(operation);
    switch (fault?.kind) {
      case 'slow':
        await this.wait(fault.ms);
        return act();
      case 'late': {
        const answer = act();
        await this.wait(fault.ms);
        return answer;
      }
      case 'cut':
        act();
        return CUT;
      case 'drop':
        return CUT;
      case 'answer':
        if (fault.effect) act();
        return say(fault.code);
      case 'unavailable':
        return html('<h1>503 Service Unavailable</h1>', 503);
      default:
        return act();
    }
  }

  /** Remembers what the merchant asked for. */
  protected open(request: OrderRequest): Order {
    const order = new Order(request, this.clock.now());
    this.orders.add(order);
    return order;
  }

  /** The payer's choice on the page, with what the bank itself sends of it. Null where the browser is to stay. */
  protected async depart(order: Order, outcome: Outcome): Promise<Callback | null> {
    const { callback, copies, early } = this.finish(order, outcome);
    if (!callback) return null;
    if (early) await this.deliver(order, callback);
    // Not waited for: the browser's copy has to arrive at the same time.
    for (let copy = 1; copy < copies; copy++) void this.deliver(order, callback);
    return callback;
  }

  protected isRegistered(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname } = new URL(url);
    return (
      ['http:', 'https:'].includes(protocol) &&
      this.terms.domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
    );
  }

  private lapse(order: Order): void {
    const { verifyWithinMs, settledAfterMs } = this.terms;
    const { paid, verified } = order.at;
    const now = this.clock.now();
    const over = (since: number | undefined, ms: number | null): since is number =>
      since !== undefined && ms !== null && now >= since + ms;
    if (order.state === 'paid' && over(paid, verifyWithinMs)) order.move('reverse', now);
    if (order.state === 'verified' && over(verified, settledAfterMs)) order.move('settle', now);
  }

  private otherThan(order: Order): string {
    const other = this.orders.all().findLast((candidate) => candidate !== order);
    return other?.request.reference ?? order.request.reference.split('').toReversed().join('');
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

export function html(body: string, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}
