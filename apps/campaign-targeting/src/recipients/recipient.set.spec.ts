import fc from 'fast-check';
import { RecipientSet } from './recipient.set';

describe(RecipientSet.name, () => {
  it('SMS-205 answers as a Map would', () => {
    const number = fc.oneof(
      fc.integer({ min: 9_000_000_000, max: 9_000_000_050 }),
      fc.integer({ min: 9_000_000_000, max: 9_999_999_999 }),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
        const set = new RecipientSet();
        const map = new Map<number, number>();
        numbers.forEach((national, i) => {
          expect(set.add(national, i + 1)).toBe(map.get(national) ?? 0);
          if (!map.has(national)) map.set(national, i + 1);
        });
        expect(set.size).toBe(map.size);
      }),
    );
  });

  it('SMS-205 still knows the first row after it has grown many times', () => {
    const set = new RecipientSet();
    const numberOf = (i: number): number => 9_000_000_000 + ((i * 7_919) % 999_999_937);
    let known = 0;
    for (let i = 1; i <= 200_000; i += 1) known += set.add(numberOf(i), i);
    expect(known).toBe(0);
    for (let i = 1; i <= 200_000; i += 997) expect(set.add(numberOf(i), 1)).toBe(i);
    expect(set.size).toBe(200_000);
    // Both ends of the range.
    expect([set.add(9_000_000_000, 5), set.add(9_999_999_999, 6)]).toEqual([0, 0]);
    expect([set.add(9_000_000_000, 7), set.add(9_999_999_999, 8)]).toEqual([5, 6]);
  });
});
