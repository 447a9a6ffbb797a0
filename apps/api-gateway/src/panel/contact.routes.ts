import { siteContactRoute } from '@peyk/contracts';
import { routeTable, special } from '../routes/route-table';

export const contactRoutes = routeTable('panel', [special('read', 'GET', 'contact', siteContactRoute)]);
