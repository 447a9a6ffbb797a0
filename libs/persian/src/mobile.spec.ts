import fc from 'fast-check';
import { toPersianDigits } from './digits';
import { mobileOperator, mobileRejection, parseMobile, parseMobileNumber } from './mobile';
import { MOBILE_OPERATORS, MOBILE_PREFIXES } from './operators.data';

const reasonOf = (text: string): string => {
  const result = parseMobile(text);
  return result.ok ? `ok ${result.msisdn}` : result.reason;
};

describe(parseMobile.name, () => {
  it.each([
    '09121234567',
    '9121234567',
    '989121234567',
    '+989121234567',
    '00989121234567',
    '+98 (912) 123-4567',
    '+98 (0)912 123 4567',
    '+98 0912 123 4567',
    '00980912 1234567',
    '0098 912 123 45 67',
    '0912.123.45.67',
    '0912–123—4567',
    '۰۹۱۲۱۲۳۴۵۶۷',
    '٠٩١٢١٢٣٤٥٦٧',
    '０９１２１２３４５６７',
    '＋۹۸۹۱۲۱۲۳۴۵۶۷',
    '\u200e+98\u00a0912\u202f1234567\u200f',
    '\u202a09121234567\u202c',
    '۰۹۱۲\u200c۱۲۳۴۵۶۷',
    '\ufeff09121234567',
    '  09121234567\t',
    "'09121234567",
    '="09121234567"',
    '9121234567.0',
    '989121234567.0',
    '+09121234567',
    '0989121234567',
  ])('SMS-205 reads %p', (text) => {
    expect(parseMobile(text)).toEqual({ ok: true, msisdn: '989121234567', operator: 'mci' });
  });

  it.each([
    ['', 'empty'],
    [' \u00a0\t', 'empty'],
    ['-', 'not_a_number'],
    ['ندارد', 'not_a_number'],
    ['0912345678a', 'not_a_number'],
    ['+', 'not_a_number'],
    ['0912+1234567', 'not_a_number'],
    ['++989121234567', 'not_a_number'],
    ['09121234567 / 09351234567', 'not_a_number'],
    ['09121234567 0935123456x', 'not_a_number'],
    ['9.12346E+09', 'rounded_number'],
    ['9,12346e+09', 'rounded_number'],
    ['9E9', 'rounded_number'],
    ['12345', 'wrong_length'],
    ['0', 'wrong_length'],
    ['000', 'wrong_length'],
    ['0912123456', 'wrong_length'],
    ['091212345678', 'wrong_length'],
    ['00098 9121234567', 'wrong_length'],
    ['+9891212345', 'wrong_length'],
    ['09121234567 09351234567', 'wrong_length'],
    ['9.0', 'wrong_length'],
    ['+905322395922', 'not_iranian'],
    ['00905322395922', 'not_iranian'],
    ['+1 212 555 0100', 'not_iranian'],
    ['02188776655', 'not_mobile'],
    ['+98 21 8877 6655', 'not_mobile'],
    ['09411234567', 'not_mobile'],
    ['09061234567', 'not_mobile'],
    ['09241234567', 'not_mobile'],
    ['0980123456', 'wrong_length'],
    ['09801234567', 'not_mobile'],
    ['09701234567', 'not_mobile'],
  ])('SMS-205 refuses %p as %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason);
  });

  it.each([
    ['0901', 'irancell'],
    ['0910', 'mci'],
    ['0919', 'mci'],
    ['0920', 'rightel'],
    ['0930', 'irancell'],
    ['0931', 'mtce'],
    ['0932', 'mci'],
    ['0934', 'telekish'],
    ['0935', 'irancell'],
    ['0990', 'mci'],
    ['0994', 'mci'],
    ['09955', 'irancell'],
    ['0995', 'other'],
    ['0997', 'other'],
    ['09981', 'shatel'],
    ['09990', 'mci'],
    ['09991', 'irancell'],
    ['09993', 'aptel'],
    ['09998', 'rightel'],
    ['099995', 'other'],
    ['099996', 'rightel'],
    ['099999', 'rightel'],
  ])('takes the longest prefix: %s is %s', (prefix, operator) => {
    expect(parseMobile(prefix.padEnd(11, '0'))).toMatchObject({ ok: true, operator });
  });

  it('has well-formed prefixes, each once', () => {
    for (const [prefix, operator] of MOBILE_PREFIXES) {
      expect(prefix).toMatch(/^9\d{1,4}$/);
      expect(MOBILE_OPERATORS).toContain(operator);
    }
    expect(new Set(MOBILE_PREFIXES.map(([prefix]) => prefix)).size).toBe(MOBILE_PREFIXES.length);
  });

  it('reads its own answer again as the same number, in any digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9_000_000_000, max: 9_999_999_999 }), (n) => {
        const first = parseMobile(`0${n}`);
        fc.pre(first.ok);
        if (!first.ok) return;
        expect(parseMobile(first.msisdn)).toEqual(first);
        expect(parseMobile(`+${toPersianDigits(first.msisdn)}`)).toEqual(first);
        expect(first.msisdn).toBe(`98${n}`);
      }),
    );
  });

  it('answers any text, with twelve digits or a known reason', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789+ -.()eE۹٠') });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        const result = parseMobile(text);
        if (result.ok) expect(result.msisdn).toMatch(/^989\d{9}$/);
        else expect(result.reason).toMatch(/^[a-z_]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('looks at a bounded piece of a hostile text', () => {
    expect(reasonOf('1'.repeat(5_000_000))).toBe('not_a_number');
    expect(reasonOf(' '.repeat(1_000_000))).toBe('empty');
    expect(reasonOf(`${' '.repeat(1_000)}09121234567${' '.repeat(1_000)}`)).toBe('ok 989121234567');
    expect(reasonOf('.0'.repeat(30))).toBe('wrong_length');
  });
});

describe(parseMobileNumber.name, () => {
  it('gives the national number or the code of the same reason', () => {
    expect(parseMobileNumber('+989121234567')).toBe(9_121_234_567);
    expect(mobileRejection(parseMobileNumber('12345'))).toBe('wrong_length');
  });

  it('refuses codes that mean nothing', () => {
    expect(() => mobileRejection(9_121_234_567)).toThrow(RangeError);
    expect(() => mobileOperator(-1)).toThrow(RangeError);
    expect(() => mobileOperator(9_411_234_567)).toThrow(RangeError);
  });
});
