import { billingLevelsRpc, billingTariffsRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

export const tariffsRoutes = routeTable('tariffs', [
  passOn('GET', 'tariffs', billingTariffsRpc.list),
  passOn('GET', 'tariffs/own', billingTariffsRpc.own),
  passOn('GET', 'tariffs/schedule', billingTariffsRpc.schedule),
  passOn('PUT', 'tariffs/schedule/:tariffId', billingTariffsRpc.add),
  passOn('DELETE', 'tariffs/schedule/:tariffId', billingTariffsRpc.withdraw),
  passOn('GET', 'levels', billingLevelsRpc.list),
  passOn('PUT', 'levels/:level', billingLevelsRpc.save),
  passOn('PUT', 'levels/customers/:customerId', billingLevelsRpc.set),
  passOn('GET', 'levels/customers/:customerId/changes', billingLevelsRpc.changes),
]);
