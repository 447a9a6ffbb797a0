/**
 * Why a whole file is refused (TGT-025, SMS-215); stable, shown to people through the panel's texts.
 * - `empty_file`: no byte, or no row below the heading
 * - `not_a_spreadsheet`: neither CSV text nor xlsx, or the name's ending says otherwise than the content
 * - `old_excel`: the binary xls format, or an xlsx locked with a password
 * - `damaged_file`: an xlsx that cannot be unpacked or read
 * - `file_bomb`: an xlsx that unpacks to more than a spreadsheet of this size can be
 * - `too_many_bytes`, `too_many_rows`: above the limit given; details.max says which
 * - `no_mobile_column`: no heading and no value looks like mobile numbers
 * - `record_too_long`: details.row holds a quote that is never closed, or over 1 MiB of text
 */
export const RECIPIENT_FILE_ERRORS = [
  'empty_file',
  'not_a_spreadsheet',
  'old_excel',
  'damaged_file',
  'file_bomb',
  'too_many_bytes',
  'too_many_rows',
  'no_mobile_column',
  'record_too_long',
] as const;
export type RecipientFileErrorCode = (typeof RECIPIENT_FILE_ERRORS)[number];

export class RecipientFileError extends Error {
  override readonly name = 'RecipientFileError';

  constructor(
    readonly code: RecipientFileErrorCode,
    readonly details: Readonly<Record<string, number | string>> = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
