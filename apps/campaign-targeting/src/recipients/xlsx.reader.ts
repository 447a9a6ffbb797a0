import { FileError, readXlsx, type XlsxOptions } from '@peyk/files';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';
import { SharedStrings } from './xlsx.shared-strings';
import { XlsxSheet } from './xlsx.sheet';

/**
 * Yields the layout after each piece of the first visible sheet with a column of mobile numbers, when the collector may
 * have full batches. Sheets before it, a cover mostly, are passed over. Throws what the first sheet was refused for, with
 * the names of all.
 */
export async function* parseXlsxRows(
  blocks: AsyncIterable<Buffer>,
  collector: RecipientCollector,
  options: XlsxOptions,
): AsyncGenerator<RecipientFileLayout> {
  const strings = new SharedStrings();
  const sheets: XlsxSheet[] = [];
  const reader = {
    onText: (text: string): void => strings.push(text),
    openSheet: (name: string): XlsxSheet => {
      const sheet = new XlsxSheet(name, strings, collector);
      sheets.push(sheet);
      return sheet;
    },
    isEnough: (): boolean => sheets.at(-1)?.finish() !== undefined,
  };
  for await (const _ of readXlsx(blocks, reader, options)) {
    const layout = sheets.at(-1)?.layout;
    if (layout) yield layout;
  }
  const layout = sheets.at(-1)?.layout;
  if (layout) {
    yield layout;
    return;
  }
  const code = sheets.every((sheet) => sheet.isEmpty) ? 'empty_file' : 'column_missing';
  throw new FileError(code, { sheet: sheets.map(({ name }) => name).join('، ') });
}
