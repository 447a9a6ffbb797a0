import { DomainError } from '@peyk/contracts';
import { folded, tidied } from './names';

describe(folded, () => {
  it.each([
    ['Arabic and Persian letters', 'مشتري كليدي', 'مشتری کلیدی'],
    ['digits of three scripts', 'گروه ٣', 'گروه ۳', 'گروه 3'],
    ['case', 'VIP', 'vip'],
    ['half-spaces', 'می\u200cشود', 'میشود'],
    ['kashida and vowel signs', 'سـلام مُحمّد', 'سلام محمد'],
    ['spaces of any kind and number', ' الف\t\u00a0 ب\n', 'الف ب'],
    ['marks of direction', '\u200fسلام\u200e', 'سلام'],
    ['a letter in one sign or two', '\u0622ب', '\u0627\u0653ب'],
  ])('takes %s for the same', (_what, ...texts) => {
    expect(new Set(texts).size).toBe(texts.length);
    expect(new Set(texts.map(folded)).size).toBe(1);
  });

  it.each([
    ['گروه ۱', 'گروه ۱۱'],
    ['الف ب', 'الفب'],
    ['آب', 'اب'],
    ['', '.'],
  ])('keeps %j and %j apart', (one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });
});

describe(tidied, () => {
  it('keeps the letters as they were written, on one line', () => {
    expect(tidied('name', ' مشتري \n  كليدي ')).toBe('مشتري كليدي');
    expect(tidied('name', 'می\u200cرود ۱')).toBe('می\u200cرود ۱');
  });

  it.each(['', ' \t\n', '\u200b\u200f', '\u200c'])('refuses %j and names the field', (text) => {
    const refused = (): string => tidied('title', text);
    expect(refused).toThrow(DomainError);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'input.invalid',
        details: { fields: [expect.objectContaining({ field: 'title' })] },
      }) as Error,
    );
  });
});
