import { batchCodesBefore, batchStateCode, batchStates, batchTransitions } from './batch.entity';

describe('states of a batch', () => {
  it('are stored under codes that never change', () => {
    expect(batchStates.map(batchStateCode)).toEqual([0, 1, 2]);
  });

  it.each(batchStates.flatMap((from) => batchStates.map((to) => [from, to] as const)))(
    'guarantee 2: %s -> %s happens only where the table has it, and never a second time',
    (from, to) => {
      const isAllowed = batchTransitions[from].includes(to);
      expect(batchCodesBefore(to).includes(batchStateCode(from))).toBe(isAllowed);
      // Never back: a batch that was given out is not given out again.
      expect(isAllowed && batchStateCode(to) <= batchStateCode(from)).toBe(false);
    },
  );
});
