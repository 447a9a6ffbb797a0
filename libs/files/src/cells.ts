export const COLUMNS_READ_MAX = 64;
export const CELL_READ_CHARS_MAX = 256;

export function cellText(text: string): string {
  return text.slice(0, CELL_READ_CHARS_MAX).trim();
}
