import { digitValue } from './digits';
import { MOBILE_OPERATORS, MOBILE_PREFIXES, type MobileOperator } from './operators.data';

/**
 * Why a text is no Iranian mobile number (SMS-205); stable, shown to people through the panel's texts.
 * `empty` nothing but spaces; `not_a_number` has letters, signs or no digit; `rounded_number` 9.12346E+09, a spreadsheet
 * has lost the last digits; `wrong_length` too few or too many digits; `not_iranian` +/00 and another country's code;
 * `not_mobile` a landline or a block that is not given out.
 */
export const MOBILE_REJECTIONS = [
  'empty',
  'not_a_number',
  'rounded_number',
  'wrong_length',
  'not_iranian',
  'not_mobile',
] as const;
export type MobileRejection = (typeof MOBILE_REJECTIONS)[number];

/** `msisdn`: E.164 digits without plus, always 12 of them (`989121234567`). */
export type MobileResult =
  | { readonly ok: true; readonly msisdn: string; readonly operator: MobileOperator }
  | { readonly ok: false; readonly reason: MobileRejection };

const rejectionCode = (reason: MobileRejection): number => -1 - MOBILE_REJECTIONS.indexOf(reason);
const EMPTY = rejectionCode('empty');
const NOT_A_NUMBER = rejectionCode('not_a_number');
const ROUNDED_NUMBER = rejectionCode('rounded_number');
const WRONG_LENGTH = rejectionCode('wrong_length');
const NOT_IRANIAN = rejectionCode('not_iranian');
const NOT_MOBILE = rejectionCode('not_mobile');

/** Digits of the longest accepted writing, 0098 0 9121234567; also keeps the value exact in a double. */
const DIGITS_MAX = 15;
/** No number needs more code units, whatever its spaces and marks; bounds the work on a hostile cell. */
const LENGTH_MAX = 64;
const COUNTRY_CODE_OFFSET = 980_000_000_000;

/** Operator index + 1 by the first five digits (90000 = index 0); 0 is "not mobile". */
const OPERATOR_BY_PREFIX = buildOperatorTable();

function buildOperatorTable(): Uint8Array {
  const table = new Uint8Array(10_000);
  const shortestFirst = [...MOBILE_PREFIXES].sort(([a], [b]) => a.length - b.length);
  for (const [prefix, operator] of shortestFirst) {
    const from = Number(prefix.padEnd(5, '0')) - 90_000;
    table.fill(MOBILE_OPERATORS.indexOf(operator) + 1, from, from + 10 ** (5 - prefix.length));
  }
  return table;
}

// What people and spreadsheets put between and around the digits: spaces of any width, dashes, dots, parentheses,
// direction marks, ZWNJ, and the ' or =" " that keeps a spreadsheet from dropping the leading zero.
const IGNORED = new Set(
  [
    '\t\n\r "\'()-.=\u00a0\u00ad\u061c\u066b\u2212\u3000\ufeff\uff08\uff09\uff0d',
    ...codePoints(0x2000, 0x2015),
    ...codePoints(0x2028, 0x202f),
    ...codePoints(0x205f, 0x2069),
  ].flatMap((chars) => [...chars].map((char) => char.charCodeAt(0))),
);

function codePoints(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => String.fromCharCode(first + i));
}

/**
 * The ten-digit national number (9121234567) of a mobile number in any writing, or a negative code for
 * {@link mobileRejection}. For bulk work: makes no objects; {@link parseMobile} is the same with a readable answer.
 * Takes +98, 0098, 98, 0 or nothing before 9xx, also 98 and 0 together, in any digits, with the signs above.
 */
export function parseMobileNumber(text: string): number {
  const result = scan(text, text.length);
  // A column of numbers saved through a float ends each in ".0" or ".00".
  if (result === WRONG_LENGTH) {
    const ending = /\.0{1,6}\s*$/.exec(text.slice(-16));
    return ending ? scan(text, text.length - ending[0].length) : result;
  }
  // Links of web pages and phones.
  const scheme =
    result === NOT_A_NUMBER ? /^\s*(?:tel|sms|callto)\s*:/i.exec(text.slice(0, 32))?.[0] : undefined;
  return scheme ? parseMobileNumber(text.slice(scheme.length)) : result;
}

function scan(text: string, end: number): number {
  if (end > LENGTH_MAX) {
    const trimmed = text.trim();
    if (trimmed.length === 0) return EMPTY;
    return trimmed.length > LENGTH_MAX ? NOT_A_NUMBER : scan(trimmed, trimmed.length);
  }
  let digits = 0;
  let zeros = 0; // before the first other digit
  let value = 0;
  let plus = false;
  for (let i = 0; i < end; i += 1) {
    const unit = text.charCodeAt(i);
    let digit = unit - 48;
    if (digit < 0 || digit > 9) {
      digit = digitValue(unit);
      if (digit < 0) {
        if (IGNORED.has(unit)) continue;
        if ((unit === 0x2b || unit === 0xff0b) && digits === 0 && !plus) {
          plus = true;
          continue;
        }
        return refuseText(text);
      }
    }
    digits += 1;
    // Past the longest number the value is no longer needed, but letters further on still are "not a number".
    if (digits > DIGITS_MAX) continue;
    value = value * 10 + digit;
    if (value === 0) zeros += 1;
  }
  if (digits === 0) return text.trim().length === 0 ? EMPTY : NOT_A_NUMBER;
  return digits > DIGITS_MAX ? WRONG_LENGTH : toNational(value, digits - zeros, zeros, plus);
}

/** `length`: digits of value, leading zeros not counted. */
function toNational(value: number, length: number, zeros: number, plus: boolean): number {
  const international = zeros === 2 || (plus && zeros === 0);
  if (!international && length === 10 && zeros <= 1) return checkMobile(value);
  if (length === 12 && zeros <= 2 && Math.floor(value / 1e10) === 98) {
    return checkMobile(value - COUNTRY_CODE_OFFSET);
  }
  if (length === 13 && zeros <= 2 && Math.floor(value / 1e10) === 980) {
    return checkMobile(value - 10 * COUNTRY_CODE_OFFSET);
  }
  if (international && length >= 2 && Math.floor(value / 10 ** (length - 2)) !== 98) return NOT_IRANIAN;
  return WRONG_LENGTH;
}

function checkMobile(national: number): number {
  return national >= 9e9 && OPERATOR_BY_PREFIX[Math.floor(national / 1e5) - 90_000] ? national : NOT_MOBILE;
}

function refuseText(text: string): number {
  return /^\s*\d(?:[.,/٫]\d+)?E\+?\d+\s*$/i.test(text) ? ROUNDED_NUMBER : NOT_A_NUMBER;
}

/** The reason behind a negative answer of {@link parseMobileNumber}; throws RangeError for any other number. */
export function mobileRejection(code: number): MobileRejection {
  const reason = MOBILE_REJECTIONS[-1 - code];
  if (reason === undefined) throw new RangeError(`not a rejection: ${code}`);
  return reason;
}

/** Operator of the block a national number (9121234567) belongs to; throws RangeError if it is not mobile. */
export function mobileOperator(national: number): MobileOperator {
  const index = OPERATOR_BY_PREFIX[Math.floor(national / 1e5) - 90_000];
  const operator = index ? MOBILE_OPERATORS[index - 1] : undefined;
  if (operator === undefined) throw new RangeError(`not a mobile number: ${national}`);
  return operator;
}

/** Reads one mobile number written in any way people write it (SMS-205); never throws. */
export function parseMobile(text: string): MobileResult {
  const national = parseMobileNumber(text);
  return national > 0
    ? { ok: true, msisdn: `98${national}`, operator: mobileOperator(national) }
    : { ok: false, reason: mobileRejection(national) };
}
