import { readTyped } from './typed-numbers';

describe(readTyped, () => {
  it('SMS-205 takes numbers in any writing and counts a number once', () => {
    const typed = readTyped('09121112233\n+98 912 111 2233, ۰۹۳۵۱۱۱۲۲۳۳؛ 9011112233');
    expect(typed.valid).toEqual(['989121112233', '989351112233', '989011112233']);
    expect(typed.duplicates).toBe(1);
    expect(typed.invalid).toBe(0);
  });

  it('takes spaces within a number and between numbers', () => {
    expect(readTyped('0912 111 2233').valid).toEqual(['989121112233']);
    expect(readTyped('09121112233 09351112233').valid).toEqual(['989121112233', '989351112233']);
  });

  it('says which are none and why, and keeps what it shows bounded', () => {
    expect(readTyped('02188776655\nabc').refused).toEqual([
      { text: '02188776655', reason: 'not_mobile' },
      { text: 'abc', reason: 'not_a_number' },
    ]);
    const many = readTyped(Array.from({ length: 100 }, (_, index) => `x${index}`).join('\n'));
    expect([many.invalid, many.refused.length]).toEqual([100, 20]);
  });

  it('finds nothing in nothing', () => {
    expect(readTyped(' \n , ؛ ')).toEqual({ valid: [], duplicates: 0, invalid: 0, refused: [] });
  });
});
