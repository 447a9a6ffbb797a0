import { readXlsx, type XlsxOptions } from '@peyk/files';
import type { RecipientFileLayout } from './recipient-file.parser';
import type { RecipientCollector } from './recipient.collector';
import { SharedStrings } from './xlsx.shared-strings';
import { XlsxSheet } from './xlsx.sheet';

/** Yields the layout after each piece of the first visible sheet, when the collector may have full batches. */
export async function* parseXlsxRows(
  blocks: AsyncIterable<Buffer>,
  collector: RecipientCollector,
  options: XlsxOptions,
): AsyncGenerator<RecipientFileLayout> {
  const strings = new SharedStrings();
  const sheet = new XlsxSheet(strings, collector);
  for await (const _ of readXlsx(blocks, { onText: (text) => strings.push(text), sheet }, options)) {
    if (sheet.layout) yield sheet.layout;
  }
  yield sheet.finish();
}
