import { billingTopupsRpc, PaymentOutcomeDto } from '@peyk/contracts/billing';
import { routeTable, special } from '../routes/route-table';

/** What became of a payment, for the page that a payer comes back to: anyone who has its address may know (BIL-011). */
export const paymentsRoutes = routeTable('topups', [
  special(
    'read',
    'GET',
    'payments/:topupId/outcome',
    { ...billingTopupsRpc.outcome, access: 'public' },
    { answers: PaymentOutcomeDto },
  ),
]);
