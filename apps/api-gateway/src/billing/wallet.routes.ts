import { billingWalletsRpc, StatementFilterDto, StatementSummaryQueryDto } from '@peyk/contracts/billing';
import { passOn, routeTable, special } from '../routes/route-table';

/** What a PDF may show; a CSV has no bound. */
export const pdfRowsMax = 5_000;

export const walletRoutes = routeTable('wallet', [
  passOn('GET', 'wallet', billingWalletsRpc.read),
  special('statement', 'GET', 'wallet/statement', billingWalletsRpc.statement),
  passOn('GET', 'wallet/statement/summary', billingWalletsRpc.summary),
  special('statementCsv', 'GET', 'wallet/statement.csv', billingWalletsRpc.statement, {
    input: StatementFilterDto,
    answers: {
      mediaType: 'text/csv',
      holds: 'One line a send, and one each other entry, newest first, Persian headings',
    },
    summary: 'The statement as CSV, safe from formula injection (BIL-213).',
  }),
  special('statementPdf', 'GET', 'wallet/statement.pdf', billingWalletsRpc.statement, {
    input: StatementSummaryQueryDto,
    answers: {
      mediaType: 'application/pdf',
      holds: 'Persian, A4: sums by kind, then one row a send and each other entry, the oldest first',
    },
    errors: ['statement.tooLong'],
    summary: `The statement of a period as PDF, at most ${pdfRowsMax} rows (BIL-213).`,
  }),
  passOn('PUT', 'wallet/alert', billingWalletsRpc.setAlert),
]);
