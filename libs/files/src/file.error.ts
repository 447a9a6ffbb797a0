/**
 * Why a whole file is refused (TGT-025, SMS-215, IDN-203); stable, shown to people through the panel's texts.
 * - `empty_file`: no byte, or no row below the heading
 * - `not_a_spreadsheet`: neither CSV text nor xlsx, or the name's ending says otherwise than the content
 * - `old_excel`: the binary xls format, whatever its name
 * - `locked_file`: an xlsx locked with a password
 * - `open_document`: ods
 * - `web_page`: HTML or XML that some programs save under the name of a spreadsheet
 * - `damaged_file`: an xlsx that cannot be unpacked or read
 * - `file_bomb`: an xlsx that unpacks to more than a spreadsheet of this size can be
 * - `too_many_bytes`, `too_many_rows`: above the limit given; details.max says which
 * - `column_missing`: a column that is needed was not found; details may name it, and the sheets that were looked at
 * - `record_too_long`: details.row holds a quote that is never closed, or over 1 MiB of text
 */
export const FILE_ERRORS = [
  'empty_file',
  'not_a_spreadsheet',
  'old_excel',
  'locked_file',
  'open_document',
  'web_page',
  'damaged_file',
  'file_bomb',
  'too_many_bytes',
  'too_many_rows',
  'column_missing',
  'record_too_long',
] as const;
export type FileErrorCode = (typeof FILE_ERRORS)[number];

export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(
    readonly code: FileErrorCode,
    readonly details: Readonly<Record<string, number | string>> = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
