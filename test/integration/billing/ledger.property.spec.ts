import { randomUUID } from 'node:crypto';
import type { HoldState } from '@peyk/contracts';
import { DomainError } from '@peyk/contracts';
import { query } from '@peyk/database';
import { PoisonError } from '@peyk/messaging';
import * as fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { ChargesOutstandingError } from '../../../apps/billing/src/holds/holds.service';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { RefundBeforeCaptureError } from '../../../apps/billing/src/ledger/ledger.errors';
import { anHourAgo, inAnHour, scratchLedger, type Ledger } from './fixture';

/** Few ids, so that commands repeat, collide and contradict each other. */
const customers = 2;
const holds = 5;
const credits = 4;
const events = 8;
const connections = 6;
const runs = 60;
const timeLimitMs = 12_000;

type Command =
  | { act: 'credit'; id: number; customer: number; amount: number }
  | { act: 'place'; hold: number; customer: number; amount: number; due: boolean }
  | {
      act: 'charge';
      event: number;
      hold: number;
      customer: number;
      capture: number;
      refund: number;
      dies: boolean;
    }
  | { act: 'release'; hold: number }
  | { act: 'close'; hold: number; customer: number; off: number; dies: boolean }
  | { act: 'expire' };

const below = (count: number) => fc.nat({ max: count - 1 });
const rarely = fc.nat({ max: 9 }).map((n) => n === 0);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('credit' as const),
      id: below(credits),
      customer: below(customers),
      amount: fc.constantFrom(1, 500, 1_000, 3_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('place' as const),
      hold: below(holds),
      customer: below(customers),
      amount: fc.constantFrom(0, 1, 400, 900, 2_000),
      due: rarely,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('charge' as const),
      event: below(events),
      hold: below(holds),
      customer: below(customers),
      capture: fc.constantFrom(0, 0, 1, 150, 300),
      refund: fc.constantFrom(0, 0, 0, 50, 150),
      dies: rarely,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('release' as const), hold: below(holds) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      act: fc.constant('close' as const),
      hold: below(holds),
      customer: below(customers),
      off: fc.constantFrom(0, 0, 0, 1, -1),
      dies: rarely,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('expire' as const) }) },
);
/** Commands of one inner array run at the same time. */
const story = fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 16 });

class Died extends Error {}

interface HoldView {
  readonly customer: string | null;
  readonly state: HoldState;
  readonly amount: number;
  readonly captured: number;
  readonly released: number;
  readonly refunded: number;
}
interface WalletView {
  readonly posted: number;
  readonly held: number;
}
interface View {
  readonly holds: ReadonlyMap<string, HoldView>;
  readonly wallets: ReadonlyMap<string, WalletView>;
  readonly endedEvents: ReadonlyMap<string, number>;
}

/** One story: the real ledger beside what was acknowledged to the callers. */
class Play {
  private readonly customerIds = ids(customers);
  private readonly holdIds = ids(holds);
  private readonly creditIds = ids(credits);
  private readonly eventIds = ids(events);
  /** What succeeded, by what makes it the same thing: a repeat is the same entry. */
  private readonly credited = new Map<number, { customer: number; amount: number }>();
  private readonly placed = new Map<number, { customer: number; amount: number }>();
  private readonly moved = new Map<string, { hold: number; amount: number }>();
  private readonly due = new Set<number>();
  private before: View = { holds: new Map(), wallets: new Map(), endedEvents: new Map() };

  constructor(private readonly ledger: Ledger) {}

  async step(commands: readonly Command[]): Promise<void> {
    const expected = commands.length === 1 && commands[0] ? this.mayDo(commands[0]) : undefined;
    const outcomes = await Promise.allSettled(commands.map((one) => this.run(one)));
    outcomes.forEach((outcome, at) => {
      const done = commands[at];
      if (!done) return;
      if (outcome.status === 'fulfilled') this.acknowledge(done);
      else if (!isRefusal(outcome.reason)) throw outcome.reason;
      if (expected !== undefined && !(outcome.status === 'rejected' && outcome.reason instanceof Died))
        expect([done, outcome.status]).toEqual([done, expected ? 'fulfilled' : 'rejected']);
    });
    const now = await this.view();
    this.compare(now);
    this.before = now;
    expect((await auditLedger(this.ledger.source)).differences).toEqual([]);
  }

  private run(one: Command): Promise<unknown> {
    const { wallets, holds: service } = this.ledger;
    switch (one.act) {
      case 'credit':
        return wallets.credit({
          transferId: this.creditIds(one.id),
          customerId: this.customerIds(one.customer),
          amountRials: one.amount,
          reason: 'شارژ',
        });
      case 'place':
        if (one.due) this.due.add(one.hold);
        return service.place({
          holdId: this.holdIds(one.hold),
          customerId: this.customerIds(one.customer),
          amountRials: one.amount,
          purpose: 'send',
          expiresAt: one.due ? anHourAgo() : inAnHour(),
        });
      case 'charge':
        return this.inTransaction(one.dies, (tx) =>
          service.charge(tx, this.eventIds(one.event), {
            sendId: this.holdIds(one.hold),
            customerId: this.customerIds(one.customer),
            captureRials: one.capture,
            refundRials: one.refund,
          }),
        );
      case 'release':
        return service.release(this.holdIds(one.hold));
      case 'close':
        return this.inTransaction(one.dies, (tx) =>
          service.close(tx, {
            sendId: this.holdIds(one.hold),
            customerId: this.customerIds(one.customer),
            chargedRials: Math.max(0, this.movedOf(one.hold, 'capture') + one.off),
          }),
        );
      case 'expire':
        return service.expireNext();
    }
  }

  private inTransaction(dies: boolean, act: (tx: EntityManager) => Promise<void>): Promise<void> {
    return this.ledger.transactions.run(async (tx) => {
      await act(tx);
      if (dies) throw new Died();
    });
  }

  /** Alone in its step a command's outcome is certain. Undefined: not looked at. */
  private mayDo(one: Command): boolean | undefined {
    if (one.act === 'credit') {
      const known = this.credited.get(one.id);
      return !known || (known.customer === one.customer && known.amount === one.amount);
    }
    if (one.act === 'place') {
      const hold = this.before.holds.get(this.holdIds(one.hold));
      const terms = this.placed.get(one.hold);
      if (hold)
        return hold.state === 'open' && terms?.customer === one.customer && terms.amount === one.amount;
      const wallet = this.before.wallets.get(this.customerIds(one.customer));
      return one.amount === 0 || (wallet ? wallet.posted - wallet.held : 0) >= one.amount;
    }
    if (one.act === 'charge') {
      const hold = this.before.holds.get(this.holdIds(one.hold));
      if (!hold || hold.customer !== this.customerIds(one.customer)) return false;
      const fits = (kind: 'capture' | 'refund', amount: number, free: number): boolean => {
        const known = this.moved.get(`${kind}:${one.event}`);
        return known ? known.hold === one.hold && known.amount === amount : free >= amount;
      };
      const captures = one.capture > 0 && !this.moved.has(`capture:${one.event}`) ? one.capture : 0;
      const left = hold.state === 'open' ? hold.amount - hold.captured : -1;
      return (
        (one.capture === 0 || fits('capture', one.capture, left)) &&
        (one.refund === 0 || fits('refund', one.refund, hold.captured + captures - hold.refunded))
      );
    }
    return undefined;
  }

  private acknowledge(done: Command): void {
    const remember = <K, V>(map: Map<K, V>, key: K, terms: V): void => {
      // Two that were both accepted under one id must have had the same terms.
      if (map.has(key)) expect(map.get(key)).toEqual(terms);
      map.set(key, terms);
    };
    if (done.act === 'credit')
      remember(this.credited, done.id, { customer: done.customer, amount: done.amount });
    if (done.act === 'place')
      remember(this.placed, done.hold, { customer: done.customer, amount: done.amount });
    if (done.act === 'charge' && done.capture > 0)
      remember(this.moved, `capture:${done.event}`, { hold: done.hold, amount: done.capture });
    if (done.act === 'charge' && done.refund > 0)
      remember(this.moved, `refund:${done.event}`, { hold: done.hold, amount: done.refund });
  }

  private movedOf(hold: number, kind: 'capture' | 'refund'): number {
    return sum(
      [...this.moved]
        .filter(([key, { hold: of }]) => key.startsWith(kind) && of === hold)
        .map(([, { amount }]) => amount),
    );
  }

  private compare(now: View): void {
    for (let customer = 0; customer < customers; customer += 1) {
      const id = this.customerIds(customer);
      const own = [...this.placed].filter(([, terms]) => terms.customer === customer).map(([hold]) => hold);
      const posted =
        sum(
          [...this.credited.values()]
            .filter((credit) => credit.customer === customer)
            .map(({ amount }) => amount),
        ) - sum(own.map((hold) => this.movedOf(hold, 'capture') - this.movedOf(hold, 'refund')));
      const held = sum(
        own.map((hold) => {
          const view = now.holds.get(this.holdIds(hold));
          return view?.state === 'open' ? view.amount - view.captured : 0;
        }),
      );
      const wallet = now.wallets.get(id) ?? { posted: 0, held: 0 };
      expect(wallet).toEqual({ posted, held });
      expect(wallet.posted - wallet.held).toBeGreaterThanOrEqual(0);
    }
    for (let hold = 0; hold < holds; hold += 1) {
      const id = this.holdIds(hold);
      const view = now.holds.get(id);
      const before = this.before.holds.get(id);
      if (before?.state && before.state !== 'open') {
        // Ended once: nothing but refunds may follow.
        expect({ ...view, refunded: 0 }).toEqual({ ...before, refunded: 0 });
      }
      if (!view) continue;
      const terms = this.placed.get(hold);
      expect(view.customer === null).toBe(terms === undefined);
      expect(view).toMatchObject({
        amount: terms?.amount ?? 0,
        captured: this.movedOf(hold, 'capture'),
        refunded: this.movedOf(hold, 'refund'),
      });
      if (view.state !== 'open') expect(view.captured + view.released).toBe(view.amount);
      if (view.state === 'expired') expect(this.due).toContain(hold);
      expect(now.endedEvents.get(id) ?? 0).toBe(view.state !== 'open' && terms ? 1 : 0);
    }
  }

  private async view(): Promise<View> {
    const { source } = this.ledger;
    const holdIds = Array.from({ length: holds }, (_, at) => this.holdIds(at));
    const holdRows = await query<HoldView & { id: string }>(
      source,
      `SELECT id, customer_id AS customer, state, amount_rials AS amount, captured_rials AS captured,
              released_rials AS released, refunded_rials AS refunded FROM holds WHERE id = ANY($1)`,
      [holdIds],
    );
    const walletRows = await query<WalletView & { customer: string }>(
      source,
      `SELECT customer_id AS customer, posted_rials AS posted, held_rials AS held FROM accounts
        WHERE customer_id = ANY($1) AND name LIKE 'wallet:%'`,
      [Array.from({ length: customers }, (_, at) => this.customerIds(at))],
    );
    const eventRows = await query<{ id: string; count: number }>(
      source,
      `SELECT payload->>'holdId' AS id, count(*) AS count FROM outbox WHERE aggregate = ANY($1) GROUP BY 1`,
      [holdIds.map((id) => `hold:${id}`)],
    );
    return {
      holds: new Map(holdRows.map(({ id, ...hold }) => [id, hold])),
      wallets: new Map(walletRows.map(({ customer, ...wallet }) => [customer, wallet])),
      endedEvents: new Map(eventRows.map(({ id, count }) => [id, count])),
    };
  }
}

function ids(count: number): (at: number) => string {
  const made = Array.from({ length: count }, () => randomUUID());
  return (at) => made[at] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Anything else - a deadlock, a broken constraint - is a bug. */
function isRefusal(error: unknown): boolean {
  return [DomainError, RefundBeforeCaptureError, ChargesOutstandingError, PoisonError, Died].some(
    (type) => error instanceof type,
  );
}

describe('the ledger', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await scratchLedger(connections);
  });
  afterAll(() => ledger.drop());

  it('BIL-201 BIL-202 BIL-204 SMS-209 balances after every step of any interleaving of its commands', async () => {
    let steps = 0;
    let commands = 0;
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        const play = new Play(ledger);
        for (const step of acts) {
          await play.step(step);
          steps += 1;
          commands += step.length;
        }
      }),
      { numRuns: runs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: false },
    );
    // Not a run that was cut short before it tried anything.
    expect(steps).toBeGreaterThan(50);
    expect(commands).toBeGreaterThan(steps);
  }, 90_000);
});
