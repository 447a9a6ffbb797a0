import { randomUUID } from 'node:crypto';
import { DomainError, keyScopes } from '@peyk/contracts';
import { identityApiKeysRpc } from '@peyk/contracts/identity';
import { smsLinesRpc } from '@peyk/contracts/sms';
import type { KeyScope, Permission } from '@peyk/contracts';
import type { ApiKeyDraftDto, ApiKeyDto, ApiKeyGrantDto } from '@peyk/contracts/identity';
import { allRoutes } from '../gateway.module';
import { buildDocument } from '../openapi/document';
import { line, sendId } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { Response, RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';
const at = '2026-11-21T08:00:00.000Z';

function keyText(letter = 'A'): string {
  return `peyk_${'0'.repeat(22)}_${letter.repeat(43)}`;
}
function grantFor(change: Partial<ApiKeyGrantDto> & { scopes?: readonly KeyScope[] } = {}): ApiKeyGrantDto {
  const { scopes = keyScopes, ...rest } = change;
  const keyId = rest.keyId ?? randomUUID();
  return {
    keyId,
    accessToken: tokenOf({ session: keyId, keyScopes: scopes }),
    accessExpiresAt: new Date(Date.now() + 600_000).toISOString(),
    ...rest,
  };
}
const codeOf = ({ status, body }: Response): unknown[] => [status, body['code']];

describe('API keys', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({ TRUST_PROXY: '127.0.0.1' });
    gateway.services.on(smsLinesRpc.list, () => ({ lines: [line] }));
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });
  let turn = 0;
  /** A key that the gateway has not seen. */
  const newKey = (): string => `peyk_${String(++turn).padStart(22, '0')}_${'k'.repeat(43)}`;
  const lines = (headers: Record<string, string>): Promise<Response> =>
    ask(gateway, 'GET', `${api}/lines`, { headers });
  const exchanges = (): number => gateway.services.callsOf(identityApiKeysRpc.exchange).length;

  it('SMT-214 comes in by Bearer or X-Api-Key; the services see an access token, never the key', async () => {
    const granted = grantFor();
    gateway.services.on(identityApiKeysRpc.exchange, () => granted);
    const key = newKey();
    for (const [name, value] of [
      ['authorization', `Bearer ${key}`],
      ['x-api-key', key],
    ] as const) {
      expect((await lines({ [name]: value })).body).toEqual({ lines: [line] });
    }
    expect(gateway.services.calls.map(({ name, as }) => [name, as])).toMatchObject([
      [identityApiKeysRpc.exchange.name, 'service'],
      [smsLinesRpc.list.name, { token: granted.accessToken }],
      [smsLinesRpc.list.name, { token: granted.accessToken }],
    ]);
    expect(gateway.services.calls[0]?.input).toEqual({ key, address: '127.0.0.1' });
    expect(gateway.logged.join()).not.toContain('k'.repeat(43));
  });

  it('SMT-214 each scope opens the routes of its line in the permission table and no other', async () => {
    const { paths } = buildDocument(gateway.app, allRoutes());
    const routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { 'x-permission'?: Permission; security?: object[] }>).map(
        ([method, operation]) => ({
          method: method.toUpperCase(),
          path: path.replace(/\{\w+\}/g, sendId),
          permission: operation['x-permission'],
          security: operation.security ?? [],
        }),
      ),
    );
    const guarded = routes.filter(({ permission }) => permission);
    expect(guarded.length).toBeGreaterThan(30);
    let opened = 0;
    let refused = 0;
    for (const scope of keyScopes) {
      const key = newKey();
      gateway.services.on(identityApiKeysRpc.exchange, () => grantFor({ scopes: [scope] }));
      for (const { method, path, permission, security } of guarded) {
        const takesKeys = security.some((way) => 'apiKey' in way);
        expect([path, takesKeys]).toEqual([path, permission?.key !== undefined]);
        const response = await ask(gateway, method, path, { headers: { 'x-api-key': key } });
        const isOpen = permission?.key === scope;
        // What comes behind the guard refuses these empty requests, or has no fake; the guard says access.denied.
        expect([scope, method, path, response.body['code'] === 'access.denied']).toEqual([
          scope,
          method,
          path,
          !isOpen,
        ]);
        if (isOpen) opened += 1;
        else refused += 1;
      }
    }
    expect(opened).toBe(guarded.filter(({ permission }) => permission?.key).length);
    expect(opened + refused).toBe(guarded.length * keyScopes.length);
  });

  it('a key of an account whose role may not come in is refused, whatever its scopes', async () => {
    gateway.services.on(identityApiKeysRpc.exchange, () => {
      const keyId = randomUUID();
      return grantFor({ keyId, accessToken: tokenOf({ session: keyId, keyScopes, roles: ['student'] }) });
    });
    expect(codeOf(await lines({ 'x-api-key': newKey() }))).toEqual([403, 'access.denied']);
  });

  it('is exchanged once for many requests at once', async () => {
    gateway.services.on(identityApiKeysRpc.exchange, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return grantFor();
    });
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 30 }, () => lines({ 'x-api-key': key })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(exchanges()).toBe(1);
  });

  it('is asked for again when its grant is over', async () => {
    gateway.services.on(identityApiKeysRpc.exchange, () =>
      grantFor({ accessExpiresAt: new Date(Date.now() + 40).toISOString() }),
    );
    const key = newKey();
    expect((await lines({ 'x-api-key': key })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await lines({ 'x-api-key': key })).status).toBe(200);
    expect(exchanges()).toBe(2);
  });

  it('whose token is refused is exchanged anew once: another token, or the end', async () => {
    const key = newKey();
    const tokens = [tokenOf({ kid: 'gone', keyScopes }), tokenOf({ keyScopes })];
    gateway.services.on(identityApiKeysRpc.exchange, () => grantFor({ accessToken: tokens.shift() ?? '' }));
    expect((await lines({ 'x-api-key': key })).status).toBe(200);
    expect(exchanges()).toBe(2);
    gateway.services.on(identityApiKeysRpc.exchange, () =>
      grantFor({ accessToken: tokenOf({ kid: 'gone' }) }),
    );
    expect(codeOf(await lines({ 'x-api-key': newKey() }))).toEqual([401, 'access.tokenInvalid']);
    expect(exchanges()).toBe(4);
  });

  it('is refused as identity says, and a refusal is not remembered', async () => {
    const key = newKey();
    for (const [code, status] of [
      ['apiKey.invalid', 401],
      ['apiKey.addressRefused', 403],
      ['service.unavailable', 503],
    ] as const) {
      gateway.services.on(identityApiKeysRpc.exchange, () => {
        throw new DomainError(code);
      });
      expect(codeOf(await lines({ authorization: `Bearer ${key}` }))).toEqual([status, code]);
    }
    gateway.services.on(identityApiKeysRpc.exchange, () => grantFor());
    expect((await lines({ authorization: `Bearer ${key}` })).status).toBe(200);
  });

  it('the grant of one address opens nothing to another', async () => {
    const key = newKey();
    gateway.services.on(identityApiKeysRpc.exchange, ({ address }) => {
      if (address !== '203.0.113.7') throw new DomainError('apiKey.addressRefused');
      return grantFor();
    });
    const from = (address: string): Promise<Response> =>
      lines({ 'x-api-key': key, 'x-forwarded-for': address });
    expect((await from('203.0.113.7')).status).toBe(200);
    expect(codeOf(await from('203.0.113.8'))).toEqual([403, 'apiKey.addressRefused']);
    expect((await from('203.0.113.7')).status).toBe(200);
  });

  it('what is no key of ours costs no call', async () => {
    for (const text of ['peyk_', `${keyText()}A`, keyText('-'), 'x', '', `peyk_${'x'.repeat(5_000)}`]) {
      expect(codeOf(await lines({ 'x-api-key': text }))).toEqual([401, 'apiKey.invalid']);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('whoever guesses keys is slowed down by address before identity is asked; others are not', async () => {
    const limited = await startGateway({ RATE_ADDRESS_PER_MINUTE: '3', TRUST_PROXY: '127.0.0.1' });
    try {
      limited.services.on(identityApiKeysRpc.exchange, () => {
        throw new DomainError('apiKey.invalid');
      });
      const guess = (address: string): Promise<Response> =>
        ask(limited, 'GET', `${api}/lines`, {
          headers: { 'x-api-key': newKey(), 'x-forwarded-for': address },
        });
      const statuses: number[] = [];
      for (let n = 0; n < 5; n++) statuses.push((await guess('203.0.113.1')).status);
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      expect(limited.services.callsOf(identityApiKeysRpc.exchange)).toHaveLength(3);
      expect((await guess('203.0.113.2')).status).toBe(401);
    } finally {
      await limited.close();
    }
  });

  it('keeps to its own rate; another key of the account is not touched', async () => {
    const [slow, fast] = [newKey(), newKey()];
    gateway.services.on(identityApiKeysRpc.exchange, ({ key }) =>
      grantFor({ ratePerMinute: key === slow ? 2 : null }),
    );
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) statuses.push((await lines({ 'x-api-key': slow })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await lines({ 'x-api-key': fast })).status).toBe(200);
  });

  describe('routes', () => {
    const draft: ApiKeyDraftDto = { name: 'فروشگاه', scopes: ['sms.send'], addresses: ['203.0.113.0/24'] };
    const apiKey: ApiKeyDto = {
      id: sendId,
      prefix: 'peyk_0000000000000000000000',
      createdAt: at,
      name: draft.name,
      scopes: draft.scopes,
      addresses: ['203.0.113.0/24'],
    };

    it.each([
      ['POST', '', draft, 201, identityApiKeysRpc.create, draft, { key: keyText(), apiKey }],
      ['GET', '', undefined, 200, identityApiKeysRpc.list, {}, { keys: [apiKey] }],
      ['DELETE', `/${sendId}`, undefined, 204, identityApiKeysRpc.revoke, { keyId: sendId }, undefined],
    ] as const)('SMT-214 %s /api-keys%s', async (method, path, json, status, contract, input, answer) => {
      gateway.services.on(contract as never, () => answer ?? ({} as never));
      const token = tokenOf();
      const response = await ask(gateway, method, `${api}/api-keys${path}`, { token, json });
      expect(response.status).toBe(status);
      if (answer) expect(response.body).toEqual(answer);
      expect(gateway.services.calls).toMatchObject([{ name: contract.name, input, as: { token } }]);
    });

    it('name what is wrong', async () => {
      const json = { name: '', scopes: ['all'], addresses: Array<string>(21).fill('::1'), ratePerMinute: 0 };
      const refused = await ask(gateway, 'POST', `${api}/api-keys`, { token: tokenOf(), json });
      expect(fieldsOfError(refused).map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
        'name: minLength',
        'scopes: isIn',
        'addresses: arrayMaxSize',
        'ratePerMinute: min',
      ]);
      expect(gateway.services.calls).toEqual([]);
    });
  });
});
