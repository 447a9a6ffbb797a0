import { uuidv7, uuidv7LowerBound, uuidv7Time } from './uuid';

describe('uuidv7', () => {
  it('is a valid version 7 and only grows, far beyond the counter of one millisecond', () => {
    let last = '';
    for (let at = 0; at < 200_000; at += 1) {
      const id = uuidv7();
      if (!/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id)) throw new Error(id);
      if (id <= last) throw new Error(`${id} after ${last}`);
      last = id;
    }
    expect(last).not.toBe('');
  });

  it('grows when the clock goes back, and carries its time otherwise', () => {
    const now = jest.spyOn(Date, 'now');
    try {
      const noon = Date.UTC(2090, 0, 1, 12);
      now.mockReturnValue(noon);
      const first = uuidv7();
      expect(uuidv7Time(first).getTime()).toBe(noon);
      now.mockReturnValue(noon - 60_000);
      const second = uuidv7();
      expect(second > first).toBe(true);
      expect(uuidv7Time(second).getTime()).toBe(noon);
    } finally {
      now.mockRestore();
    }
  });

  it('has its 62 random bits all in use', () => {
    const seen = Array.from({ length: 2_000 }, () => BigInt(`0x${uuidv7().slice(19).replace('-', '')}`));
    const or = seen.reduce((all, tail) => all | tail);
    const and = seen.reduce((all, tail) => all & tail);
    expect(or.toString(16)).toBe('bfffffffffffffff');
    expect(and.toString(16)).toBe('8000000000000000');
    expect(new Set(seen).size).toBe(2_000);
  });
});

describe('uuidv7LowerBound', () => {
  it('lies at or below every id of its moment and above those before', () => {
    const now = jest.spyOn(Date, 'now');
    try {
      const midnight = Date.UTC(2100, 10, 1);
      now.mockReturnValue(midnight - 1);
      const before = uuidv7();
      now.mockReturnValue(midnight);
      const after = uuidv7();
      const bound = uuidv7LowerBound(new Date(midnight));
      expect(before < bound).toBe(true);
      expect(after > bound).toBe(true);
      expect(bound).toMatch(/^[\da-f]{8}-[\da-f]{4}-0000-0000-000000000000$/);
    } finally {
      now.mockRestore();
    }
  });
  it.each([new Date(NaN), new Date(-1)])('refuses %p', (date) => {
    expect(() => uuidv7LowerBound(date)).toThrow(RangeError);
  });
});

describe('uuidv7Time', () => {
  it.each(['', 'x', '0192f3a0-0000-4000-8000-000000000000', '0192f3a0-0000-7000-8000-00000000000'])(
    'refuses %p',
    (id) => expect(() => uuidv7Time(id)).toThrow(RangeError),
  );
});
