import { billingBankReportsRpc, billingBanksRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

export const banksRoutes = routeTable('banks', [
  passOn('GET', 'banks', billingBanksRpc.list),
  passOn('PUT', 'banks/:bank', billingBanksRpc.switch),
  passOn('GET', 'bank-reports', billingBankReportsRpc.list),
  passOn('POST', 'bank-reports', billingBankReportsRpc.run),
]);
