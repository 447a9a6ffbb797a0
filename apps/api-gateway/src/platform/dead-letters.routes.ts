import { deadLetterRoutes } from '@peyk/contracts';
import { routeTable, special } from '../routes/route-table';

export const deadLettersRoutes = routeTable('dead letters', [
  special('counts', 'GET', 'dead-letters', deadLetterRoutes.counts),
  special('list', 'GET', 'dead-letters/:queue', deadLetterRoutes.list),
  special('redrive', 'POST', 'dead-letters/:queue/redrive', deadLetterRoutes.redrive),
]);
