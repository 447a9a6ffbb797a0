import { smsOptOutsRpc } from '@peyk/contracts/sms';
import { passOn, routeTable, special } from '../routes/route-table';

/** Who wants no advertising: of a customer, and of the platform. */
export const optOutsRoutes = routeTable('opt-outs', [
  passOn('GET', 'opt-outs', smsOptOutsRpc.list),
  special('export', 'GET', 'opt-outs.csv', smsOptOutsRpc.list, {
    answers: { mediaType: 'text/csv', holds: 'One line an opt-out, newest first, Persian headings' },
    summary: "The caller's opt-outs as CSV, safe from formula injection.",
  }),
  passOn('POST', 'opt-outs', smsOptOutsRpc.add),
  passOn('POST', 'opt-outs/:optOutId/remove', smsOptOutsRpc.remove),
  passOn('GET', 'all-opt-outs', smsOptOutsRpc.listAll),
  special('exportAll', 'GET', 'all-opt-outs.csv', smsOptOutsRpc.listAll, {
    answers: { mediaType: 'text/csv', holds: 'One line an opt-out, newest first, Persian headings' },
    summary: 'Opt-outs of all customers and of the platform as CSV, safe from formula injection.',
  }),
  passOn('POST', 'all-opt-outs', smsOptOutsRpc.addForAll),
  passOn('POST', 'all-opt-outs/:optOutId/remove', smsOptOutsRpc.removeAny),
]);
