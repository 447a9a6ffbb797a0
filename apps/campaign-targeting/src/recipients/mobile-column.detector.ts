import { normalizePersian, parseMobileNumber, toLatinDigits } from '@peyk/persian';

/** Columns that are looked at; a spreadsheet may claim 16,384. */
export const COLUMNS_MAX = 256;
/** Rows, from the top, that decide which column holds the mobile numbers. */
export const SAMPLE_ROWS = 200;
/** Headings may stand below a title; deeper than this they are data. */
const HEADING_ROWS_MAX = 10;

const MOBILE_HEADINGS = new Set(
  [
    ...['موبایل', 'شماره موبایل', 'تلفن موبایل', 'موبایل مشتری', 'همراه', 'شماره همراه', 'تلفن همراه'],
    ...['شماره تلفن همراه', 'گوشی', 'شماره گوشی', 'گوشی همراه'],
    ...['mobile', 'mobile number', 'mobile no', 'mobile phone', 'mobile phone number', 'cell', 'cell phone'],
    ...['cell number', 'msisdn'],
  ].map(headingKey),
);
/** Headings that may as well be a landline or a row number: the values decide between such columns. */
const NUMBER_HEADINGS = new Set(
  [
    ...['شماره', 'شماره ها', 'تلفن', 'شماره تلفن', 'تماس', 'شماره تماس', 'تلفن تماس', 'گیرنده', 'گیرندگان'],
    ...['شماره گیرنده', 'مخاطب', 'مخاطبین'],
    ...['phone', 'phone number', 'phone no', 'tel', 'telephone', 'number', 'contact', 'contact number'],
    ...['receptor', 'receiver', 'recipient', 'recipients', 'to'],
  ].map(headingKey),
);

export interface MobileColumn {
  /** From 0. */
  readonly column: number;
  /** Row of the headings, an index into the sample, -1 when there is none; rows above it are titles. */
  readonly headingIndex: number;
  /** Rows of the sample in which the column holds a mobile number. */
  readonly hits: number;
}

/**
 * Finds the column of mobile numbers in the first rows of a file (SMS-215): by a heading that means mobile, Persian or
 * English, else by the values. Undefined when neither shows one.
 */
export function detectMobileColumn(sample: readonly (readonly string[])[]): MobileColumn | undefined {
  const hits = countHits(sample);
  const headingIndex = findHeadings(sample);
  const headings = (sample[headingIndex] ?? []).map(headingKey);
  const best = (columns: number[]): number | undefined =>
    columns.length === 0 ? undefined : columns.reduce((a, b) => ((hits[b] ?? 0) > (hits[a] ?? 0) ? b : a));
  const named = best(indexesOf(headings, MOBILE_HEADINGS));
  const byValues = best([...hits.keys()].filter((column) => (hits[column] ?? 0) > 0));
  const column =
    named !== undefined && ((hits[named] ?? 0) > 0 || byValues === undefined)
      ? named
      : (byValues ?? best(indexesOf(headings, NUMBER_HEADINGS)));
  if (column === undefined) return undefined;
  return {
    column,
    headingIndex: headingIndex >= 0 ? headingIndex : looksLikeHeadings(sample[0], column) ? 0 : -1,
    hits: hits[column] ?? 0,
  };
}

function countHits(sample: readonly (readonly string[])[]): number[] {
  const hits: number[] = [];
  for (const row of sample) {
    row.slice(0, COLUMNS_MAX).forEach((cell, column) => {
      hits[column] = (hits[column] ?? 0) + (parseMobileNumber(cell) > 0 ? 1 : 0);
    });
  }
  return Array.from(hits, (count) => count ?? 0);
}

function findHeadings(sample: readonly (readonly string[])[]): number {
  for (const [i, row] of sample.slice(0, HEADING_ROWS_MAX).entries()) {
    if (row.some((cell) => parseMobileNumber(cell) > 0)) return -1;
    if (row.map(headingKey).some((key) => MOBILE_HEADINGS.has(key) || NUMBER_HEADINGS.has(key))) return i;
  }
  return -1;
}

/** Words nobody listed, such as "Handy": a first row with letters and no digit anywhere, over a column of numbers. */
function looksLikeHeadings(row: readonly string[] | undefined, column: number): boolean {
  if (row === undefined || !/\p{L}/u.test(row[column] ?? '')) return false;
  return !row.some((cell) => /\d/.test(toLatinDigits(cell)));
}

function indexesOf(headings: readonly string[], wanted: ReadonlySet<string>): number[] {
  return headings.flatMap((key, i) => (wanted.has(key) && i < COLUMNS_MAX ? [i] : []));
}

function headingKey(text: string): string {
  // Longer than any heading: not worth normalising.
  return text.length > 64 ? '' : normalizePersian(text).toLowerCase().replace(/\P{L}/gu, '');
}
