import fa from './fa.json';

const texts: Readonly<Record<string, string>> = {
  empty: fa.rowEmpty,
  not_a_number: fa.rowNotANumber,
  rounded_number: fa.rowRounded,
  wrong_length: fa.rowWrongLength,
  not_iranian: fa.rowNotIranian,
  not_mobile: fa.rowNotMobile,
  duplicate: fa.rowDuplicate,
};

/** Why something is not taken as a recipient; a code that is not known stays as it is. */
export function rejectionText(code: string): string {
  return texts[code] ?? code;
}
