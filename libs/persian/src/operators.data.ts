/** Operators by the block their numbers were first given in; `other` is a mobile block with no operator on record. */
export const MOBILE_OPERATORS = [
  'mci',
  'irancell',
  'rightel',
  'shatel',
  'aptel',
  'mtce',
  'telekish',
  'other',
] as const;
export type MobileOperator = (typeof MOBILE_OPERATORS)[number];

/**
 * Number blocks (national number without the leading zero, 2-5 digits) and their operator; the longest match wins and a
 * number that matches none is not mobile (94x is nomadic, 906-909 and 924-929 are not given out).
 * Source: libphonenumber `resources/carrier/en/98.txt` and the mobile shape of region IR, July 2026.
 * Numbers are portable between operators: the block is a hint, what a receipt says about a number goes before it.
 */
export const MOBILE_PREFIXES: ReadonlyArray<readonly [prefix: string, operator: MobileOperator]> = [
  ['900', 'irancell'],
  ['901', 'irancell'],
  ['902', 'irancell'],
  ['903', 'irancell'],
  ['904', 'irancell'],
  ['905', 'irancell'],
  ['91', 'mci'],
  ['920', 'rightel'],
  ['921', 'rightel'],
  ['922', 'rightel'],
  ['923', 'rightel'],
  ['93', 'irancell'],
  ['931', 'mtce'],
  ['932', 'mci'],
  ['934', 'telekish'],
  // All of 99 counts as mobile: small operators get new blocks there before any list knows them.
  ['99', 'other'],
  ['990', 'mci'],
  ['991', 'mci'],
  ['992', 'mci'],
  ['993', 'mci'],
  ['994', 'mci'],
  ['9955', 'irancell'],
  ['996', 'mci'],
  ['9981', 'shatel'],
  ['9982', 'shatel'],
  ['9990', 'mci'],
  ['9991', 'irancell'],
  ['9993', 'aptel'],
  ['9995', 'mci'],
  ['9996', 'mci'],
  ['9998', 'rightel'],
  ['99996', 'rightel'],
  ['99997', 'rightel'],
  ['99998', 'rightel'],
  ['99999', 'rightel'],
];
