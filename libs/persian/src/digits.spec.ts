import fc from 'fast-check';
import { digitValue, toLatinDigits, toPersianDigits } from './digits';

describe('digits', () => {
  it('WEB-201 reads every digit form', () => {
    expect(toLatinDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ０１２３４５６７８９ 0123456789')).toBe(
      '0123456789 0123456789 0123456789 0123456789',
    );
  });

  it('WEB-201 writes Persian digits and nothing else', () => {
    expect(toPersianDigits('۱٢3４ ریال a-b')).toBe('۱۲۳۴ ریال a-b');
  });

  it('knows exactly the forty digits', () => {
    let count = 0;
    for (let unit = 0; unit <= 0xffff; unit += 1) if (digitValue(unit) >= 0) count += 1;
    expect(count).toBe(40);
    // The neighbours of each range, where an off-by-one would show.
    for (const unit of [0x2f, 0x3a, 0x65f, 0x66a, 0x6ef, 0x6fa, 0xff0f, 0xff1a]) {
      expect(digitValue(unit)).toBe(-1);
    }
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        expect(Number(toLatinDigits(toPersianDigits(String(n))))).toBe(n);
      }),
    );
  });
});
