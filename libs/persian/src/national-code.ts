import { toLatinDigits } from './digits';

const LEGAL_ID_WEIGHTS = [29, 27, 23, 19, 17, 29, 27, 23, 19, 17] as const;

/**
 * A person's national code (کد ملی) as ten Latin digits, or undefined when the check digit is wrong. Takes any digit
 * form and fills the leading zeros that a spreadsheet drops (8 or 9 digits left).
 */
export function parseNationalCode(text: string): string | undefined {
  const digits = toLatinDigits(text.trim());
  if (!/^\d{8,10}$/.test(digits)) return undefined;
  const code = digits.padStart(10, '0');
  if (isOneDigitRepeated(code)) return undefined;
  let sum = 0;
  for (let i = 0; i < 9; i += 1) sum += Number(code[i]) * (10 - i);
  const remainder = sum % 11;
  return Number(code[9]) === (remainder < 2 ? remainder : 11 - remainder) ? code : undefined;
}

/** An organisation's legal id (شناسه ملی) as eleven Latin digits, or undefined when the check digit is wrong. */
export function parseLegalId(text: string): string | undefined {
  const id = toLatinDigits(text.trim());
  if (!/^\d{11}$/.test(id) || isOneDigitRepeated(id)) return undefined;
  const tens = Number(id[9]) + 2;
  const sum = LEGAL_ID_WEIGHTS.reduce((total, weight, i) => total + (Number(id[i]) + tens) * weight, 0);
  return Number(id[10]) === (sum % 11) % 10 ? id : undefined;
}

function isOneDigitRepeated(digits: string): boolean {
  return digits === digits.charAt(0).repeat(digits.length);
}
