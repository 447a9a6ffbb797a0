import { billingClubRewardsRpc, billingClubRpc, billingClubSettingsRpc } from '@peyk/contracts/billing';
import { passOn, routeTable } from '../routes/route-table';

export const clubRoutes = routeTable('club', [
  passOn('GET', 'club', billingClubRpc.read),
  passOn('GET', 'club/settings', billingClubSettingsRpc.read),
  passOn('PUT', 'club/settings', billingClubSettingsRpc.save),
  passOn('GET', 'club/rewards', billingClubRewardsRpc.list),
  passOn('POST', 'club/rewards/:rewardId/approve', billingClubRewardsRpc.approve),
  passOn('POST', 'club/rewards/:rewardId/refuse', billingClubRewardsRpc.refuse),
]);
