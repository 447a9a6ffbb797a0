import { InvalidInput } from '../operator/settings';

export const ORDER_STATES = ['created', 'refused', 'paid', 'verified', 'settled', 'reversed'] as const;
export type OrderState = (typeof ORDER_STATES)[number];
export const ORDER_EVENTS = ['pay', 'refuse', 'verify', 'settle', 'reverse'] as const;
export type OrderEvent = (typeof ORDER_EVENTS)[number];

/**
 * The life of an order at both banks. `refuse`: the payer went away or the card was declined; `reverse`: the payer gets the
 * money back. Zarinpal pays out by itself, so `settle` is Behpardakht's alone. What is not listed is refused.
 */
export const TRANSITIONS: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  created: { pay: 'paid', refuse: 'refused' },
  refused: {},
  paid: { verify: 'verified', reverse: 'reversed' },
  verified: { settle: 'settled', reverse: 'reversed' },
  settled: {},
  reversed: {},
};

/** Requests that a merchant's program makes. */
export const OPERATIONS = [
  'pay',
  'verify',
  'settle',
  'verifySettle',
  'inquiry',
  'reverse',
  'unverified',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What the merchant asked for. */
export interface OrderRequest {
  /** Of the merchant: Behpardakht's terminalId, Zarinpal's merchant_id. */
  merchant: string;
  /** Behpardakht: orderId, a decimal long; Zarinpal: the authority. */
  id: string;
  /** By which the payer's browser names the order: RefId, authority. */
  reference: string;
  /** Rial. */
  amount: number;
  /** In which the merchant counts; IRT is Toman. */
  currency: 'IRR' | 'IRT';
  callbackUrl: string;
  description: string;
}

export class Order {
  state: OrderState = 'created';
  /** Rial taken from the card; null before. */
  paidAmount: number | null = null;
  /** Behpardakht's SaleReferenceId, Zarinpal's ref_id; null before the payment. */
  saleReference: string | null = null;
  /** Why it was refused, in the bank's own codes. */
  refusal: string | null = null;
  /** When each state was entered, ms since the epoch. */
  readonly at: Partial<Record<OrderState, number>>;
  /** Requests about it, also those that were refused or lost. */
  readonly calls: Partial<Record<Operation, number>> = {};
  /** Callbacks that the bank itself sent; those of a browser are not seen here. */
  callbacks = 0;

  constructor(
    readonly request: OrderRequest,
    createdAt: number,
  ) {
    this.at = { created: createdAt };
  }

  can(event: OrderEvent): boolean {
    return TRANSITIONS[this.state][event] !== undefined;
  }

  /** Throws InvalidInput where the table has no such move. */
  move(event: OrderEvent, at: number): void {
    const next = TRANSITIONS[this.state][event];
    if (!next) throw new InvalidInput(`order ${this.request.id} is ${this.state}: cannot ${event}`);
    this.state = next;
    this.at[next] = at;
  }
}

/** Orders of one bank, oldest first. At most `max`: then the oldest are forgotten, as if they had never been. */
export class Orders {
  private readonly byId = new Map<string, Order>();
  private readonly byReference = new Map<string, Order>();

  constructor(private readonly max = 10_000) {}

  get size(): number {
    return this.byId.size;
  }

  add(order: Order): void {
    this.byId.set(order.request.id, order);
    this.byReference.set(order.request.reference, order);
    if (this.byId.size <= this.max) return;
    for (const oldest of this.byId.values()) {
      this.byId.delete(oldest.request.id);
      this.byReference.delete(oldest.request.reference);
      break;
    }
  }

  /** By the order's id or its reference, both as the bank compares them: letter by letter. */
  find(name: string): Order | undefined {
    return this.byId.get(name) ?? this.byReference.get(name);
  }

  all(): Order[] {
    return [...this.byId.values()];
  }

  clear(): void {
    this.byId.clear();
    this.byReference.clear();
  }
}
