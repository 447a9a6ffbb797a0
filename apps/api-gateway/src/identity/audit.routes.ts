import { AuditFilterDto, identityAuditRpc } from '@peyk/contracts/identity';
import { passOn, routeTable, special } from '../routes/route-table';

export const auditRoutes = routeTable('audit', [
  passOn('GET', 'audit', identityAuditRpc.list),
  special('export', 'GET', 'audit.csv', identityAuditRpc.list, {
    input: AuditFilterDto,
    answers: { mediaType: 'text/csv', holds: 'One line an entry, newest first, Persian headings' },
    summary: 'The audit log as CSV, safe from formula injection (IDN-221).',
  }),
]);
