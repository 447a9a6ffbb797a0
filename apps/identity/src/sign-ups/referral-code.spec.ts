import { newReferralCode, readReferralCode } from './referral-code';

describe(readReferralCode, () => {
  it('IDN-217 reads every code that is made, however it is typed', () => {
    const codes = Array.from({ length: 500 }, newReferralCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) {
      expect(readReferralCode(code)).toBe(code);
      expect(readReferralCode(` ${code.slice(0, 4)}-${code.slice(4)} `.toLowerCase())).toBe(code);
    }
  });

  it.each([
    ['۱۲۳۴ ۵۶۷۸', '12345678'],
    ['oOiIlL00', '00111100'],
    ['1234567', undefined],
    ['123456789', undefined],
    ['1234567U', undefined],
    ['', undefined],
  ])('%p is %p', (typed, code) => {
    expect(readReferralCode(typed)).toBe(code);
  });
});
