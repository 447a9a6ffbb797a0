import { type Principal, reachOf, type Role, roles } from '@peyk/contracts';
import { billingWalletsRpc } from '@peyk/contracts/billing';
import type { Caller } from '@peyk/messaging';
import { walletOwner } from './wallet.policy';

const own = '0198f000-0000-7000-8000-00000000000a';
const foreign = '0198f000-0000-7000-8000-00000000000b';

/** As the transport passes it on; undefined: it has refused already. */
function callerOf(principal: Principal): Caller | undefined {
  const { permission } = billingWalletsRpc.read;
  const reach = permission && reachOf(permission, principal);
  return reach && { principal, token: undefined, reach };
}
const user = (...held: Role[]): Caller | undefined =>
  callerOf({ kind: 'user', accountId: own, sessionId: 's', name: 'n', roles: held, scopes: {}, stamp: 1 });
const service = callerOf({ kind: 'service', service: 'sms-gateway' });

function answer(caller: Caller | undefined, asked?: string): string {
  if (!caller) return 'access.denied';
  try {
    return walletOwner(caller, asked);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('who reads which wallet', () => {
  it.each(roles)('BIL-013 as %s', (role) => {
    const holder = ['sms_customer', 'reseller', 'admin'].includes(role);
    expect(answer(user(role))).toBe(holder ? own : 'access.denied');
    expect(answer(user(role), own)).toBe(holder ? own : 'access.denied');
    expect(answer(user(role), foreign)).toBe(role === 'admin' ? foreign : 'access.denied');
  });

  it('refuses one without roles', () => {
    expect(answer(user())).toBe('access.denied');
  });

  it('lets a service read the wallet that it names', () => {
    expect(answer(service, foreign)).toBe(foreign);
    expect(answer(service)).toBe('input.invalid');
  });
});
