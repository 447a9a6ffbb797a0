import { gsm7Septets } from './gsm7';

export type SmsEncoding = 'gsm7' | 'ucs2';
/** What tariffs are set by: Persian is whatever needs UCS-2, English what fits GSM-7 (SMS-204). */
export type SmsLanguage = 'fa' | 'en';

export interface SmsPartOptions {
  /** The line's operator counts 66, not 67, UCS-2 characters in each part of a long message. */
  readonly is66Char?: boolean;
}

export interface SmsPartCount {
  readonly encoding: SmsEncoding;
  readonly language: SmsLanguage;
  /** Length in septets (GSM-7) or UTF-16 code units (UCS-2). */
  readonly units: number;
  /** Parts to submit and to pay; 0 for an empty text. */
  readonly parts: number;
  /** Units a part of this text holds: 160 or 153, 70 or 67 (66). */
  readonly perPart: number;
  /** The first different characters, at most 10, that GSM-7 lacks and that make the text UCS-2. */
  readonly ucs2Characters: readonly string[];
}

// 140 octets of user data; a 6-octet concatenation header leaves 134 (3GPP TS 23.040, 9.2.3.24.1).
const GSM7_SINGLE = 160;
const GSM7_MULTI = 153;
const UCS2_SINGLE = 70;
const UCS2_MULTI = 67;
const UCS2_MULTI_66 = 66;
const UCS2_CHARACTERS_MAX = 10;

const CR = 0x0d;
const LF = 0x0a;

interface Measure {
  encoding: SmsEncoding;
  units: number;
  perPart: number;
}

/** 'fa' when the text needs UCS-2, 'en' when GSM-7 holds it. An empty text is 'en'. */
export function smsLanguage(text: string): SmsLanguage {
  return measureGsm7(text) < 0 ? 'fa' : 'en';
}

/**
 * How many parts a text takes (SMS-204, SMS-005): always as many as {@link splitSms} makes, so what is shown, priced,
 * paced and submitted is the same number. Work grows with the text: its length limit is the caller's.
 */
export function countSmsParts(text: string, options: SmsPartOptions = {}): SmsPartCount {
  const { encoding, units, perPart } = measure(text, options);
  return {
    encoding,
    language: encoding === 'ucs2' ? 'fa' : 'en',
    units,
    parts: cutPoints(text, encoding, units, perPart).length,
    perPart,
    ucs2Characters: encoding === 'ucs2' ? firstOutsideGsm7(text) : [],
  };
}

/**
 * The texts of the parts, in order; joined they are the text again. Never cuts a GSM-7 escape, a surrogate pair, CR LF
 * or a joined sequence (base and combining marks, ZWNJ with what stands before it, emoji with ZWJ, skin tone or
 * variation selector) unless that sequence alone is longer than a part.
 */
export function splitSms(text: string, options: SmsPartOptions = {}): string[] {
  const { encoding, units, perPart } = measure(text, options);
  let from = 0;
  return cutPoints(text, encoding, units, perPart).map((end) => {
    const part = text.slice(from, end);
    from = end;
    return part;
  });
}

function measure(text: string, { is66Char = false }: SmsPartOptions): Measure {
  const septets = measureGsm7(text);
  if (septets >= 0) {
    return { encoding: 'gsm7', units: septets, perPart: septets <= GSM7_SINGLE ? GSM7_SINGLE : GSM7_MULTI };
  }
  const multi = is66Char ? UCS2_MULTI_66 : UCS2_MULTI;
  return { encoding: 'ucs2', units: text.length, perPart: text.length <= UCS2_SINGLE ? UCS2_SINGLE : multi };
}

/** Septets of the text, or -1 when a character is outside GSM-7. */
function measureGsm7(text: string): number {
  let septets = 0;
  for (let i = 0; i < text.length; i += 1) {
    const width = gsm7Septets(text.charCodeAt(i));
    if (width === 0) return -1;
    septets += width;
  }
  return septets;
}

/** End of each part, as an index into the text; the last is the text's length. Empty for an empty text. */
function cutPoints(text: string, encoding: SmsEncoding, units: number, perPart: number): number[] {
  if (text.length === 0) return [];
  if (units <= perPart) return [text.length];
  return encoding === 'gsm7' ? cutGsm7(text, perPart) : cutUcs2(text, perPart);
}

function cutGsm7(text: string, perPart: number): number[] {
  const cuts: number[] = [];
  let septets = 0;
  for (let i = 0; i < text.length;) {
    const isNewline = text.charCodeAt(i) === CR && text.charCodeAt(i + 1) === LF;
    const width = isNewline ? 2 : gsm7Septets(text.charCodeAt(i));
    if (septets + width > perPart) {
      cuts.push(i);
      septets = 0;
    }
    septets += width;
    i += isNewline ? 2 : 1;
  }
  cuts.push(text.length);
  return cuts;
}

const graphemes = new Intl.Segmenter('fa', { granularity: 'grapheme' });

function cutUcs2(text: string, perPart: number): number[] {
  const cuts: number[] = [];
  let from = 0;
  while (text.length - from > perPart) {
    const end = from + perPart;
    from =
      isPlain(text.charCodeAt(end - 1)) && isPlain(text.charCodeAt(end)) ? end : cutGrapheme(text, from, end);
    cuts.push(from);
  }
  cuts.push(text.length);
  return cuts;
}

/** Where a part from `from` must end so that the grapheme at `end`, the first unit too many, stays whole. */
function cutGrapheme(text: string, from: number, end: number): number {
  // Grapheme borders depend on what stands before them and on one code point after: this slice decides as the whole
  // text would.
  const start = graphemes.segment(text.slice(from, end + 2)).containing(end - from)?.index ?? 0;
  if (start > 0) return from + start;
  return isPairAt(text, end - 1) ? end - 1 : end;
}

/** Printable ASCII, and Arabic-script letters and digits without the marks and signs that join their neighbours. */
function isPlain(unit: number): boolean {
  if (unit <= 0x7e) return unit >= 0x20;
  return (
    (unit >= 0x621 && unit <= 0x64a) ||
    (unit >= 0x660 && unit <= 0x66f) ||
    (unit >= 0x671 && unit <= 0x6d3) ||
    (unit >= 0x6ee && unit <= 0x6ff)
  );
}

function firstOutsideGsm7(text: string): string[] {
  // Numbers and a short array, not a Set of strings: this runs for every text that is priced.
  const found: number[] = [];
  for (let i = 0; i < text.length && found.length < UCS2_CHARACTERS_MAX; i += 1) {
    if (gsm7Septets(text.charCodeAt(i)) > 0) continue;
    const codePoint = text.codePointAt(i) ?? 0;
    if (codePoint > 0xffff) i += 1;
    if (!found.includes(codePoint)) found.push(codePoint);
  }
  return found.map((codePoint) => String.fromCodePoint(codePoint));
}

function isPairAt(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}
