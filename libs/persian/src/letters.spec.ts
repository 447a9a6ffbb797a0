import fc from 'fast-check';
import { normalizePersian } from './letters';

describe(normalizePersian.name, () => {
  it('SMS-205 turns Arabic yeh and kaf into Persian', () => {
    expect(normalizePersian('علي رضايي كاظمى')).toBe('علی رضایی کاظمی');
  });

  it('keeps ZWNJ, which is spelling, and ZWJ, which is emoji', () => {
    expect(normalizePersian('می\u200cرم 👨\u200d👩\u200d👧')).toBe('می\u200cرم 👨\u200d👩\u200d👧');
  });

  it('strips direction controls and the byte order mark', () => {
    expect(normalizePersian('\ufeff\u200fسلام\u200e \u202b۱۲\u202c\u2067x\u2069\u061c')).toBe('سلام ۱۲x');
  });

  it('opens presentation forms and ligatures', () => {
    expect(normalizePersian('\ufeb3\ufefc\ufee1')).toBe('سلام');
  });

  it('leaves digits, diacritics, kashida and Latin alone', () => {
    const text = 'ســلام مُحمّد ۱۲ ٣٤ 56 Ali';
    expect(normalizePersian(text)).toBe(text);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normalizePersian(text);
        expect(normalizePersian(once)).toBe(once);
      }),
    );
  });
});
