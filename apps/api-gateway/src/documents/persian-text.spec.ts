import * as fc from 'fast-check';
import { visualPieces } from './persian-text';

/** As a reader sees it from left to right: pieces of Arabic script are laid out from the right by the shaper. */
function seen(line: string, direction?: 'ltr'): string {
  const fromRight = /^[\p{Script=Common}\p{Script=Inherited}]*\p{Script=Arabic}/u;
  return visualPieces(line, direction)
    .map((piece) => (fromRight.test(piece) ? [...piece].reverse().join('') : piece))
    .join('');
}
const backwards = (text: string): string => [...text].reverse().join('');

describe('visualPieces', () => {
  it('BIL-213 puts the first word at the right and keeps the letters of a word together', () => {
    expect(visualPieces('صورت‌حساب کیف پول')).toEqual(['پول', ' ', 'کیف', ' ', 'صورت‌حساب']);
  });

  it('keeps digits of a number from left to right, Persian and Latin ones', () => {
    expect(seen('مبلغ ۱٬۲۳۴٬۵۶۷ ریال')).toBe(`${backwards('ریال')} ۱٬۲۳۴٬۵۶۷ ${backwards('مبلغ')}`);
    expect(seen('به 1,200 نفر')).toBe(`${backwards('نفر')} 1,200 ${backwards('به')}`);
    expect(seen('۱۴۰۵/۰۹/۰۱ ۰۷:۴۰')).toBe('۰۷:۴۰ ۱۴۰۵/۰۹/۰۱');
  });

  it('keeps Latin words in their order inside a Persian line, and turns brackets', () => {
    expect(seen('خرید plan two طلا')).toBe(`${backwards('طلا')} plan two ${backwards('خرید')}`);
    expect(seen('شارژ (سفارش 12345)')).toBe(`(12345 ${backwards('سفارش')}) ${backwards('شارژ')}`);
  });

  it('leaves a card number as it is written in a line from left to right', () => {
    expect(seen('۶۱۰۴۳۳******۱۲۳۴', 'ltr')).toBe('۶۱۰۴۳۳******۱۲۳۴');
  });

  it('loses and adds no character, whatever is written', () => {
    const text = fc.array(
      fc.constantFrom(...'سلام ‌۱۲۳٬abc 45.6-()[]«»،%/:*\t'.split(''), 'لا', '🙂', '\u200f', '\u202b'),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(text, (letters) => {
        const line = letters.join('');
        const turned = (all: string): string =>
          [...all]
            .map((char) => ('()[]«»'.includes(char) ? '|' : char))
            .sort()
            .join('');
        expect(turned(visualPieces(line).join(''))).toBe(turned(line));
      }),
      { numRuns: 300 },
    );
  });
});
