import { fileOf, readTyped } from './typed-numbers';

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

  it.each([
    '/',
    ' / ',
    '-',
    '–',
    ' - ',
    '*',
    ':',
    '\\',
    '_',
    '.',
    '|',
    '،',
    '؛',
    ' ؛ ',
    '\t',
    '\u00a0',
    '\r\n',
  ])('takes numbers in every writing separated by %j', (separator) => {
    const written = [
      '09121112233',
      '+989351112233',
      '00989011112233',
      '989191112233',
      '۹۱۰۱۱۱۲۲۳۳',
      '٠٩٠٢١١١٢٢٣٣',
    ];
    const typed = readTyped(written.join(separator));
    expect(typed.valid).toEqual([
      '989121112233',
      '989351112233',
      '989011112233',
      '989191112233',
      '989101112233',
      '989021112233',
    ]);
    expect([typed.duplicates, typed.invalid]).toEqual([0, 0]);
  });

  it('says of a repeated number which it is and where it stood first', () => {
    expect(readTyped('09121112233\nabc\n09351112233, +989351112233 09121112233').repeated).toEqual([
      { msisdn: '989351112233', first: 3 },
      { msisdn: '989121112233', first: 1 },
    ]);
  });

  it('makes a file of them with an entry a row, as it was written', async () => {
    const file = fileOf('09121112233, "x"; ۰۹۳۵ ۱۱۱ ۲۲۳۳', 'شماره‌ها.csv');
    expect(await file.text()).toBe('09121112233\r\n"""x"""\r\n۰۹۳۵ ۱۱۱ ۲۲۳۳\r\n');
    expect(file.name).toBe('شماره‌ها.csv');
  });

  it('finds nothing in nothing', () => {
    expect(readTyped(' \n , ؛ ')).toEqual({
      valid: [],
      duplicates: 0,
      invalid: 0,
      refused: [],
      repeated: [],
    });
  });
});
