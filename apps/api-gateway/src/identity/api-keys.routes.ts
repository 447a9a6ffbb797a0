import { identityApiKeysRpc } from '@peyk/contracts/identity';
import { passOn, routeTable } from '../routes/route-table';

/** API keys are made and revoked by people: no API key opens these routes. */
export const apiKeysRoutes = routeTable('API keys', [
  passOn('POST', 'api-keys', identityApiKeysRpc.create, { status: 201 }),
  passOn('GET', 'api-keys', identityApiKeysRpc.list),
  passOn('DELETE', 'api-keys/:keyId', identityApiKeysRpc.revoke),
]);
