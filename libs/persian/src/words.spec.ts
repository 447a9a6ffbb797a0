import fc from 'fast-check';
import { indexedWords, searchedWords } from './words';

/** As the database compares: each word that is searched begins a word of the text, joined or by its pieces. */
function finds(search: string, text: string): boolean {
  const words = indexedWords(text);
  const begins = (part: string): boolean => words.some((word) => word.startsWith(part));
  return searchedWords(search).every((pieces) => begins(pieces.join('')) || pieces.every(begins));
}

describe(indexedWords, () => {
  it.each([
    ['Arabic and Persian letters', 'مشتري كليدي', 'مشتری کلیدی'],
    ['every alef', 'أحمد إمام آب', 'احمد امام اب'],
    ['hamza on its seat', 'مسئول مؤمن خانۀ', 'مسیول مومن خانه'],
    ['teh marbuta', 'زكاة', 'زکاه'],
    ['digits of three scripts', 'گروه ٣', 'گروه ۳', 'گروه 3'],
    ['case and accents', 'CAFÉ Vip', 'cafe vip'],
    ['kashida and vowel signs', 'سـلام مُحمّد', 'سلام محمد'],
    ['marks of direction', '\u200fسلام\u200e', 'سلام'],
    ['soft hyphens', 'تخ\u00adفیف', 'تخفیف'],
    ['a letter in one sign or two', '\u0622ب', '\u0627\u0653ب'],
    ['presentation forms', '\ufeb3\ufefc\ufee1', 'سلام'],
    ['signs around words', '«سلام»، (دوست)!', 'سلام دوست'],
  ])('takes %s for the same', (_what, ...texts) => {
    const words = texts.map(indexedWords);
    expect(words[0]).not.toEqual([]);
    for (const other of words) expect(other).toEqual(words[0]);
  });

  it('has a word with half-spaces joined and from each of its pieces on', () => {
    expect(indexedWords('نمی\u200cشود\u200cکه')).toEqual(['نمیشودکه', 'شودکه', 'که']);
  });

  it('is bounded, whatever the text', () => {
    expect(indexedWords('ا'.repeat(10_000))).toEqual(['ا'.repeat(40)]);
    const many = indexedWords(Array.from({ length: 5_000 }, (_, no) => `w${no}`).join(' '));
    expect(many).toHaveLength(600);
    expect(indexedWords("\u0000 ' & | ! : * ( ) \\ 🎉 %_")).toEqual([]);
  });

  it('has nothing but letters and digits in any word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of [...indexedWords(text), ...searchedWords(text).flat()])
          expect(word).toMatch(/^[\p{L}\p{N}]+$/u);
      }),
    );
  });
});

describe(searchedWords, () => {
  it.each(['می\u200cشود', 'میشود', 'می شود', 'شود', 'مي\u200cشو', 'می'])(
    '%j finds میشود with a half-space',
    (search) => expect(finds(search, 'این می\u200cشود.')).toBe(true),
  );
  it.each(['این می شود', 'این میشود', 'این می\u200cشود'])('a half-space finds %j', (text) =>
    expect(finds('می\u200cشود', text)).toBe(true),
  );
  it('each word begins a word, in any order', () => {
    const text = 'خبرنامه‌ی ۱۲: تخفیف ویژه، سلام!';
    for (const search of ['ویژ تخفی', 'خبرنامه', '١٢', '۱', 'سلام خبر'])
      expect([search, finds(search, text)]).toEqual([search, true]);
    for (const search of ['خفیف', 'تخفیفها', 'سلام بد', '۲'])
      expect([search, finds(search, text)]).toEqual([search, false]);
  });

  it('is bounded, whatever was typed', () => {
    expect(searchedWords('ب '.repeat(10_000))).toEqual([['ب']]);
    expect(searchedWords(Array.from({ length: 99 }, (_, no) => `w${no}`).join(' '))).toHaveLength(10);
    expect(searchedWords("' & ! | <-> :* \\ () \u0000")).toEqual([]);
  });
});
