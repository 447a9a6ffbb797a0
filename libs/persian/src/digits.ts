const ZERO_ASCII = 0x30;
const ZERO_ARABIC = 0x660; // ٠
const ZERO_PERSIAN = 0x6f0; // ۰
const ZERO_FULL_WIDTH = 0xff10; // ０

/** Value 0-9 of a UTF-16 code unit that is a Latin, Arabic, Persian or full-width digit; -1 for any other. */
export function digitValue(codeUnit: number): number {
  if (codeUnit < ZERO_ARABIC) {
    return codeUnit >= ZERO_ASCII && codeUnit <= ZERO_ASCII + 9 ? codeUnit - ZERO_ASCII : -1;
  }
  if (codeUnit <= ZERO_ARABIC + 9) return codeUnit - ZERO_ARABIC;
  if (codeUnit >= ZERO_PERSIAN && codeUnit <= ZERO_PERSIAN + 9) return codeUnit - ZERO_PERSIAN;
  if (codeUnit >= ZERO_FULL_WIDTH && codeUnit <= ZERO_FULL_WIDTH + 9) return codeUnit - ZERO_FULL_WIDTH;
  return -1;
}

/** The text with Persian, Arabic and full-width digits as 0-9; everything else is left as it is (WEB-201). */
export function toLatinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) =>
    String(digitValue(digit.charCodeAt(0))),
  );
}

/** The text with 0-9, Arabic and full-width digits as ۰-۹; everything else is left as it is (WEB-201). */
export function toPersianDigits(text: string): string {
  return text.replace(/[0-9\u0660-\u0669\uff10-\uff19]/g, (digit) =>
    String.fromCharCode(ZERO_PERSIAN + digitValue(digit.charCodeAt(0))),
  );
}
