import { chosenUsername } from './chosen-username';

describe(chosenUsername, () => {
  it.each([
    ['Reza.Ahmadi', 'reza.ahmadi'],
    ['reza_1405', 'reza_1405'],
    ['رضا-احمدي', 'رضا-احمدی'],
    ['shop۱۲', 'shop12'],
    ['  abc ', 'abc'],
    ['re\u2060za', 'reza'],
    [`a${'b'.repeat(49)}`, `a${'b'.repeat(49)}`],
  ])('IDN-215 takes %s', (typed, stored) => {
    expect(chosenUsername(typed)).toBe(stored);
  });

  it.each([
    ['only digits, as codes have', '1234567'],
    ['a digit first', '1reza'],
    ['too short', 'ab'],
    ['too long', 'a'.repeat(51)],
    ['nothing', '   '],
    ['a space', 'reza ahmadi'],
    ['two scripts', 'rezaاحمدی'],
    ['a Cyrillic look-alike', 'rеza'],
    ['an address', 'reza@example.com'],
    ['what speaks for the site', 'admin'],
    ['the same in disguise', 'Ad-min.01'],
    ['the same in Persian', 'پشتیبانی'],
  ])('refuses %s', (_what, typed) => {
    expect(chosenUsername(typed)).toBeUndefined();
  });
});
