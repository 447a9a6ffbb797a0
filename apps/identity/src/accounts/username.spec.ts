import { normalizeUsername } from './username';

describe(normalizeUsername, () => {
  it.each([
    ['Persian digits', '۱۲۳۴۵۶', '123456'],
    ['Arabic digits', '١٢٣٤٥٦', '123456'],
    ['full-width letters and digits', 'ＤＥＭＯ１', 'demo1'],
    ['capitals and spaces around', '  DeMo \n', 'demo'],
    ['Arabic yeh and kaf', 'علي‌كاظمي', 'علی‌کاظمی'],
    ['direction marks of a copied code', '\u200e1405\u202c', '1405'],
    ['control characters, NUL too', 'de\u0000mo\u0007', 'demo'],
  ])('IDN-213 takes %s', (_what, typed, stored) => {
    expect(normalizeUsername(typed)).toBe(stored);
  });

  it('leaves nothing of a text that shows nothing', () => {
    expect(normalizeUsername(' \u0000\u200f ')).toBe('');
  });

  it('changes nothing the second time', () => {
    for (const typed of ['ＤＥＭＯ۱', ' كد ۱۲ ', 'İstanbul', 'ﷺ', '\u0000 a']) {
      const once = normalizeUsername(typed);
      expect(normalizeUsername(once)).toBe(once);
    }
  });
});
