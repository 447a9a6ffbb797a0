import { earningsOf } from './earnings';

describe('what a reseller earns with a send', () => {
  const prices = [100, 250, 0];
  const costs = [80, 250, 0];

  it('BIL-210 price less cost of each part that stayed paid, by operator', () => {
    expect(
      earningsOf(
        [
          { operator: 0, netRials: 700 },
          { operator: 1, netRials: 500 },
        ],
        prices,
        costs,
      ),
    ).toEqual({ parts: 9, netRials: 1_200, marginRials: 140 });
  });

  it('is nothing for nothing, for free parts, and never negative', () => {
    const nothing = { parts: 0, netRials: 0, marginRials: 0 };
    expect(earningsOf([], prices, costs)).toEqual(nothing);
    expect(earningsOf([{ operator: 2, netRials: 0 }], prices, costs)).toEqual(nothing);
    expect(earningsOf([{ operator: 0, netRials: 100 }], [100], [130])).toEqual({
      parts: 1,
      netRials: 100,
      marginRials: 0,
    });
    // Without a cost of its own an operator earns nothing.
    expect(earningsOf([{ operator: 0, netRials: 100 }], [100], []).marginRials).toBe(0);
  });
});
