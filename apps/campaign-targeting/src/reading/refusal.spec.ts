import { errorTable } from '@peyk/contracts';
import { RECIPIENT_FILE_ERRORS } from '../recipients/recipient-file.error';
import { refusalOf } from './refusal';

it.each(RECIPIENT_FILE_ERRORS)('SMS-215 %s is told as the fault of a file', (code) => {
  expect(refusalOf[code]).toMatch(/^file\./);
  expect(['invalid_input', 'too_large']).toContain(errorTable[refusalOf[code]].kind);
});
