import { errorTable } from '@peyk/contracts';
import { FILE_ERRORS } from '@peyk/files';
import { refusalOf } from './refusal';

it.each(FILE_ERRORS)('SMS-215 %s is told as the fault of a file', (code) => {
  expect(refusalOf[code]).toMatch(/^file\./);
  expect(['invalid_input', 'too_large']).toContain(errorTable[refusalOf[code]].kind);
});
