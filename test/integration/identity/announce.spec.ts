import { AccountAnnouncer } from '../../../apps/identity/src/accounts/account-announcer';
import { IdentitySpec } from './replica';

describe('accounts told again', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());

  it('IDN-202 tells the present state of each account once, also of more than one page', async () => {
    const some = await identity.account({ name: 'مریم رضایی', roles: ['sms_customer', 'reseller'] });
    await identity.sql(
      `INSERT INTO accounts (id, name, roles, disabled, permission_stamp)
       SELECT gen_random_uuid(), 'n' || i, '{student}', i <= 5, 3 FROM generate_series(1, 1200) i`,
    );
    expect(await identity.app.get(AccountAnnouncer).announceAll()).toBe(1_201);
    expect(await identity.event('identity.account.updated', 'accountId', some.id)).toMatchObject({
      name: 'مریم رضایی',
      grants: [
        { role: 'sms_customer', scopes: [] },
        { role: 'reseller', scopes: [] },
      ],
      disabled: false,
      stamp: 1,
    });
    const ids = async (): Promise<Set<unknown>> => {
      const told = identity.events.filter(({ name }) => /^identity\.account\.(updated|disabled)$/.test(name));
      expect(new Set(told.map(({ payload }) => payload['accountId'])).size).toBe(told.length);
      return new Set(told.map(({ payload }) => payload['accountId']));
    };
    for (let waited = 0; (await ids()).size < 1_201 && waited < 300; waited++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await ids()).size).toBe(1_201);
    const gone = identity.events.filter(({ name }) => name === 'identity.account.disabled');
    expect(gone).toHaveLength(5);
    expect(gone.every(({ payload }) => payload['disabled'] === true && payload['stamp'] === 3)).toBe(true);
  });
});
