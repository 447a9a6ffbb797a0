import { roles, type Principal, type Role } from '@peyk/contracts';
import { walletHolder, walletOwner } from './wallet.policy';

const own = '0198f000-0000-7000-8000-00000000000a';
const foreign = '0198f000-0000-7000-8000-00000000000b';
const user = (...held: Role[]): Principal => ({
  kind: 'user',
  accountId: own,
  sessionId: 's',
  name: 'n',
  roles: held,
  scopes: {},
  stamp: 1,
});
const service: Principal = { kind: 'service', service: 'sms-gateway' };

function answer(act: () => string): string {
  try {
    return act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('who reads which wallet', () => {
  it.each(roles)('BIL-013 as %s', (role) => {
    const holder = ['sms_customer', 'reseller', 'admin'].includes(role);
    expect(answer(() => walletHolder(user(role)))).toBe(holder ? own : 'access.denied');
    expect(answer(() => walletOwner(user(role), undefined))).toBe(holder ? own : 'access.denied');
    expect(answer(() => walletOwner(user(role), own))).toBe(holder ? own : 'access.denied');
    expect(answer(() => walletOwner(user(role), foreign))).toBe(role === 'admin' ? foreign : 'access.denied');
  });

  it('refuses one without roles, nobody, and a statement to a service', () => {
    expect(answer(() => walletOwner(user(), undefined))).toBe('access.denied');
    expect(answer(() => walletOwner(undefined, foreign))).toBe('access.denied');
    expect(answer(() => walletHolder(service))).toBe('access.denied');
  });

  it('lets a service read the wallet that it names', () => {
    expect(answer(() => walletOwner(service, foreign))).toBe(foreign);
    expect(answer(() => walletOwner(service, undefined))).toBe('input.invalid');
  });
});
