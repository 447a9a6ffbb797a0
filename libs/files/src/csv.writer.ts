/**
 * The one writer of CSV: RFC 4180 with CR LF. A number stands as it is. A text stays the text that it is in a spreadsheet
 * and comes back the same when the file is uploaded here ({@link plainText}):
 * - what a spreadsheet would take for a number or a date is written ="09121234567": without that a mobile loses its zero
 *   and a long id its last digits;
 * - what it would take for a formula gets an apostrophe in front (SMS-215,
 *   https://owasp.org/www-community/attacks/CSV_Injection).
 */
export type CsvCell = string | number;

export function csvLines(rows: readonly (readonly CsvCell[])[]): string {
  let lines = '';
  for (const row of rows) lines += `${row.map(csvCell).join(',')}\r\n`;
  return lines;
}

/** What a cell said before {@link csvLines} wrote it. */
export function plainText(cell: string): string {
  const kept = /^="((?:[^"]|"")*)"$/.exec(cell)?.[1];
  if (kept !== undefined) return kept.replaceAll('""', '"');
  return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

function csvCell(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell);
  const shown = isNumber(cell) ? `="${cell}"` : isFormula(cell) ? `'${cell}` : cell;
  // Quoted also for what other spreadsheets and our own reader take for the end of a cell, and for spaces at its ends.
  return /[",;|\t\r\n\u060c\u061b]|^\s|\s$/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** A number of any digits, with sign, separators, exponent or percent; a date, a time or a fraction of at most three parts. */
const number = /^[+-]?\p{Nd}+(?:[,٬]\p{Nd}+)*(?:[.٫]\p{Nd}*)?(?:e[+-]?\p{Nd}+)?%?$/iu;
const date = /^\p{Nd}{1,4}(?:[-/.:]\p{Nd}{1,4}){1,2}$/u;

function isNumber(text: string): boolean {
  return number.test(text) || date.test(text);
}

/** Also behind spaces, and with the full-width signs that some spreadsheets take as well. */
function isFormula(text: string): boolean {
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text);
}
