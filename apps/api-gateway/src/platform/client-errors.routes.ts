import { clientErrorRoute, EmptyDto } from '@peyk/contracts';
import { routeTable, special } from '../routes/route-table';

export const clientErrorsRoutes = routeTable('panel', [
  special('report', 'POST', 'client-errors', clientErrorRoute, { status: 204, answers: EmptyDto }),
]);
