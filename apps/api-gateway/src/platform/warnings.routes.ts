import { platformWarningRoutes } from '@peyk/contracts';
import { routeTable, special } from '../routes/route-table';

export const warningsRoutes = routeTable('warnings', [
  special('list', 'GET', 'platform-warnings', platformWarningRoutes.list),
]);
