import fc from 'fast-check';
import { Pacer } from './pacer';

interface World {
  readonly share: number;
  readonly binds: number;
  /** Time from writing to arrival, and from arrival to the answer (ms). */
  readonly there: (random: () => number) => number;
  readonly back: (random: () => number) => number;
  /** How late a timer is, and now and then the whole program. */
  readonly timerLateMs: number;
  readonly hiccupMs: number;
  readonly neverAnswered: number;
  readonly seconds: number;
}

/** Writes whenever the pacer lets, over binds that keep the order; answers the moments of arrival at the operator. */
function simulate(world: World, seed: number): number[] {
  const random = mulberry(seed);
  const pacer = new Pacer();
  pacer.set(world.share, true, 0);
  const arrivals: number[] = [];
  const events: { at: number; run: () => void }[] = [];
  const lastArrival = Array.from({ length: world.binds }, () => 0);
  const lastAnswer = Array.from({ length: world.binds }, () => 0);
  const written = Array.from({ length: world.binds }, () => 0);
  const arrivedTo = Array.from({ length: world.binds }, () => 0);
  let now = 0;
  let bind = 0;
  const end = world.seconds * 1_000;
  for (;;) {
    events.sort((a, b) => a.at - b.at);
    for (let room = pacer.room(now); room >= 1; room -= 1) {
      pacer.take();
      bind = (bind + 1) % world.binds;
      const own = bind;
      written[own] = (written[own] ?? 0) + 1;
      const ordinal = written[own] ?? 0;
      const arrival = Math.max(lastArrival[own] ?? 0, now + world.there(random));
      lastArrival[own] = arrival;
      arrivals.push(arrival);
      const answer = Math.max(lastAnswer[own] ?? 0, arrival + world.back(random));
      if (random() < world.neverAnswered) continue;
      lastAnswer[own] = answer;
      events.push({
        at: answer,
        run: () => {
          const count = ordinal - (arrivedTo[own] ?? 0);
          if (count <= 0) return;
          arrivedTo[own] = ordinal;
          pacer.arrived(count, now);
        },
      });
    }
    events.sort((a, b) => a.at - b.at);
    const wait = pacer.waitMs(now);
    const late = random() < 0.01 ? random() * world.hiccupMs : random() * world.timerLateMs;
    const timer = wait === Infinity ? Infinity : now + Math.max(1, Math.ceil(wait)) + late;
    const next = events[0];
    if (next && next.at <= timer) {
      events.shift();
      now = Math.max(now, next.at);
      next.run();
    } else now = timer === Infinity ? now + 50 : timer;
    if (now >= end) return arrivals.sort((a, b) => a - b);
  }
}

function worstSecond(arrivals: readonly number[]): number {
  let worst = 0;
  let from = 0;
  arrivals.forEach((at, index) => {
    while (at - (arrivals[from] ?? 0) >= 1_000) from += 1;
    worst = Math.max(worst, index - from + 1);
  });
  return worst;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const loopback = { there: () => 0.2, back: () => 0.8, timerLateMs: 1, hiccupMs: 20, neverAnswered: 0 };

describe('Pacer', () => {
  it('never lets more than the share into any second, whatever jitter, hiccups and lost answers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 200 }),
        fc.constantFrom(0, 0.01, 0.2),
        fc.integer(),
        (share, binds, thereMs, backMs, hiccupMs, neverAnswered, seed) => {
          const arrivals = simulate(
            {
              share,
              binds,
              there: (random) => random() * random() * thereMs,
              back: (random) => random() * backMs,
              timerLateMs: 5,
              hiccupMs,
              neverAnswered,
              seconds: 5,
            },
            seed,
          );
          expect(worstSecond(arrivals)).toBeLessThanOrEqual(share);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    [12, 1],
    [50, 1],
    [200, 2],
    [500, 2],
    [2_000, 4],
  ])(
    'holds at least 99 %% of %i parts a second on a near operator, with timers late and 20 ms hiccups',
    (share, binds) => {
      const arrivals = simulate({ share, binds, ...loopback, seconds: 20 }, 7);
      expect(worstSecond(arrivals)).toBeLessThanOrEqual(share);
      expect(arrivals.length / (share * 20)).toBeGreaterThanOrEqual(0.99);
    },
  );

  it('spreads the parts: no 100 ms hold more than a fifth of the second', () => {
    const arrivals = simulate({ share: 500, binds: 1, ...loopback, hiccupMs: 0, seconds: 5 }, 3);
    for (let at = 0; at < 4_000; at += 50) {
      expect(arrivals.filter((arrival) => arrival >= at && arrival < at + 100).length).toBeLessThan(100);
    }
  });

  it('what was written and not answered counts until something after it is answered', () => {
    const pacer = new Pacer();
    pacer.set(2, true, 0);
    for (const left of [2, 1]) {
      expect(pacer.room(2_000)).toBe(left);
      pacer.take();
    }
    expect(pacer.room(60_000)).toBe(0);
    expect(pacer.waitMs(60_000)).toBe(Infinity);
    pacer.arrived(2, 60_000);
    expect(pacer.room(60_999)).toBe(0);
    expect(pacer.waitMs(60_999)).toBeCloseTo(1.5);
    expect(pacer.room(61_000.5)).toBeGreaterThan(0);
  });

  it('parts lost with their bind count for three seconds more', () => {
    const pacer = new Pacer();
    pacer.set(1, true, 0);
    pacer.take();
    pacer.lost(1, 1_000);
    expect(pacer.room(4_000)).toBe(0);
    expect(pacer.room(4_000.5)).toBe(1);
  });

  it('a smaller share holds at once, a greater one too', () => {
    const pacer = new Pacer();
    pacer.set(100, true, 0);
    for (let now = 1_000; now < 1_500; now += 10) {
      if (pacer.room(now) > 0) {
        pacer.take();
        pacer.arrived(1, now);
      }
    }
    pacer.set(10, true, 1_500);
    expect(pacer.room(1_500)).toBe(0);
    expect(pacer.occupied(1_500)).toBe(50);
    expect(pacer.occupied(2_491)).toBeLessThanOrEqual(1);
    expect(pacer.room(2_600)).toBe(3);
    for (let taken = 0; taken < 3; taken += 1) pacer.take();
    pacer.arrived(3, 2_600);
    expect(pacer.room(2_650)).toBe(0);
    pacer.set(100, true, 2_650);
    expect(pacer.room(2_670)).toBe(2);
  });

  it('without a limit there is always room; share 0 never has any', () => {
    const pacer = new Pacer();
    pacer.set(0, false, 0);
    expect(pacer.room(0)).toBe(Infinity);
    pacer.set(0, true, 0);
    expect(pacer.room(100_000)).toBe(0);
    expect(pacer.waitMs(100_000)).toBe(Infinity);
  });
});
