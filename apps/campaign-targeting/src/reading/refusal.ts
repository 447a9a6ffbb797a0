import type { ErrorCode } from '@peyk/contracts';
import { type FileErrorCode, fileRefusals } from '@peyk/files';

/** What a person reads when the file as a whole cannot be read. */
export const refusalOf: Readonly<Record<FileErrorCode, ErrorCode>> = {
  ...fileRefusals,
  column_missing: 'file.noMobileColumn',
};
