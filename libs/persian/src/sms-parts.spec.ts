import fc from 'fast-check';
import { decodeGsm7, decodeUcs2, encodeGsm7, encodeUcs2, gsm7Septets } from './gsm7';
import { countSmsParts, smsLanguage, splitSms } from './sms-parts';

// 3GPP TS 23.038 section 6.2.1: Unicode of the codes 00-7F, row by row; 1B is the escape.
const STANDARD = `
0040 00A3 0024 00A5 00E8 00E9 00F9 00EC 00F2 00C7 000A 00D8 00F8 000D 00C5 00E5
0394 005F 03A6 0393 039B 03A9 03A0 03A8 03A3 0398 039E ESC  00C6 00E6 00DF 00C9
0020 0021 0022 0023 00A4 0025 0026 0027 0028 0029 002A 002B 002C 002D 002E 002F
0030 0031 0032 0033 0034 0035 0036 0037 0038 0039 003A 003B 003C 003D 003E 003F
00A1 0041 0042 0043 0044 0045 0046 0047 0048 0049 004A 004B 004C 004D 004E 004F
0050 0051 0052 0053 0054 0055 0056 0057 0058 0059 005A 00C4 00D6 00D1 00DC 00A7
00BF 0061 0062 0063 0064 0065 0066 0067 0068 0069 006A 006B 006C 006D 006E 006F
0070 0071 0072 0073 0074 0075 0076 0077 0078 0079 007A 00E4 00F6 00F1 00FC 00E0`
  .trim()
  .split(/\s+/);
// Section 6.2.1.1, the extension table.
const STANDARD_EXTENSION: Record<string, number> = {
  '000C': 0x0a,
  '005E': 0x14,
  '007B': 0x28,
  '007D': 0x29,
  '005C': 0x2f,
  '005B': 0x3c,
  '007E': 0x3d,
  '005D': 0x3e,
  '007C': 0x40,
  '20AC': 0x65,
};
const charOf = (hex: string): string => String.fromCharCode(parseInt(hex, 16));
const BASIC = STANDARD.filter((hex) => hex !== 'ESC').map(charOf);
const EXTENDED = Object.keys(STANDARD_EXTENSION).map(charOf);

const countOf = (text: string, is66Char = false): number => countSmsParts(text, { is66Char }).parts;

describe('GSM-7 against 3GPP TS 23.038', () => {
  it('encodes and decodes the whole default table', () => {
    expect(STANDARD).toHaveLength(128);
    STANDARD.forEach((hex, code) => {
      if (hex === 'ESC') return;
      expect([...encodeGsm7(charOf(hex))]).toEqual([code]);
      expect(decodeGsm7(Uint8Array.of(code))).toBe(charOf(hex));
    });
  });

  it('encodes and decodes the whole extension table', () => {
    for (const [hex, code] of Object.entries(STANDARD_EXTENSION)) {
      expect([...encodeGsm7(charOf(hex))]).toEqual([0x1b, code]);
      expect(decodeGsm7(Uint8Array.of(0x1b, code))).toBe(charOf(hex));
    }
  });

  it('SMS-204 has these 127 + 10 characters and no others', () => {
    let one = 0;
    let two = 0;
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const septets = gsm7Septets(unit);
      if (septets === 1) one += 1;
      if (septets === 2) two += 1;
    }
    expect([one, two]).toEqual([127, 10]);
    expect(() => encodeGsm7('a\u001b')).toThrow(RangeError);
    expect(() => encodeGsm7('سلام')).toThrow(RangeError);
  });

  it('decodes what the standard leaves open', () => {
    expect(decodeGsm7(Uint8Array.of(0x1b, 0x41))).toBe('A');
    expect(decodeGsm7(Uint8Array.of(0x1b, 0x1b, 0x41))).toBe(' A');
    expect(decodeGsm7(Uint8Array.of(0x41, 0x1b))).toBe('A ');
    expect(decodeGsm7(Uint8Array.of(0xc1))).toBe('A');
  });
});

describe('UCS-2', () => {
  it('is big-endian', () => {
    expect(encodeUcs2('سA').toString('hex')).toBe('06330041');
    expect(encodeUcs2('😀').toString('hex')).toBe('d83dde00');
  });

  it('goes there and back, and leaves the buffer alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const octets = encodeUcs2(text);
        const before = Buffer.from(octets);
        expect(decodeUcs2(octets)).toBe(text);
        expect(octets.equals(before)).toBe(true);
      }),
    );
    expect(decodeUcs2(Uint8Array.of(0x06, 0x33, 0x00))).toBe('س');
  });
});

describe(countSmsParts.name, () => {
  it.each([
    ['س', [70, 134, 201, 268]],
    ['a', [160, 306, 459, 612]],
  ])('SMS-204 counts %s at each border', (letter, borders) => {
    borders.forEach((length, i) => {
      expect(countOf(letter.repeat(length))).toBe(i + 1);
      expect(countOf(letter.repeat(length + 1))).toBe(i + 2);
    });
  });

  it('SMS-204 counts 66 a part on lines that do', () => {
    expect([70, 71, 132, 133, 198, 199].map((n) => countOf('س'.repeat(n), true))).toEqual([1, 2, 2, 3, 3, 4]);
    expect(countOf('a'.repeat(306), true)).toBe(2);
  });

  it('SMS-204 counts an extension character twice', () => {
    expect(countSmsParts('€'.repeat(80))).toMatchObject({
      encoding: 'gsm7',
      units: 160,
      parts: 1,
      perPart: 160,
    });
    // 153 is odd: 76 pairs a part, one septet left over.
    expect(countSmsParts('€'.repeat(81))).toMatchObject({ units: 162, parts: 2, perPart: 153 });
    expect(countOf('€'.repeat(76 * 2))).toBe(2);
    expect(countOf('€'.repeat(76 * 2 + 1))).toBe(3);
  });

  it('SMS-204 makes the whole text UCS-2 for one letter, and says which', () => {
    const result = countSmsParts(`${'a'.repeat(70)}\u200c`);
    expect(result).toMatchObject({ encoding: 'ucs2', language: 'fa', units: 71, parts: 2, perPart: 67 });
    expect(result.ucs2Characters).toEqual(['\u200c']);
    expect(countSmsParts('‘quoted’ ç 😀😀').ucs2Characters).toEqual(['‘', '’', 'ç', '😀']);
    expect(countSmsParts('الفبپتثجچحخدذرز').ucs2Characters).toHaveLength(10);
  });

  it('SMS-204 does not split pairs: 67 emoji are three parts', () => {
    expect(countSmsParts('😀'.repeat(67))).toMatchObject({ units: 134, parts: 3 });
    expect(countOf('😀'.repeat(66))).toBe(2);
    expect(countOf('😀'.repeat(35))).toBe(1);
  });

  it('SMS-005 counts nothing for no text', () => {
    expect(countSmsParts('')).toEqual({
      encoding: 'gsm7',
      language: 'en',
      units: 0,
      parts: 0,
      perPart: 160,
      ucs2Characters: [],
    });
    expect(splitSms('')).toEqual([]);
  });

  it('names the language a tariff is set by', () => {
    expect([smsLanguage('Your code: 12345 €'), smsLanguage('کد: ۱۲۳۴۵'), smsLanguage('Café ç')]).toEqual([
      'en',
      'fa',
      'fa',
    ]);
  });
});

describe(splitSms.name, () => {
  const family = '👨\u200d👩\u200d👧\u200d👦'; // 11 units, one grapheme

  it.each([
    ['a surrogate pair', '😀', 66],
    ['a ZWJ emoji', family, 60],
    ['a skin tone', '👍🏽', 65],
    ['a flag', '🇮🇷', 65],
    ['a keycap with its variation selector', '1\ufe0f\u20e3', 66],
    ['a letter and its diacritics', 'مُّ', 66],
    ['a letter and the ZWNJ after it', 'ی\u200c', 66],
    ['CR LF', '\r\n', 66],
  ])('SMS-204 moves %s to the next part whole', (_, sequence, before) => {
    const text = 'ا'.repeat(before) + sequence + 'ب'.repeat(30);
    expect(splitSms(text)[0]).toBe('ا'.repeat(before));
    expect(splitSms(text)[1]?.startsWith(sequence)).toBe(true);
  });

  it('fills the part when the sequence just fits', () => {
    const text = 'ا'.repeat(67 - family.length) + family + 'ب'.repeat(30);
    expect(splitSms(text)[0]).toBe('ا'.repeat(67 - family.length) + family);
  });

  it('cuts a sequence longer than a part, but never a pair', () => {
    const zalgo = `ا${'\u064e'.repeat(200)}`;
    expect(splitSms(zalgo).map((part) => part.length)).toEqual([67, 67, 67]);
    const endless = Array.from({ length: 60 }, () => '👩').join('\u200d');
    expect(splitSms(endless).every((part) => Buffer.from(part).toString() === part)).toBe(true);
    expect(splitSms(endless).join('')).toBe(endless);
  });

  it('SMS-204 keeps a GSM-7 escape and CR LF whole', () => {
    expect(splitSms(`${'a'.repeat(152)}€${'b'.repeat(20)}`)[0]).toBe('a'.repeat(152));
    expect(splitSms(`${'a'.repeat(152)}\r\n${'b'.repeat(20)}`)[0]).toBe('a'.repeat(152));
    expect(splitSms(`${'a'.repeat(151)}€${'b'.repeat(20)}`)[0]).toBe(`${'a'.repeat(151)}€`);
  });

  it('may cut between any two characters it takes for plain', () => {
    const segmenter = new Intl.Segmenter('fa', { granularity: 'grapheme' });
    const filler = 'س'.repeat(66);
    for (let unit = 0x20; unit <= 0x6ff; unit += 1) {
      const char = String.fromCharCode(unit);
      for (const pair of [`ب${char}`, `${char}ب`]) {
        const [first = ''] = splitSms(`${filler}${pair}${filler}`);
        const isCutInside = first === filler + pair.charAt(0);
        if (isCutInside !== ([...segmenter.segment(pair)].length === 2)) {
          throw new Error(`U+${unit.toString(16)} in ${JSON.stringify(pair)}`);
        }
      }
    }
  });

  const gsm7Text = fc.string({ unit: fc.constantFrom(...BASIC, ...EXTENDED), maxLength: 700 });
  const ucs2Text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        'س',
        'ا',
        'ی\u200c',
        'مُ',
        ' ',
        'a',
        '\r\n',
        '😀',
        family,
        '🇮🇷',
        '❤️',
        '\ud83d',
        '\udc00',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    ),
    maxLength: 200,
  });

  it('SMS-204 GSM-7 parts join to the text, fit 160 or 153 septets, and cannot be fewer', () => {
    fc.assert(
      fc.property(gsm7Text, (text) => {
        const parts = splitSms(text);
        const limit = parts.length > 1 ? 153 : 160;
        expect(parts.join('')).toBe(text);
        parts.forEach((part, i) => {
          expect(encodeGsm7(part).length).toBeLessThanOrEqual(limit);
          // Full but for at most the one pair that did not fit.
          if (i < parts.length - 1) expect(encodeGsm7(part).length).toBeGreaterThanOrEqual(limit - 1);
        });
        expect(countOf(text)).toBe(parts.length);
        expect(decodeGsm7(encodeGsm7(text))).toBe(text);
      }),
    );
  });

  it('SMS-204 UCS-2 parts join to the text, fit, begin and end at whole sequences, and match the count', () => {
    const segmenter = new Intl.Segmenter('fa', { granularity: 'grapheme' });
    fc.assert(
      fc.property(ucs2Text, fc.boolean(), (body, is66Char) => {
        const text = `${body}\u200c`;
        const parts = splitSms(text, { is66Char });
        const limit = parts.length === 1 ? 70 : is66Char ? 66 : 67;
        expect(parts.join('')).toBe(text);
        expect(parts.every((part) => part.length > 0 && part.length <= limit)).toBe(true);
        expect(countOf(text, is66Char)).toBe(parts.length);
        const segments = [...segmenter.segment(text)];
        const starts = new Set(segments.map(({ index }) => index));
        if (segments.every(({ segment }) => segment.length <= limit)) {
          let at = 0;
          for (const part of parts) {
            expect(starts.has(at)).toBe(true);
            at += part.length;
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
