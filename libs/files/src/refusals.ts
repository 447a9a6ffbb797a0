import type { ErrorCode } from '@peyk/contracts';
import type { FileErrorCode } from './file.error';

/** What a person is told when the file as a whole cannot be read. */
export const fileRefusals: Readonly<Record<FileErrorCode, ErrorCode>> = {
  empty_file: 'file.empty',
  not_a_spreadsheet: 'file.notSpreadsheet',
  old_excel: 'file.notSpreadsheet',
  damaged_file: 'file.notSpreadsheet',
  record_too_long: 'file.notSpreadsheet',
  file_bomb: 'file.bomb',
  too_many_bytes: 'file.tooLarge',
  too_many_rows: 'file.tooManyRows',
  column_missing: 'file.columnMissing',
};
