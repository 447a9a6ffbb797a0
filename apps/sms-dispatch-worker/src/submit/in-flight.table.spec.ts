import type { Message } from './held-batch';
import { InFlightTable } from './in-flight.table';

const message = (msisdn = 1): Message => ({ msisdn }) as unknown as Message;

describe('InFlightTable', () => {
  it('answers each part once', () => {
    const table = new InFlightTable();
    table.add(1, message(), 0, 10);
    expect(table.answer(1)).toMatchObject({ sequence: 1, part: 0, isLate: false });
    expect(table.answer(1)).toBeUndefined();
    expect(table.answer(99)).toBeUndefined();
    expect(table.size).toBe(0);
  });

  it('takes out only what is overdue, in order; its answer is known as late, once', () => {
    const table = new InFlightTable();
    for (const [sequence, at] of [
      [1, 0],
      [2, 50],
      [3, 100],
    ] as const)
      table.add(sequence, message(), 0, at);
    expect(table.expire(100).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(table.size).toBe(1);
    expect(table.expire(100)).toEqual([]);
    expect(table.answer(2)).toMatchObject({ sequence: 2, isLate: true });
    expect(table.answer(2)).toBeUndefined();
    expect(table.clear().map(({ sequence }) => sequence)).toEqual([3]);
    expect(table.answer(1)).toBeUndefined();
  });

  it('remembers at most 10,000 late parts', () => {
    const table = new InFlightTable();
    for (let sequence = 1; sequence <= 10_005; sequence += 1) table.add(sequence, message(), 0, 0);
    table.expire(1);
    expect(table.answer(5)).toBeUndefined();
    expect(table.answer(6)).toMatchObject({ isLate: true });
  });

  it('an answer proves that all written before it has arrived', () => {
    const table = new InFlightTable();
    for (let sequence = 1; sequence <= 5; sequence += 1) table.add(sequence, message(), 0, sequence);
    const third = table.answer(3);
    expect(table.arrive(third?.ordinal ?? 0, 10)).toBe(3);
    expect(table.unarrived).toBe(2);
    expect(table.arrive(table.answer(1)?.ordinal ?? 0, 11)).toBe(0);
    expect(table.arrive(table.lastOrdinal, 12)).toBe(2);
    expect(table.unarrived).toBe(0);
    table.add(6, message(), 0, 20);
    expect(table.unarrivedSince).toBe(20);
  });

  it('knows whom an answer is still to come for', () => {
    const table = new InFlightTable();
    table.add(1, message(989_120_000_001), 0, 0);
    expect(table.hasMsisdn(989_120_000_001)).toBe(true);
    table.answer(1);
    expect(table.hasMsisdn(989_120_000_001)).toBe(false);
  });
});
