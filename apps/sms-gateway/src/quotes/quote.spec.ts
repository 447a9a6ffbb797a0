import { DomainError, maxPartsPerMessage, maxTypedNumbers, operators } from '@peyk/contracts';
import { assertOneSource, countTyped, measureText, priceRows } from './quote';

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe(measureText, () => {
  it('SMS-204 counts Persian 70 then 67, Latin 160 then 153, and names the language of the price', () => {
    const measure = (text: string): [number, string] => {
      const { parts, language } = measureText(text, false);
      return [parts, language];
    };
    expect(measure('س'.repeat(70))).toEqual([1, 'fa']);
    expect(measure('س'.repeat(71))).toEqual([2, 'fa']);
    expect(measure('س'.repeat(134))).toEqual([2, 'fa']);
    expect(measure('س'.repeat(135))).toEqual([3, 'fa']);
    expect(measure('a'.repeat(160))).toEqual([1, 'en']);
    expect(measure('a'.repeat(161))).toEqual([2, 'en']);
    expect(measure('a'.repeat(306))).toEqual([2, 'en']);
    expect(measure('a'.repeat(307))).toEqual([3, 'en']);
  });

  it('SMS-205 a text of nothing that can be seen is empty', () => {
    for (const text of [
      '',
      ' \n',
      '\u200c',
      '\u200f\u200f',
      '\u3164',
      '\u115f',
      '\u2800',
      '\u00ad',
      '\ufe0f',
      '\ufeff',
    ])
      expect([text, refusal(() => measureText(text, false))]).toEqual([text, 'send.textEmpty']);
    expect(refusal(() => measureText('\u200c.', false))).toBe('accepted');
  });

  it('SMS-204 counts 66 on a line that does so', () => {
    expect(measureText('س'.repeat(133), false).parts).toBe(2);
    expect(measureText('س'.repeat(133), true).parts).toBe(3);
    expect(measureText('س'.repeat(132), true).parts).toBe(2);
  });

  it('SMS-005 says how long the text is and which letters make it long', () => {
    expect(measureText('abc', false)).toMatchObject({ units: 3, ucs2Letters: '' });
    expect(measureText('a€b', false)).toMatchObject({ units: 4, language: 'en' });
    expect(measureText('abسc«س', false)).toMatchObject({ units: 6, ucs2Letters: 'س«' });
  });

  it('refuses an empty text, one of blanks only, and one letter too many', () => {
    expect(refusal(() => measureText('', false))).toBe('send.textEmpty');
    expect(refusal(() => measureText(' \n\t ', false))).toBe('send.textEmpty');
    expect(refusal(() => measureText('س'.repeat(67 * maxPartsPerMessage), false))).toBe('accepted');
    expect(refusal(() => measureText('س'.repeat(67 * maxPartsPerMessage + 1), false))).toBe(
      'send.textTooLong',
    );
  });
});

describe(countTyped, () => {
  const numbers = ['09121234567', '+98 912 123 4567', '0935-123-4567', '۰۹۱۲۱۲۳۴۵۶۸', 'hello', '0211234'];

  it('SMS-205 takes every writing, reports what is none, and counts a person once', () => {
    expect(countTyped(numbers)).toEqual({
      byOperator: [
        { operator: 'mci', recipients: 2 },
        { operator: 'irancell', recipients: 1 },
      ],
      recipients: 3,
      invalid: 2,
      duplicates: 1,
    });
  });

  it('SMS-011 slices by row and count, and refuses what is not there', () => {
    expect(countTyped(numbers, { row: 2 }).recipients).toBe(2);
    expect(countTyped(numbers, { row: 2, count: 1 }).byOperator).toEqual([
      { operator: 'irancell', recipients: 1 },
    ]);
    expect(countTyped(numbers, { count: 3 }).recipients).toBe(3);
    expect(refusal(() => countTyped(numbers, { count: 4 }))).toBe('list.sliceOutOfRange');
    expect(refusal(() => countTyped(numbers, { row: 4 }))).toBe('list.sliceOutOfRange');
    expect(countTyped(['x']).recipients).toBe(0);
  });

  it('TGT-002 counts as many as may be typed, not one more, whatever slice of them is meant', () => {
    const many = (count: number): string[] => Array<string>(count).fill('09121234567');
    expect(maxTypedNumbers).toBe(400);
    expect(countTyped(many(400)).duplicates).toBe(399);
    for (const slice of [{}, { row: 1, count: 1 }]) {
      expect(() => countTyped(many(401), slice)).toThrow(
        expect.objectContaining({
          code: 'list.tooManyNumbers',
          details: { field: 'recipients.numbers', max: 400, got: 401 },
        }) as Error,
      );
    }
  });
});

describe(assertOneSource, () => {
  it('wants a list or numbers, not both, not neither, not nobody', () => {
    const listId = '0198f000-0000-7000-8000-00000000000a';
    expect(refusal(() => assertOneSource({ listId }))).toBe('accepted');
    expect(refusal(() => assertOneSource({ numbers: ['1'] }))).toBe('accepted');
    expect(refusal(() => assertOneSource({ listId, numbers: ['1'] }))).toBe('input.invalid');
    expect(refusal(() => assertOneSource({}))).toBe('input.invalid');
    expect(refusal(() => assertOneSource({ numbers: [] }))).toBe('list.empty');
  });
});

describe(priceRows, () => {
  it('SMS-008 multiplies recipients, parts and the price of the operator', () => {
    const rows = priceRows(
      [
        { operator: 'mci', recipients: 3 },
        { operator: 'irancell', recipients: 0 },
        { operator: 'other', recipients: 2 },
      ],
      2,
      operators.map((operator) => (operator === 'mci' ? 1_330 : 1_500)),
    );
    expect(rows).toEqual([
      { operator: 'mci', recipients: 3, rialsPerPart: 1_330, totalRials: 7_980 },
      { operator: 'other', recipients: 2, rialsPerPart: 1_500, totalRials: 6_000 },
    ]);
  });
});
