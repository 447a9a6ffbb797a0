import type { ErrorCode } from '@peyk/contracts';
import type { FileErrorCode } from './file.error';

/** What a person reads when the file as a whole cannot be read. */
export const fileRefusals: Readonly<Record<FileErrorCode, ErrorCode>> = {
  empty_file: 'file.empty',
  not_a_spreadsheet: 'file.notSpreadsheet',
  old_excel: 'file.oldExcel',
  locked_file: 'file.locked',
  open_document: 'file.openDocument',
  web_page: 'file.webPage',
  damaged_file: 'file.damaged',
  record_too_long: 'file.quoteOpen',
  file_bomb: 'file.bomb',
  too_many_bytes: 'file.tooLarge',
  too_many_rows: 'file.tooManyRows',
  column_missing: 'file.columnMissing',
};
