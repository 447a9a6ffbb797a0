import { fileField } from '../http/upload';
import { EmptyDto } from '@peyk/contracts';
import {
  ListIdDto,
  RecipientListDto,
  targetingListsRpc,
  targetingUploadsRpc,
} from '@peyk/contracts/targeting';
import { passOn, routeTable, special } from '../routes/route-table';

export const recipientListsRoutes = routeTable('recipient lists', [
  special('upload', 'POST', 'recipient-lists/file', targetingUploadsRpc.close, {
    status: 201,
    input: EmptyDto,
    answers: RecipientListDto,
    file: { field: fileField, description: 'CSV or xlsx with a column of mobile numbers' },
    errors: [...targetingUploadsRpc.append.errors],
    operationId: 'targetingUploadsFile',
    summary:
      'Uploads a recipient file (SMS-215). It is read in the background: poll the list until `ready` or `refused`.',
  }),
  passOn('POST', 'recipient-lists', targetingListsRpc.combine, { status: 201 }),
  passOn('GET', 'recipient-lists', targetingListsRpc.list),
  passOn('GET', 'recipient-lists/:listId', targetingListsRpc.read),
  passOn('DELETE', 'recipient-lists/:listId', targetingListsRpc.delete),
  passOn('GET', 'recipient-lists/:listId/errors', targetingListsRpc.errors),
  special('errorsAsCsv', 'GET', 'recipient-lists/:listId/errors.csv', targetingListsRpc.errors, {
    input: ListIdDto,
    answers: {
      mediaType: 'text/csv',
      holds:
        'Row, value and reason of each row that was not usable; of a duplicate also where it stood first',
    },
    summary: 'All rows that were not usable, as CSV with Persian headings (SMS-215).',
  }),
]);
