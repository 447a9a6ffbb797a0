import { randomInt, randomUUID } from 'node:crypto';
import type { HoldState } from '@peyk/contracts/billing';
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
const customers = 3;
const holds = 5;
/** Ids of all movements that are not of holds: one may be tried as a credit, then as a transfer. */
const movements = 16;
const events = 8;
const connections = 6;
/** More of them: `LEDGER_RUN_SECONDS=300 npm test -- ...`. */
const longMs = Number(process.env['LEDGER_RUN_SECONDS'] ?? 0) * 1_000;
const runs = longMs > 0 ? 100_000 : 60;
const timeLimitMs = Math.max(longMs, 12_000);

/**
 * How a command's program ends: as it should; before the commit (its connection is cut as `kill -9` does); or after it,
 * before anybody heard of it.
 */
type Fate = 'lives' | 'dies' | 'unheard';
type Movement =
  | { via: 'credit'; kind: 'credit' | 'topup' | 'gift' | 'trial' | 'reward' | 'correction' }
  | { via: 'debit'; kind: 'purchase' | 'correction' }
  | { via: 'move'; kind: 'transfer' | 'reward' }
  | { via: 'margin'; kind: 'margin' };
type Command =
  | {
      act: 'movement';
      id: number;
      movement: Movement;
      customer: number;
      other: number;
      amount: number;
      fate: Fate;
    }
  | { act: 'place'; hold: number; customer: number; amount: number; due: boolean }
  | {
      act: 'charge';
      event: number;
      hold: number;
      customer: number;
      capture: number;
      refund: number;
      fate: Fate;
    }
  | { act: 'release'; hold: number }
  | { act: 'close'; hold: number; customer: number; off: number; fate: Fate }
  | { act: 'expire' };

const below = (count: number) => fc.nat({ max: count - 1 });
const rarely = fc.nat({ max: 9 }).map((n) => n === 0);
const fate = fc.constantFrom<Fate>('lives', 'lives', 'lives', 'lives', 'lives', 'dies', 'unheard');
const credits: readonly Movement[] = (
  ['credit', 'topup', 'gift', 'trial', 'reward', 'correction'] as const
).map((kind) => ({ via: 'credit', kind }));
const payments: readonly Movement[] = [
  { via: 'debit', kind: 'purchase' },
  { via: 'debit', kind: 'correction' },
  { via: 'move', kind: 'transfer' },
  { via: 'move', kind: 'transfer' },
  { via: 'move', kind: 'reward' },
  { via: 'margin', kind: 'margin' },
];
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('movement' as const),
      id: below(movements),
      movement: fc.constantFrom(...credits),
      customer: below(customers),
      other: below(customers),
      amount: fc.constantFrom(1, 2_000, 10_000),
      fate,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constant('movement' as const),
      id: below(movements),
      movement: fc.constantFrom(...payments),
      customer: below(customers),
      other: below(customers),
      amount: fc.constantFrom(1, 100, 500, 1_500),
      fate,
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
      fate,
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
      fate,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('expire' as const) }) },
);
/** Commands of one inner array run at the same time. */
const story = fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 16 });

/** Nobody knows whether the command was done. */
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
  /** What its sends and purchases earned, less margins. */
  readonly revenue: number;
}
interface View {
  readonly holds: ReadonlyMap<string, HoldView>;
  readonly wallets: ReadonlyMap<string, WalletView>;
  readonly endedEvents: ReadonlyMap<string, number>;
}

type MovementTerms = Pick<
  Extract<Command, { act: 'movement' }>,
  'movement' | 'customer' | 'other' | 'amount'
>;

/** One story: the real ledger beside what was acknowledged to the callers. */
class Play {
  private readonly customerIds = ids(customers);
  private readonly holdIds = ids(holds);
  private readonly movementIds = ids(movements);
  private readonly eventIds = ids(events);
  /** What succeeded, by what makes it the same thing: a repeat is the same entry. */
  private readonly done = new Map<number, MovementTerms>();
  private readonly placed = new Map<number, { customer: number; amount: number }>();
  private readonly moved = new Map<string, { hold: number; amount: number }>();
  private readonly due = new Set<number>();
  private before: View = { holds: new Map(), wallets: new Map(), endedEvents: new Map() };

  constructor(
    private readonly ledger: Ledger,
    private readonly tally: { commands: number; refusals: number; crashes: number },
  ) {}

  async step(commands: readonly Command[]): Promise<void> {
    const expected = commands.length === 1 && commands[0] ? this.mayDo(commands[0]) : undefined;
    const outcomes = await Promise.allSettled(commands.map((one) => this.run(one)));
    outcomes.forEach((outcome, at) => {
      const done = commands[at];
      if (!done) return;
      const died = outcome.status === 'rejected' && outcome.reason instanceof Died;
      if (outcome.status === 'fulfilled' || (died && 'fate' in done && done.fate === 'unheard'))
        this.acknowledge(done);
      else if (outcome.status === 'rejected' && !isRefusal(outcome.reason)) throw outcome.reason;
      this.tally.commands += 1;
      if (died) this.tally.crashes += 1;
      else if (outcome.status === 'rejected') this.tally.refusals += 1;
      // One that died had been accepted before.
      if (expected !== undefined)
        expect([done, died || outcome.status === 'fulfilled']).toEqual([done, expected]);
    });
    const now = await this.view();
    this.compare(now);
    this.before = now;
    expect((await auditLedger(this.ledger.source)).differences).toEqual([]);
  }

  private run(one: Command): Promise<unknown> {
    const { holds: service } = this.ledger;
    switch (one.act) {
      case 'movement':
        return this.inTransaction(one.fate, (tx) => this.movement(tx, one));
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
        return this.inTransaction(one.fate, (tx) =>
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
        return this.inTransaction(one.fate, (tx) =>
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

  private async inTransaction(fate: Fate, act: (tx: EntityManager) => Promise<unknown>): Promise<void> {
    await this.ledger.transactions.run(async (tx) => {
      await act(tx);
      if (fate !== 'dies') return;
      // Its answer is an error of the connection.
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
      throw new Died();
    });
    if (fate === 'unheard') throw new Died();
  }

  private movement(
    tx: EntityManager,
    { id, movement, customer, other, amount }: Extract<Command, { act: 'movement' }>,
  ): Promise<boolean> {
    const { ledger } = this.ledger;
    const terms = { transferId: this.movementIds(id), amountRials: amount, reason: 'x' };
    const customerId = this.customerIds(customer);
    const otherId = this.customerIds(other);
    switch (movement.via) {
      case 'credit':
        return ledger.credit(tx, { ...terms, kind: movement.kind, customerId });
      case 'debit':
        return ledger.debit(tx, { ...terms, kind: movement.kind, customerId });
      case 'move':
        return ledger.move(tx, { ...terms, kind: movement.kind, fromId: customerId, toId: otherId });
      case 'margin':
        return ledger.margin(tx, { ...terms, customerId, resellerId: otherId });
    }
  }

  /** Alone in its step a command's outcome is certain. Undefined: not looked at. */
  private mayDo(one: Command): boolean | undefined {
    if (one.act === 'movement') {
      const { movement, customer, other, amount } = one;
      if (movement.via === 'move' && customer === other) return false;
      const known = this.done.get(one.id);
      if (known) return isSame(known, one);
      const wallet = this.before.wallets.get(this.customerIds(customer));
      if (movement.via === 'credit') return true;
      if (movement.via === 'margin') return (wallet?.revenue ?? 0) >= amount;
      return (wallet ? wallet.posted - wallet.held : 0) >= amount;
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
    if (done.act === 'movement') {
      const { movement, customer, other, amount } = done;
      const known = this.done.get(done.id);
      if (known) expect(isSame(known, done)).toBe(true);
      else this.done.set(done.id, { movement, customer, other, amount });
    }
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

  private movementsOf(customer: number, effect: (terms: MovementTerms, customer: number) => number): number {
    return sum([...this.done.values()].map((terms) => effect(terms, customer)));
  }

  private compare(now: View): void {
    for (let customer = 0; customer < customers; customer += 1) {
      const id = this.customerIds(customer);
      const own = [...this.placed].filter(([, terms]) => terms.customer === customer).map(([hold]) => hold);
      const captured = sum(own.map((hold) => this.movedOf(hold, 'capture') - this.movedOf(hold, 'refund')));
      const posted = this.movementsOf(customer, effectOnWallet) - captured;
      const held = sum(
        own.map((hold) => {
          const view = now.holds.get(this.holdIds(hold));
          return view?.state === 'open' ? view.amount - view.captured : 0;
        }),
      );
      const wallet = now.wallets.get(id) ?? { posted: 0, held: 0, revenue: 0 };
      const revenue = this.movementsOf(customer, effectOnRevenue) + captured;
      expect(wallet).toEqual({ posted, held, revenue });
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
      `SELECT w.customer_id AS customer, w.posted_rials AS posted, w.held_rials AS held, r.posted_rials AS revenue
         FROM accounts w JOIN accounts r ON r.name = 'revenue:' || w.customer_id
        WHERE w.customer_id = ANY($1) AND w.name LIKE 'wallet:%'`,
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

/** As the ledger sees it: whom a credit or a purchase does not name changes nothing. */
function isSame(one: MovementTerms, other: MovementTerms): boolean {
  const between = one.movement.via === 'move' || one.movement.via === 'margin';
  return (
    one.movement.via === other.movement.via &&
    one.movement.kind === other.movement.kind &&
    one.customer === other.customer &&
    one.amount === other.amount &&
    (!between || one.other === other.other)
  );
}

function effectOnWallet({ movement, customer, other, amount }: MovementTerms, of: number): number {
  const paid = movement.via === 'debit' || movement.via === 'move' ? customer : undefined;
  const got = movement.via === 'credit' ? customer : movement.via === 'debit' ? undefined : other;
  return (got === of ? amount : 0) - (paid === of ? amount : 0);
}

function effectOnRevenue({ movement, customer, amount }: MovementTerms, of: number): number {
  if (customer !== of) return 0;
  return movement.kind === 'purchase' ? amount : movement.kind === 'margin' ? -amount : 0;
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
    let stories = 0;
    const tally = { commands: 0, refusals: 0, crashes: 0 };
    const seed = randomInt(2 ** 31);
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        const play = new Play(ledger, tally);
        for (const step of acts) {
          await play.step(step);
          steps += 1;
        }
        stories += 1;
      }),
      { seed, numRuns: runs, interruptAfterTimeLimit: timeLimitMs, markInterruptAsFailure: false },
    );
    process.stderr.write(`ledger: seed ${seed}, ${JSON.stringify({ stories, steps, ...tally })}\n`);
    // Not a run that was cut short before it tried anything.
    expect(steps).toBeGreaterThan(50);
    expect(tally.commands).toBeGreaterThan(steps);
    expect(tally.crashes).toBeGreaterThan(0);
  }, 600_000);
});
