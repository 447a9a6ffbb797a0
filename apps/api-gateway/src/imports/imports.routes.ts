import { EnumField } from '@peyk/contracts';
import { importKinds } from '@peyk/contracts/identity';
import type { ImportKind } from '@peyk/contracts/identity';
import { fileField } from '../http/upload';
import { identityImportsRpc, ImportDto, ImportIdDto } from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

/** What stands in the path of an upload. */
export class ImportKindDto {
  @EnumField({ description: 'What the file is of', values: importKinds })
  kind!: ImportKind;
}

export const importsRoutes = routeTable('imports', [
  special('upload', 'POST', 'imports/:kind', identityImportsRpc.close, {
    status: 201,
    input: ImportKindDto,
    answers: ImportDto,
    file: { field: fileField, description: 'CSV or xlsx with headings in Persian or English, in any order' },
    errors: [...identityImportsRpc.open.errors, ...identityImportsRpc.append.errors],
    operationId: 'identityImportsFile',
    summary:
      'Uploads a file of people or basic data (IDN-203). It is checked in the background and changes nothing: poll the import until `checked` or `failed`, then apply it.',
  }),
  passOn('GET', 'imports', identityImportsRpc.list),
  passOn('GET', 'imports/:importId', identityImportsRpc.read),
  passOn('POST', 'imports/:importId/apply', identityImportsRpc.apply),
  passOn('POST', 'imports/:importId/cancel', identityImportsRpc.cancel),
  passOn('GET', 'imports/:importId/errors', identityImportsRpc.errors),
  special('errorsAsCsv', 'GET', 'imports/:importId/errors.csv', identityImportsRpc.errors, {
    input: ImportIdDto,
    answers: { mediaType: 'text/csv', holds: 'Row, fault and, of a duplicate, the other row' },
    summary: 'All rows that are left out, as CSV with Persian headings (IDN-203).',
  }),
]);
