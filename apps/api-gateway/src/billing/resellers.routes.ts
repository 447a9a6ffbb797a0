import { billingResellerTariffsRpc, billingTopupRequestsRpc, billingUsersRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

/** What a reseller does with its users; an administrator sees all of them. */
export const resellersRoutes = routeTable('resellers', [
  passOn('GET', 'reseller/users', billingUsersRpc.list),
  passOn('POST', 'reseller/users/:customerId/transfers', billingUsersRpc.transfer, {
    idempotencyKey: 'idempotencyKey',
  }),
  passOn('GET', 'reseller/tariffs', billingResellerTariffsRpc.list),
  passOn('PUT', 'reseller/tariffs', billingResellerTariffsRpc.set),
  passOn('GET', 'reseller/topup-requests', billingTopupRequestsRpc.list),
  passOn('POST', 'reseller/topup-requests/:requestId/approve', billingTopupRequestsRpc.approve),
  passOn('POST', 'reseller/topup-requests/:requestId/refuse', billingTopupRequestsRpc.refuse),
]);

/** A user asks its reseller for credit. */
export const topupRequestsRoutes = routeTable('topup-requests', [
  passOn('POST', 'topup-requests', billingTopupRequestsRpc.create, {
    status: 201,
    idempotencyKey: 'idempotencyKey',
  }),
  passOn('GET', 'topup-requests', billingTopupRequestsRpc.mine),
  passOn('POST', 'topup-requests/:requestId/withdraw', billingTopupRequestsRpc.withdraw),
]);
