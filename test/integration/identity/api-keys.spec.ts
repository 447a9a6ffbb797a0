import { DomainError } from '@peyk/contracts';
import { identityAccessRpc, identityApiKeysRpc, maxApiKeys } from '@peyk/contracts/identity';
import type { UserPrincipal } from '@peyk/contracts';
import type { ApiKeyDraftDto, ApiKeyGrantDto, NewApiKeyDto } from '@peyk/contracts/identity';
import { createMessaging } from '@peyk/messaging';
import type { CallAs, MessagingRuntime } from '@peyk/messaging';
import { eventually, testServiceKeys } from '@peyk/testing';
import { decode } from 'jsonwebtoken';
import { ApiKeysService } from '../../../apps/identity/src/api-keys/api-keys.service';
import { HousekeepingJob } from '../../../apps/identity/src/housekeeping.job';
import { IdentitySpec, startReplica } from './replica';

describe('API keys', () => {
  let identity: IdentitySpec;
  /** Another program, which verifies tokens itself. */
  let service: MessagingRuntime;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
    service = createMessaging({
      service: 'sms-gateway',
      ...identity.config,
      ...testServiceKeys('sms-gateway'),
    });
    service.logger.level = 'fatal';
    await service.broker.ready();
  });
  afterAll(async () => {
    await service.authenticator.revocations.close();
    await service.broker.close();
    await identity.stop();
  });

  const customer = async (): Promise<{ id: string; as: CallAs }> => {
    const { id, username, password } = await identity.account();
    const { accessToken } = await identity.signIn(username, password);
    return { id, as: { token: accessToken } };
  };
  const create = (as: CallAs, over: Partial<ApiKeyDraftDto> = {}): Promise<NewApiKeyDto> =>
    identity.call(identityApiKeysRpc.create, { name: 'فروشگاه', scopes: ['sms.send'], ...over }, as);
  const exchange = (key: string, address = '203.0.113.7'): Promise<ApiKeyGrantDto> =>
    identity.call(identityApiKeysRpc.exchange, { key, address }, 'service');
  const refusal = (attempt: Promise<unknown>): Promise<string> =>
    attempt.then(
      () => 'ok',
      (error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
        const fields = error.details?.['fields'] as { field: string; rule: string }[] | undefined;
        return [error.code, ...(fields ?? []).map(({ field, rule }) => `${field} ${rule}`)].join(' ');
      },
    );
  const list = async (as: CallAs) => (await identity.call(identityApiKeysRpc.list, {}, as)).keys;

  it('SMT-214 is shown once, kept as a hash, and becomes a token that may do no more than its scopes', async () => {
    const { id, as } = await customer();
    const { key, apiKey } = await create(as, {
      name: '  وب‌سرویس\u0007 ',
      scopes: ['sms.read', 'wallet.read', 'sms.read'],
      ratePerMinute: 60,
    });
    expect(key.startsWith(`${apiKey.prefix}_`)).toBe(true);
    expect(apiKey).toMatchObject({
      name: 'وب‌سرویس',
      scopes: ['sms.read', 'wallet.read'],
      addresses: [],
      ratePerMinute: 60,
      expiresAt: null,
      lastUsedAt: null,
    });
    const secret = key.slice(apiKey.prefix.length + 1);
    const [stored] = await identity.sql<{ row: string }>(
      'SELECT k::text AS row FROM api_keys k WHERE id = $1',
      [apiKey.id],
    );
    expect(stored?.row).not.toContain(secret);
    expect(JSON.stringify(await list(as))).not.toContain(secret);
    expect(
      JSON.stringify(await identity.sql('SELECT * FROM audit_entries WHERE account_id = $1', [id])),
    ).not.toContain(secret);

    const granted = await exchange(key);
    expect(granted).toMatchObject({ keyId: apiKey.id, ratePerMinute: 60 });
    expect(decode(granted.accessToken)).toMatchObject({
      sub: id,
      sid: apiKey.id,
      roles: ['sms_customer'],
      keyScopes: ['sms.read', 'wallet.read'],
    });
    const program = (await service.authenticator.authenticate(granted.accessToken)) as UserPrincipal;
    expect(program).toMatchObject({ accountId: id, keyScopes: ['sms.read', 'wallet.read'] });
    // No key makes, shows or revokes keys, whatever its scopes.
    const token = { token: granted.accessToken };
    expect(await refusal(list(token))).toBe('access.denied');
    expect(await refusal(create(token))).toBe('access.denied');
    expect(await refusal(identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, token))).toBe(
      'access.denied',
    );
  });

  it('only programs of the platform exchange keys', async () => {
    const { as } = await customer();
    const { key } = await create(as);
    const input = { key, address: '203.0.113.7' };
    expect(await refusal(identity.call(identityApiKeysRpc.exchange, input, as))).toBe('access.denied');
    expect(await refusal(identity.call(identityApiKeysRpc.exchange, input, 'nobody'))).toBe(
      'access.tokenMissing',
    );
  });

  it('a wrong secret, a made-up id, another’s secret, no key at all: one answer', async () => {
    const { as } = await customer();
    const [one, other] = [await create(as), await create(as)];
    const secretOf = ({ key, apiKey }: NewApiKeyDto): string => key.slice(apiKey.prefix.length + 1);
    const last = one.key.endsWith('A') ? 'B' : 'A';
    for (const wrong of [
      `${one.key.slice(0, -1)}${last}`,
      `${one.apiKey.prefix}_${secretOf(other)}`,
      `${one.apiKey.prefix.slice(0, -2)}zz_${secretOf(one)}`,
      `peyk_${'z'.repeat(22)}_${secretOf(one)}`,
      'peyk_',
    ])
      expect([wrong, await refusal(exchange(wrong))]).toEqual([wrong, 'apiKey.invalid']);
    expect(await refusal(exchange(one.key))).toBe('ok');
  });

  it.each([
    [['203.0.113.0/24'], ['203.0.113.255', '::ffff:203.0.113.1'], ['203.0.114.1', '::1', 'unknown', '']],
    [
      ['203.0.113.7', '198.51.100.0/31'],
      ['203.0.113.7', '198.51.100.1'],
      ['203.0.113.8', '198.51.100.2'],
    ],
    [['2001:db8::/48'], ['2001:db8:0:ffff::1'], ['2001:db8:1::1', '203.0.113.7']],
    [['::ffff:203.0.113.7'], ['203.0.113.7', '::FFFF:203.0.113.7'], ['203.0.113.6']],
    // Bits behind the prefix are not an error.
    [['203.0.113.77/24'], ['203.0.113.1'], ['203.0.112.1']],
  ])('SMT-214 bound to %j it is accepted from there only', async (addresses, inside, outside) => {
    const { as } = await customer();
    const { key, apiKey } = await create(as, { addresses });
    expect(apiKey.addresses.every((network) => network.includes('/'))).toBe(true);
    for (const address of inside)
      expect([address, await refusal(exchange(key, address))]).toEqual([address, 'ok']);
    for (const address of outside)
      expect([address, await refusal(exchange(key, address))]).toEqual([address, 'apiKey.addressRefused']);
    // Who has no key learns nothing of its addresses.
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    for (const address of [...inside, ...outside])
      expect(await refusal(exchange(wrong, address))).toBe('apiKey.invalid');
  });

  it('its token ends with it, and an ended key is refused', async () => {
    const { as } = await customer();
    const end = new Date(Date.now() + 120_000);
    const { key, apiKey } = await create(as, { expiresAt: end.toISOString() });
    expect(Date.parse((await exchange(key)).accessExpiresAt)).toBeLessThanOrEqual(end.getTime());
    await identity.sql(`UPDATE api_keys SET expires_at = now() WHERE id = $1`, [apiKey.id]);
    expect(await refusal(exchange(key))).toBe('apiKey.invalid');
    expect(await list(as)).toHaveLength(1);
  });

  it('revoked: it and its tokens are refused at once, in every program, and after a start of another', async () => {
    const { id, as } = await customer();
    const { key, apiKey } = await create(as);
    const { accessToken } = await exchange(key);
    await service.authenticator.authenticate(accessToken);
    await identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, as);
    expect(await refusal(exchange(key))).toBe('apiKey.invalid');
    expect(await identity.event('identity.session.ended', 'sessionId', apiKey.id)).toEqual({
      sessionId: apiKey.id,
      accountId: id,
      reason: 'key_revoked',
    });
    await eventually(async () => {
      expect(await refusal(service.authenticator.authenticate(accessToken))).toBe('access.tokenInvalid');
    });
    const { sessionIds } = await identity.call(identityAccessRpc.revocations, {}, 'service');
    expect(sessionIds).toContain(apiKey.id);
    expect(await list(as)).toEqual([]);
    // Again: no error, no second event.
    await identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, as);
    const ends = identity.events.filter(({ payload }) => payload['sessionId'] === apiKey.id);
    expect(ends).toHaveLength(1);
    const audit = await identity.sql<{ action: string }>(
      `SELECT action FROM audit_entries WHERE account_id = $1 AND action LIKE 'api_key.%' ORDER BY action`,
      [id],
    );
    expect(audit.map(({ action }) => action)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  it('exchanges against a revoking at once: no token of it is accepted in the end', async () => {
    const { as } = await customer();
    const { key, apiKey } = await create(as);
    const tokens: string[] = [];
    const attempts = Array.from({ length: 40 }, async (_none, turn) => {
      await new Promise((resolve) => setTimeout(resolve, turn * 2));
      await exchange(key).then(
        ({ accessToken }) => tokens.push(accessToken),
        () => undefined,
      );
    });
    await Promise.all([
      ...attempts,
      new Promise((resolve) => setTimeout(resolve, 30)).then(() =>
        identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, as),
      ),
    ]);
    await identity.event('identity.session.ended', 'sessionId', apiKey.id);
    await eventually(async () => {
      for (const token of tokens)
        expect(await refusal(service.authenticator.authenticate(token))).toBe('access.tokenInvalid');
    });
    expect(await refusal(exchange(key))).toBe('apiKey.invalid');
  });

  it('of a disabled account it is refused; enabled again it works', async () => {
    const { id, as } = await customer();
    const { key } = await create(as);
    await identity.sql('UPDATE accounts SET disabled = true WHERE id = $1', [id]);
    expect(await refusal(exchange(key))).toBe('apiKey.invalid');
    expect(
      await refusal(
        identity.app
          .get(ApiKeysService)
          .create(id, { name: 'x', scopes: ['sms.send'] }, { actor: { accountId: id } }),
      ),
    ).toBe('account.notFound');
    await identity.sql('UPDATE accounts SET disabled = false WHERE id = $1', [id]);
    expect(await refusal(exchange(key))).toBe('ok');
  });

  it('guarantee 7: another’s key is not there', async () => {
    const [one, other] = [await customer(), await customer()];
    const { key, apiKey } = await create(one.as);
    expect(await refusal(identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, other.as))).toBe(
      'apiKey.notFound',
    );
    expect(await list(other.as)).toEqual([]);
    expect(await refusal(exchange(key))).toBe('ok');
  });

  it(`at most ${maxApiKeys}, however many are asked for at once; a revoked one makes room`, async () => {
    const { as } = await customer();
    const outcomes = await Promise.all(Array.from({ length: maxApiKeys + 5 }, () => refusal(create(as))));
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(maxApiKeys);
    expect(outcomes.filter((outcome) => outcome === 'apiKey.tooMany')).toHaveLength(5);
    const [newest] = await list(as);
    await identity.call(identityApiKeysRpc.revoke, { keyId: newest?.id ?? '' }, as);
    expect(await refusal(create(as))).toBe('ok');
  });

  it('guarantee 8: names every field that is wrong', async () => {
    const { as } = await customer();
    expect(
      await refusal(
        create(as, {
          scopes: [],
          addresses: ['203.0.113.7', '10.0.0.0/33', 'localhost'],
          expiresAt: new Date(Date.now() - 1).toISOString(),
        }),
      ),
    ).toBe('input.invalid scopes required addresses[1] network addresses[2] network expiresAt future');
    expect(await refusal(create(as, { name: ' \u0007 ' }))).toBe('input.invalid name seen');
    expect(await refusal(create(as, { scopes: ['all' as never] }))).toBe('input.invalid scopes isIn');
    expect(await list(as)).toEqual([]);
  });

  it('notes where it was used last, at most once a minute', async () => {
    const { as } = await customer();
    const { key } = await create(as);
    await exchange(key, '203.0.113.7');
    const [first] = await list(as);
    expect(first?.lastUsedAddress).toBe('203.0.113.7');
    await exchange(key, '203.0.113.8');
    expect(await list(as)).toEqual([first]);
    await identity.sql(
      `UPDATE api_keys SET last_used_at = last_used_at - interval '61 seconds' WHERE id = $1`,
      [first?.id],
    );
    await exchange(key, '::ffff:203.0.113.9');
    expect((await list(as))[0]?.lastUsedAddress).toBe('203.0.113.9');
  });

  it('is known to another replica, and forgotten 90 days after it was revoked', async () => {
    const { as } = await customer();
    const { key, apiKey } = await create(as);
    const replica = await startReplica(identity.config);
    try {
      expect((await replica.get(ApiKeysService).exchange({ key, address: '::1' })).keyId).toBe(apiKey.id);
    } finally {
      await replica.close();
    }
    await identity.call(identityApiKeysRpc.revoke, { keyId: apiKey.id }, as);
    await identity.app.get(HousekeepingJob).run();
    const rows = () => identity.sql('SELECT FROM api_keys WHERE id = $1', [apiKey.id]);
    expect(await rows()).toHaveLength(1);
    await identity.sql(`UPDATE api_keys SET revoked_at = revoked_at - interval '91 days' WHERE id = $1`, [
      apiKey.id,
    ]);
    await identity.app.get(HousekeepingJob).run();
    expect(await rows()).toHaveLength(0);
  });
});
