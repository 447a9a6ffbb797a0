import { billingCampaignsRpc, billingPlansRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

export const plansRoutes = routeTable('plans', [
  passOn('GET', 'plans', billingPlansRpc.list),
  passOn('GET', 'plans/own', billingPlansRpc.own),
  passOn('POST', 'plans/purchases', billingPlansRpc.buy, { status: 201, idempotencyKey: 'idempotencyKey' }),
  passOn('GET', 'plans/all', billingPlansRpc.listAll),
  passOn('PUT', 'plans/:planCode', billingPlansRpc.save),
  passOn('GET', 'plan-campaigns', billingCampaignsRpc.list),
  passOn('PUT', 'plan-campaigns/:campaignId', billingCampaignsRpc.save),
  passOn('DELETE', 'plan-campaigns/:campaignId', billingCampaignsRpc.end),
]);
