import { smsActivityRpc } from '@peyk/contracts/sms';
import { passOn, routeTable } from '../routes/route-table';

export const activityRoutes = routeTable('activity', [passOn('GET', 'activity', smsActivityRpc.read)]);
