import 'reflect-metadata';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import type { ControlRoutes } from '../operator/http-face';
import { InvalidInput, parse } from '../operator/settings';
import { BANK_NAMES, OUTCOMES } from './bank';
import type { Bank, BankClock, BankName, Callback, Delivery, Outcome } from './bank';
import type { BankServer } from './bank-server';
import { FAULT_KINDS } from './faults';
import type { Fault, FaultKind } from './faults';
import { OPERATIONS, ORDER_STATES } from './order';
import type { Operation, Order, OrderState } from './order';

const PAGE_MAX = 1_000;
const DAY_MS = 86_400_000;

export interface BankAddresses {
  mellat: { wsdlUrl: string; startUrl: string };
  /** `startUrl`: the authority comes after it. */
  zarinpal: { baseUrl: string; requestUrl: string; startUrl: string };
}

/** An order as `GET /banks/orders` tells it. Amounts in Rial, times in ms since the epoch by the banks' clock. */
export interface OrderView {
  bank: BankName;
  /** Behpardakht: the merchant's orderId; Zarinpal: the authority. */
  id: string;
  /** RefId; authority. */
  reference: string;
  state: OrderState;
  amount: number;
  paidAmount: number | null;
  currency: 'IRR' | 'IRT';
  /** SaleReferenceId; ref_id. */
  saleReference: string | null;
  refusal: string | null;
  callbackUrl: string;
  description: string;
  at: Partial<Record<OrderState, number>>;
  /** Requests of the merchant's program about it, answered or not. */
  calls: Partial<Record<Operation, number>>;
  /** Callbacks that the bank itself sent. */
  callbacks: number;
}

export interface OrdersPage {
  total: number;
  /** Newest first. */
  items: OrderView[];
}

export interface BankState {
  isUp: boolean;
  orders: number;
  /** All requests by operation, also those about no order. */
  calls: Record<Operation, number>;
  faults: readonly Fault[];
}

/** `POST /banks/pay`: what the payer's browser would do next, and what the bank itself has sent. */
export interface Payment {
  order: OrderView;
  callback: Callback | null;
  copies: number;
  deliveries: Delivery[];
}

class FaultRequest {
  @IsIn(BANK_NAMES) bank!: BankName;
  @IsIn(FAULT_KINDS) kind!: FaultKind;
  /** Absent: every one. */
  @IsOptional() @IsIn(OPERATIONS) operation?: Operation;
  /** Absent: until the faults are taken away. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000) count?: number;
  @IsOptional() @IsInt() @Min(0) @Max(120_000) ms?: number;
  @ValidateIf(({ kind, code }: FaultRequest) => kind === 'answer' || code !== undefined)
  @Matches(/^-?\d{1,4}$/)
  code?: string;
  @IsOptional() @IsBoolean() effect?: boolean;
  @IsOptional() @IsInt() @Min(2) @Max(100) copies?: number;
  /** Rial. */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000_000_000) amount?: number;
  @IsOptional() @IsString() @Length(1, 100) reference?: string;
}

class PayRequest {
  @IsIn(BANK_NAMES) bank!: BankName;
  /** The order's id or its reference. */
  @IsString() @Length(1, 100) order!: string;
  @IsOptional() @IsIn(OUTCOMES) outcome?: Outcome;
  /** The bank sends the callback itself, in as many copies as a fault wants. */
  @IsOptional() @IsBoolean() deliver?: boolean;
}

class LineRequest {
  @IsIn(BANK_NAMES) bank!: BankName;
  @IsBoolean() up!: boolean;
}

class ClockRequest {
  @IsInt() @Min(0) @Max(366 * DAY_MS) ms!: number;
}

/** How a test or a person at the keyboard pays without a browser, breaks the banks, and reads what they know. */
export function bankRoutes(
  servers: Readonly<Record<BankName, BankServer>>,
  clock: BankClock,
  addresses: BankAddresses,
): ControlRoutes {
  const stateOf = (name: BankName): BankState => {
    const { isUp, bank } = servers[name];
    return { isUp, orders: bank.orders.size, calls: bank.calls, faults: bank.faults.waiting() };
  };
  return {
    'GET /banks': () => ({
      now: clock.now(),
      mellat: { ...addresses.mellat, ...stateOf('mellat') },
      zarinpal: { ...addresses.zarinpal, ...stateOf('zarinpal') },
    }),
    'GET /banks/orders': ({ query }) => findOrders(servers, query),
    'POST /banks/pay': async ({ body }): Promise<Payment> => {
      const { bank: name, order: id, outcome = 'pay', deliver = false } = parse(PayRequest, body);
      const { bank } = servers[name];
      const order = bank.find(id);
      if (!order) throw new InvalidInput(`${name} has no order ${id}`);
      const { callback, copies, early } = bank.finish(order, outcome);
      const deliveries: Delivery[] = [];
      if (callback && early) deliveries.push(await bank.deliver(order, callback));
      if (callback && deliver) {
        const all = Array.from({ length: copies }, () => bank.deliver(order, callback));
        deliveries.push(...(await Promise.all(all)));
      }
      return { order: view(bank, order), callback, copies, deliveries };
    },
    'POST /banks/faults': ({ body }) => {
      const { bank, kind, operation, count, ms, code, effect, copies, amount, reference } = parse(
        FaultRequest,
        body,
      );
      servers[bank].bank.faults.put({
        kind,
        operation: operation ?? null,
        count: count ?? null,
        ms: ms ?? 0,
        code: code ?? '',
        effect: effect ?? false,
        copies: copies ?? 2,
        amount: amount ?? 1_000,
        reference: reference ?? null,
      });
      return { faults: stateOf(bank).faults };
    },
    'DELETE /banks/faults': ({ query }) => {
      const name = bankIn(query);
      for (const bank of BANK_NAMES) if (name === null || name === bank) servers[bank].bank.faults.clear();
      return { faults: [] };
    },
    'PUT /banks/line': async ({ body }) => {
      const { bank, up } = parse(LineRequest, body);
      await (up ? servers[bank].up() : servers[bank].down());
      return { isUp: servers[bank].isUp };
    },
    'POST /banks/clock': ({ body }) => {
      clock.advance(parse(ClockRequest, body).ms);
      return { now: clock.now() };
    },
    'POST /banks/reset': async () => {
      clock.reset();
      for (const name of BANK_NAMES) {
        servers[name].bank.reset();
        await servers[name].up();
      }
      return { status: 'ok' };
    },
  };
}

/** Orders of both banks or one, as the query of `GET /banks/orders` asks for them. */
export function findOrders(
  servers: Readonly<Record<BankName, BankServer>>,
  query: URLSearchParams,
): OrdersPage {
  const name = bankIn(query);
  const state = query.get('state');
  const wanted = query.get('order');
  const limit = Number(query.get('limit') ?? PAGE_MAX);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX)
    throw new InvalidInput(`limit must be 1 to ${PAGE_MAX}`);
  if (state !== null && !(ORDER_STATES as readonly string[]).includes(state))
    throw new InvalidInput(`state must be one of ${ORDER_STATES.join(', ')}`);
  const found = BANK_NAMES.filter((bank) => name === null || name === bank)
    .flatMap((bank) => servers[bank].bank.list().map((order) => view(servers[bank].bank, order)))
    .toReversed()
    .filter((order) => state === null || order.state === state)
    .filter(({ id, reference }) => wanted === null || wanted === id || wanted === reference)
    .toSorted((one, other) => (other.at.created ?? 0) - (one.at.created ?? 0));
  return { total: found.length, items: found.slice(0, limit) };
}

function view({ name: bank }: Bank, order: Order): OrderView {
  const { id, reference, amount, currency, callbackUrl, description } = order.request;
  const { state, paidAmount, saleReference, refusal, at, calls, callbacks } = order;
  return {
    bank,
    id,
    reference,
    state,
    amount,
    paidAmount,
    currency,
    saleReference,
    refusal,
    callbackUrl,
    description,
    at: { ...at },
    calls: { ...calls },
    callbacks,
  };
}

function bankIn(query: URLSearchParams): BankName | null {
  const name = query.get('bank');
  const known = BANK_NAMES.find((bank) => bank === name);
  if (name !== null && !known) throw new InvalidInput(`bank must be one of ${BANK_NAMES.join(', ')}`);
  return known ?? null;
}
