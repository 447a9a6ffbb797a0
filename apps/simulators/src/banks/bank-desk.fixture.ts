import type { BankName, Callback, Delivery, Outcome } from './bank';
import type { BankAddresses, BankState, OrdersPage, OrderView, Payment } from './bank-routes';
import { startBankSimulator } from './bank-simulator';
import type { BankSimulator } from './bank-simulator';
import type { FaultKind } from './faults';
import type { Operation } from './order';

export type { BankName, Callback, Delivery, Operation, OrderView, Outcome, Payment };

/** Our accounts at the simulated banks: the defaults of the simulators. */
export const bankAccounts = {
  mellat: { terminalId: '1234567', userName: 'peyk', userPassword: 'peyk-sim' },
  zarinpal: { merchantId: '00000000-0000-4000-8000-000000000001' },
  /** A merchant that is not us. */
  otherMerchantId: '00000000-0000-4000-8000-000000000002',
} as const;

/** Fields of a fault (apps/simulators/src/banks/faults.ts); `count` absent: until cleared. */
export interface BankFault {
  readonly operation?: Operation;
  readonly count?: number;
  readonly ms?: number;
  readonly code?: string;
  readonly effect?: boolean;
  readonly copies?: number;
  readonly amount?: number;
  readonly reference?: string;
}

type Ask = <T>(method: string, path: string, body?: unknown) => Promise<T>;

/** Both banks through their control routes, in this process or over the simulators' HTTP face: the payer's hands, and what the banks know. Amounts in Rial. */
export class BankDesk {
  constructor(private readonly ask: Ask) {}

  addresses(): Promise<
    { now: number; mellat: BankState; zarinpal: BankState } & {
      [Bank in BankName]: BankAddresses[Bank];
    }
  > {
    return this.ask('GET', '/banks');
  }

  /** All requests that this bank got since the last reset, by operation. */
  async calls(bank: BankName): Promise<Record<Operation, number>> {
    return (await this.addresses())[bank].calls;
  }

  /** Newest first, at most 1,000. */
  async orders(bank: BankName): Promise<readonly OrderView[]> {
    return (await this.ask<OrdersPage>('GET', `/banks/orders?bank=${bank}`)).items;
  }

  /** By orderId, RefId or authority. Throws when the bank has none. */
  async order(bank: BankName, name: string): Promise<OrderView> {
    const query = `bank=${bank}&order=${encodeURIComponent(name)}`;
    const { items } = await this.ask<OrdersPage>('GET', `/banks/orders?${query}`);
    const [order] = items;
    if (!order) throw new Error(`${bank} has no order ${name}`);
    return order;
  }

  /** The payer is done; answers what the browser would do, and with `deliver` the bank does it. */
  pay(
    bank: BankName,
    order: string,
    options: { readonly outcome?: Outcome; readonly deliver?: boolean } = {},
  ): Promise<Payment> {
    return this.ask('POST', '/banks/pay', { bank, order, ...options });
  }

  fault(bank: BankName, kind: FaultKind, fault: BankFault = {}): Promise<unknown> {
    return this.ask('POST', '/banks/faults', { bank, kind, ...fault });
  }

  clearFaults(): Promise<unknown> {
    return this.ask('DELETE', '/banks/faults');
  }

  /** Down: connections are refused. */
  line(bank: BankName, up: boolean): Promise<unknown> {
    return this.ask('PUT', '/banks/line', { bank, up });
  }

  /** Moves both banks' clock on, e.g. over the 20 minutes after which Behpardakht reverses. */
  advance(ms: number): Promise<unknown> {
    return this.ask('POST', '/banks/clock', { ms });
  }

  /** Forgets orders, faults and counters; both banks are up. */
  reset(): Promise<unknown> {
    return this.ask('POST', '/banks/reset');
  }
}

/** Both banks in this process on free ports. */
export class TestBanks extends BankDesk {
  private constructor(private readonly simulator: BankSimulator) {
    super(async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const { pathname, searchParams } = new URL(path, 'http://banks');
      const route = simulator.routes[`${method} ${pathname}`];
      if (!route) throw new Error(`${method} ${pathname} is no route`);
      return (await route({ query: searchParams, body })) as T;
    });
  }

  static async start(domains: readonly string[] = ['127.0.0.1', 'localhost']): Promise<TestBanks> {
    const simulator = await startBankSimulator({
      mellat: { ...bankAccounts.mellat, merchant: 'پیک' },
      zarinpal: {
        merchantIds: [bankAccounts.zarinpal.merchantId, bankAccounts.otherMerchantId],
        merchant: 'پیک',
      },
      domains,
    });
    return new TestBanks(simulator);
  }

  get mellat(): BankAddresses['mellat'] {
    return this.simulator.addresses.mellat;
  }
  get zarinpal(): BankAddresses['zarinpal'] {
    return this.simulator.addresses.zarinpal;
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }
}

/** Sends a callback as so many browsers at the same time; what the merchant answered to each. */
export function sendCallback(callback: Callback, copies = 1): Promise<Response[]> {
  const send = (): Promise<Response> =>
    fetch(callback.url, {
      method: callback.method,
      ...(callback.method === 'POST' && { body: new URLSearchParams(callback.fields) }),
      redirect: 'manual',
    });
  return Promise.all(Array.from({ length: copies }, send));
}
