import { billingCorrectionsRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

export const correctionsRoutes = routeTable('corrections', [
  passOn('POST', 'corrections', billingCorrectionsRpc.request, {
    status: 201,
    idempotencyKey: 'correctionId',
  }),
  passOn('GET', 'corrections', billingCorrectionsRpc.list),
  passOn('GET', 'corrections/:correctionId', billingCorrectionsRpc.read),
  passOn('POST', 'corrections/:correctionId/approve', billingCorrectionsRpc.approve),
  passOn('POST', 'corrections/:correctionId/refuse', billingCorrectionsRpc.refuse),
]);
