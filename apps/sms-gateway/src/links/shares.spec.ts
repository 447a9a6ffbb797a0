import { assert, array, constantFrom, integer, nat, property, record } from 'fast-check';
import { balanceBinds, divideShares } from './shares';
import type { ShareHolder } from './shares';

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);
const sessionNames = ['a', 'b', 'c', 'd', 'e'];

function holder(sessionId: string, binds: number, granted = 0, applied = granted): ShareHolder {
  return { sessionId, binds, granted, applied };
}

describe(divideShares, () => {
  it('gives the whole contract to the only one', () => {
    expect(divideShares(100, [holder('a', 2)], 0)).toEqual(new Map([['a', 100]]));
  });

  it('gives by binds, in whole parts that sum to the contract', () => {
    expect(divideShares(100, [holder('a', 1), holder('b', 1), holder('c', 1)], 0)).toEqual(
      new Map([
        ['a', 34],
        ['b', 33],
        ['c', 33],
      ]),
    );
    expect(divideShares(90, [holder('a', 2), holder('b', 1)], 0)).toEqual(
      new Map([
        ['a', 60],
        ['b', 30],
      ]),
    );
  });

  it('cuts at once and gives what is cut only when it is confirmed', () => {
    const cut = divideShares(100, [holder('a', 1, 100), holder('b', 1)], 0);
    expect(cut).toEqual(
      new Map([
        ['a', 50],
        ['b', 0],
      ]),
    );
    // It slows down step by step.
    expect(divideShares(100, [holder('a', 1, 50, 80), holder('b', 1, 0)], 0).get('b')).toBe(20);
    expect(divideShares(100, [holder('a', 1, 50, 50), holder('b', 1, 20)], 0).get('b')).toBe(50);
  });

  it('keeps back what is reserved for a second that is not over', () => {
    expect(divideShares(100, [holder('a', 2, 40)], 60).get('a')).toBe(40);
    expect(divideShares(100, [holder('a', 2, 40)], 0).get('a')).toBe(100);
  });

  it('gives nothing to a session without a bind', () => {
    expect(divideShares(100, [holder('a', 0, 30), holder('b', 1, 0)], 0)).toEqual(
      new Map([
        ['a', 0],
        ['b', 70],
      ]),
    );
  });

  it('divides evenly once all have confirmed, from wherever they began', () => {
    assert(
      property(
        integer({ min: 1, max: 3_000 }),
        array(record({ binds: integer({ min: 1, max: 4 }), granted: nat(3_000) }), {
          minLength: 1,
          maxLength: 5,
        }),
        (contracted, begun) => {
          let holders = begun.map(({ binds, granted }, index) =>
            holder(sessionNames[index] ?? '', binds, granted),
          );
          for (let round = 0; round < begun.length + 2; round++) {
            const grants = divideShares(contracted, holders, 0);
            holders = holders.map((one) => holder(one.sessionId, one.binds, grants.get(one.sessionId) ?? 0));
          }
          const binds = sum(holders.map((one) => one.binds));
          expect(sum(holders.map((one) => one.granted))).toBe(contracted);
          for (const one of holders)
            expect(Math.abs(one.granted - (contracted * one.binds) / binds)).toBeLessThan(1);
        },
      ),
    );
  });
});

type Step =
  | { readonly act: 'beat' | 'beatLost' | 'die' | 'forget'; readonly who: number }
  | { readonly act: 'bind'; readonly who: number; readonly binds: number }
  | { readonly act: 'slow'; readonly who: number };

interface Session {
  alive: boolean;
  binds: number;
  /** In the database. */
  granted: number;
  applied: number;
  reserved: number;
  /** In the worker: its last share, and what its last second still holds. */
  told: number;
  occupied: number;
}

/** sms-gateway and its workers, as links.service.ts and the worker keep the books around `divideShares`. */
class Model {
  readonly sessions: Session[] = sessionNames.map(() => ({
    alive: false,
    binds: 0,
    granted: 0,
    applied: 0,
    reserved: 0,
    told: 0,
    occupied: 0,
  }));

  constructor(readonly contracted: number) {}

  /** Parts that may be inside one second at the operator. */
  get used(): number {
    return sum(this.sessions.map((session) => Math.max(session.told, session.occupied)));
  }

  run(step: Step): void {
    const session = this.sessions[step.who];
    if (!session) return;
    switch (step.act) {
      case 'bind':
        if (session.alive) session.binds = step.binds;
        return;
      case 'slow':
        session.occupied = session.told;
        return;
      case 'die':
        // Nothing more reaches it; its last second is not over.
        if (!session.alive) return;
        session.alive = false;
        session.reserved = Math.max(session.granted, session.applied);
        session.granted = session.applied = session.binds = 0;
        return;
      case 'forget':
        // The quarantine is over, and with it the last second.
        if (session.alive) return;
        session.reserved = session.told = session.occupied = 0;
        return;
      case 'beat':
      case 'beatLost':
        return this.beat(session, step.act === 'beat');
    }
  }

  private beat(session: Session, isHeard: boolean): void {
    if (!session.alive && session.reserved > 0) return;
    session.alive = true;
    session.applied = Math.max(session.told, session.occupied);
    const live = this.sessions.filter((one) => one.alive);
    const grants = divideShares(
      this.contracted,
      live.map((one) => ({
        sessionId: sessionNames[this.sessions.indexOf(one)] ?? '',
        binds: one.binds,
        granted: one.granted,
        applied: one.applied,
      })),
      sum(this.sessions.map((one) => one.reserved)),
    );
    for (const one of live) one.granted = grants.get(sessionNames[this.sessions.indexOf(one)] ?? '') ?? 0;
    session.applied = Math.max(session.applied, session.granted);
    if (!isHeard) return;
    session.occupied = Math.max(session.told, session.occupied);
    session.told = session.granted;
  }
}

describe('shares over time', () => {
  it('never let more be used than is contracted, whatever joins, leaves, is cut, confirms or is lost', () => {
    const step = record({
      act: constantFrom('beat', 'beat', 'beat', 'beatLost', 'bind', 'slow', 'slow', 'die', 'forget'),
      who: nat(4),
      binds: nat(3),
    });
    assert(
      property(
        integer({ min: 1, max: 1_000 }),
        array(step, { minLength: 20, maxLength: 120 }),
        (contracted, steps) => {
          const model = new Model(contracted);
          const used = steps.map((one) => {
            model.run(one);
            return model.used;
          });
          expect(Math.max(...used)).toBeLessThanOrEqual(contracted);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('counts what was told in the last answer as used, although the worker has not said so yet', () => {
    const model = new Model(100);
    model.run({ act: 'beat', who: 0 });
    model.run({ act: 'bind', who: 0, binds: 2 });
    model.run({ act: 'beat', who: 0 });
    expect(model.used).toBe(100);
    model.run({ act: 'beat', who: 1 });
    model.run({ act: 'bind', who: 0, binds: 1 });
    model.run({ act: 'bind', who: 1, binds: 1 });
    model.run({ act: 'beat', who: 1 });
    expect(model.used).toBe(100);
    model.run({ act: 'beat', who: 0 });
    model.run({ act: 'slow', who: 0 });
    model.run({ act: 'beat', who: 0 });
    model.run({ act: 'beat', who: 1 });
    expect(model.sessions[1]?.told).toBe(50);
    expect(model.used).toBe(100);
  });
});

describe(balanceBinds, () => {
  const owners = array(constantFrom(undefined, ...sessionNames, 'gone'), { minLength: 1, maxLength: 12 });
  const present = (size: number): string[] => sessionNames.slice(0, size);

  it('names nobody when nobody is there', () => {
    expect(balanceBinds(['a', undefined], [])).toEqual([undefined, undefined]);
  });

  it('holds everybody even within one', () => {
    assert(
      property(owners, integer({ min: 1, max: 5 }), (from, size) => {
        const sessions = present(size);
        const counts = sessions.map(
          (session) => balanceBinds(from, sessions).filter((owner) => owner === session).length,
        );
        expect(sum(counts)).toBe(from.length);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves as few as can be, and none when it is even already', () => {
    assert(
      property(owners, integer({ min: 1, max: 5 }), (from, size) => {
        const sessions = present(size);
        const wanted = balanceBinds(from, sessions);
        const moved = wanted.filter(
          (owner, index) => sessions.includes(from[index] ?? '') && owner !== from[index],
        ).length;
        expect(moved).toBe(leastMoves(from, sessions));
        expect(balanceBinds(wanted, sessions)).toEqual(wanted);
      }),
    );
  });
});

/** Binds that must leave a present owner: those above its ceiling, of which as many as the division allows are high. */
function leastMoves(from: readonly (string | undefined)[], sessions: readonly string[]): number {
  const least = Math.floor(from.length / sessions.length);
  const high = from.length - least * sessions.length;
  const counts = sessions
    .map((session) => from.filter((owner) => owner === session).length)
    .sort((a, b) => b - a);
  return sum(counts.map((count, index) => Math.max(0, count - least - (index < high ? 1 : 0))));
}
