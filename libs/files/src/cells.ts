import { plainText } from './csv.writer';

export const COLUMNS_READ_MAX = 64;
export const CELL_READ_CHARS_MAX = 256;

/** What a cell says, also where our own writer kept it from the spreadsheet. */
export function cellText(text: string): string {
  return plainText(text.slice(0, CELL_READ_CHARS_MAX).trim()).trim();
}
