import fc from 'fast-check';
import { parseLegalId, parseNationalCode } from './national-code';

describe(parseNationalCode.name, () => {
  it.each(['0499370899', '0790419904', '0084575948', '0963695398', '0684159414', '0067749828'])(
    'takes %s',
    (code) => {
      expect(parseNationalCode(code)).toBe(code);
    },
  );

  it('fills dropped zeros and reads Persian digits', () => {
    expect(parseNationalCode('84575948')).toBe('0084575948');
    expect(parseNationalCode(' ۴۹۹۳۷۰۸۹۹ ')).toBe('0499370899');
  });

  it.each(['', '0', '0499370898', '1111111111', '0000000000', '4567', '12345678901', '04993708a9'])(
    'refuses %p',
    (code) => {
      expect(parseNationalCode(code)).toBeUndefined();
    },
  );

  it('has one right check digit for any nine digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999_999_998 }), (n) => {
        const nine = String(n).padStart(9, '0');
        fc.pre(new Set(nine).size > 1);
        const right = [...'0123456789'].filter((check) => parseNationalCode(nine + check) !== undefined);
        expect(right).toHaveLength(1);
      }),
    );
  });
});

describe(parseLegalId.name, () => {
  it.each(['10380284790', '10861677542', '14007650912'])('takes %s', (id) => {
    expect(parseLegalId(id)).toBe(id);
  });

  it.each(['10380285692', '1038028479', '11111111111', '00000000000', 'x0380284790'])('refuses %p', (id) => {
    expect(parseLegalId(id)).toBeUndefined();
  });

  it('reads Persian digits', () => {
    expect(parseLegalId('۱۰۳۸۰۲۸۴۷۹۰')).toBe('10380284790');
  });
});
