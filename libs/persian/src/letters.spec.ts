import fc from 'fast-check';
import { isSeen, normalizePersian } from './letters';

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

describe(isSeen, () => {
  const unseen = [
    ...['', ' ', '\t\r\n', '\u00a0', '\u2003', '\u3000', '\u0000', '\u001f', '\u0085', '\u007f'],
    // ZWNJ, ZWJ, LRM, RLM, ALM, embeddings and isolates, ZWSP, word joiner, invisible times, BOM.
    ...['\u200c', '\u200d', '\u200e', '\u200f', '\u061c', '\u202b\u202c', '\u2067\u2069'],
    ...['\u200b', '\u2060', '\u2062', '\ufeff'],
    // Soft hyphen, CGJ, Mongolian vowel separator, Khmer inherent vowel, Hangul fillers, blank of braille.
    ...['\u00ad', '\u034f', '\u180e', '\u17b4', '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800'],
    // Variation selectors, tags, annotation marks, a note without head.
    ...['\ufe0f', '\u{e0100}', '\u{e0041}', '\ufff9\ufffb', '\u{1d159}'],
  ];

  it('SMS-205 nothing of these is seen, alone or together', () => {
    for (const text of unseen) expect([text, isSeen(text)]).toEqual([text, false]);
    expect(isSeen(unseen.join(''))).toBe(false);
  });

  it('one letter, digit, mark or picture among them is', () => {
    for (const letter of ['س', 'a', '۱', '.', '…', '😀', '\u06dd', '\u064b', '�', '\ue000'])
      expect([letter, isSeen(`${unseen.join('')}${letter}\u200c`)]).toEqual([letter, true]);
  });
});
