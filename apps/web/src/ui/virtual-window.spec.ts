import { windowOf } from './virtual-window';

describe(windowOf, () => {
  it('always holds what is seen, and little more, wherever it is scrolled', () => {
    const rows = 100_000;
    for (let scrollTop = 0; scrollTop < rows * 44; scrollTop += 9_973) {
      const { first, end } = windowOf(scrollTop, 600, 44, rows);
      expect(first).toBeLessThanOrEqual(Math.floor(scrollTop / 44));
      expect(end).toBeGreaterThanOrEqual(Math.min(rows, Math.ceil((scrollTop + 600) / 44)));
      expect(end - first).toBeLessThanOrEqual(56);
    }
  });

  it('moves in steps', () => {
    expect(windowOf(10_000, 600, 44, 1_000)).toEqual(windowOf(10_020, 600, 44, 1_000));
  });

  it('stays within few rows, also when the list shrank under the scroll', () => {
    expect(windowOf(0, 600, 44, 3)).toEqual({ first: 0, end: 3 });
    expect(windowOf(50_000, 600, 44, 3)).toEqual({ first: 2, end: 3 });
    expect(windowOf(0, 600, 44, 0)).toEqual({ first: 0, end: 0 });
    expect(windowOf(-80, 600, 44, 5).first).toBe(0);
  });
});
