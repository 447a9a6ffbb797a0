import { DomainError } from '@peyk/contracts';
import { identitySessionsRpc } from '@peyk/contracts/identity';
import { buildGrant } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway } from '../testing/gateway.fixture';
import type { Response, RunningGateway } from '../testing/gateway.fixture';

const path = '/api/v1/sessions';
const grant = buildGrant();
const json = { username: 'demo', password: 'Demo-1405-pass' };
const cookie = `other=1; peyk_refresh=${grant.refreshToken}; more=2`;

function cookieOf(response: Response, name = 'peyk_refresh'): { value?: string; flags: string[] } {
  const sent = response.headers.getSetCookie().find((line) => line.startsWith(`${name}=`));
  const [pair, ...flags] = sent?.split('; ') ?? [];
  return { value: pair?.slice(name.length + 1), flags: flags.sort() };
}

describe('sessions', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    gateway.services.on(identitySessionsRpc.signIn, ({ remember }) => ({
      session: buildGrant({ persistent: remember ?? false }),
    }));
    gateway.services.on(identitySessionsRpc.refresh, () => grant);
    gateway.services.on(identitySessionsRpc.signOut, () => ({}));
  });

  it('IDN-001 signs in by username and password; the refresh token is in the cookie only', async () => {
    const response = await ask(gateway, 'POST', path, { json, headers: { 'user-agent': 'x'.repeat(400) } });
    expect(response.status).toBe(201);
    const { accessToken, accessExpiresAt, account } = grant;
    expect(response.body).toEqual({ session: { accessToken, accessExpiresAt, account }, setPassword: null });
    expect(response.text).not.toContain(grant.refreshToken);
    expect(gateway.services.calls[0]).toMatchObject({
      as: 'nobody',
      input: { ...json, client: { address: '127.0.0.1', device: 'x'.repeat(300) } },
    });
    expect(gateway.logged.join()).not.toContain(json.password);
    expect(gateway.logged.join()).not.toContain(grant.refreshToken);
  });

  it('IDN-006 without "remember me" the cookie ends with the browser', async () => {
    const { value, flags } = cookieOf(await ask(gateway, 'POST', path, { json }));
    expect(value).toBe(grant.refreshToken);
    expect(flags).toEqual(['HttpOnly', 'Path=/api/v1/sessions', 'SameSite=Strict']);
  });

  it('IDN-005 with "remember me" it lasts until the session ends', async () => {
    const { flags } = cookieOf(await ask(gateway, 'POST', path, { json: { ...json, remember: true } }));
    const end = new Date(grant.refreshExpiresAt).toUTCString();
    expect(flags).toEqual([`Expires=${end}`, 'HttpOnly', 'Path=/api/v1/sessions', 'SameSite=Strict'].sort());
  });

  it('the cookie is Secure, and HSTS is sent, where people come by https', async () => {
    const secure = await startGateway({ PUBLIC_HTTPS: 'true' });
    try {
      secure.services.on(identitySessionsRpc.signIn, () => ({ session: grant }));
      const response = await ask(secure, 'POST', path, { json });
      expect(cookieOf(response).flags).toContain('Secure');
      expect(response.headers.get('strict-transport-security')).toContain('max-age=31536000');
    } finally {
      await secure.close();
    }
  });

  it('renews by the cookie', async () => {
    const response = await ask(gateway, 'POST', `${path}/refresh`, { json: {}, headers: { cookie } });
    expect([response.status, response.body['accessToken']]).toEqual([200, grant.accessToken]);
    expect(gateway.services.calls[0]?.input).toMatchObject({ refreshToken: grant.refreshToken });
    expect(cookieOf(response).value).toBe(grant.refreshToken);
    const headers = { cookie, 'x-requested-with': 'peyk' };
    expect((await ask(gateway, 'POST', `${path}/refresh`, { headers })).status).toBe(200);
  });

  it('without a cookie, or with one that identity cannot have made, there is no session', async () => {
    for (const bad of [
      undefined,
      'peyk_refresh=short',
      `peyk_refresh=${'x'.repeat(201)}`,
      `xpeyk_refresh=${grant.refreshToken}`,
    ]) {
      const headers: Record<string, string> = bad ? { cookie: bad } : {};
      const response = await ask(gateway, 'POST', `${path}/refresh`, { json: {}, headers });
      expect([response.status, response.body['code']]).toEqual([401, 'session.ended']);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('forgets the cookie of an ended session, but keeps it while identity is away', async () => {
    gateway.services.on(identitySessionsRpc.refresh, () => {
      throw new DomainError('session.ended');
    });
    const ended = await ask(gateway, 'POST', `${path}/refresh`, { json: {}, headers: { cookie } });
    expect(ended.status).toBe(401);
    expect(cookieOf(ended)).toMatchObject({ value: '' });
    expect(cookieOf(ended).flags).toContain('Expires=Thu, 01 Jan 1970 00:00:00 GMT');
    gateway.services.on(identitySessionsRpc.refresh, () => {
      throw new DomainError('service.unavailable');
    });
    const away = await ask(gateway, 'POST', `${path}/refresh`, { json: {}, headers: { cookie } });
    expect(away.status).toBe(503);
    expect(away.headers.get('set-cookie')).toBeNull();
  });

  it('signs out, and again, and forgets the cookie', async () => {
    const headers = { 'x-requested-with': 'peyk' };
    const first = await ask(gateway, 'DELETE', `${path}/current`, { headers: { ...headers, cookie } });
    expect([first.status, first.text]).toEqual([204, '']);
    expect(cookieOf(first).value).toBe('');
    expect(gateway.services.callsOf(identitySessionsRpc.signOut)).toMatchObject([
      { input: { refreshToken: grant.refreshToken } },
    ]);
    expect((await ask(gateway, 'DELETE', `${path}/current`, { headers })).status).toBe(204);
    expect(gateway.services.callsOf(identitySessionsRpc.signOut)).toHaveLength(1);
  });

  it('serves no form and no other site', async () => {
    const own = { json, headers: { origin: gateway.url, 'sec-fetch-site': 'same-origin' } };
    expect((await ask(gateway, 'POST', path, own)).status).toBe(201);
    const json0 = { 'content-type': 'application/json' };
    for (const headers of [
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'text/plain' },
      { ...json0, 'sec-fetch-site': 'cross-site' },
      { ...json0, 'sec-fetch-site': 'same-site' },
      { ...json0, origin: 'https://evil.example' },
      { ...json0, origin: 'null' },
    ]) {
      for (const to of ['', '/refresh']) {
        const body = JSON.stringify(to ? {} : json);
        const response = await ask(gateway, 'POST', path + to, { body, headers: { ...headers, cookie } });
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.headers.get('set-cookie')).toBeNull();
      }
    }
    const bare = await ask(gateway, 'DELETE', `${path}/current`, { headers: { cookie } });
    expect([bare.status, bare.body['code']]).toEqual([403, 'access.denied']);
    expect(gateway.services.calls).toHaveLength(1);
  });

  it('names what is missing, and passes on a refusal with its waiting time', async () => {
    expect(fieldsOfError(await ask(gateway, 'POST', path, { json: {} }))).toMatchObject([
      { field: 'username', rule: 'required', message: '«نام کاربری» لازم است.' },
      { field: 'password', rule: 'required' },
    ]);
    gateway.services.on(identitySessionsRpc.signIn, () => {
      throw new DomainError('login.throttled', { retryAfterSeconds: 37 });
    });
    const throttled = await ask(gateway, 'POST', path, { json });
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '37']);
  });

  it('limits the tries of one address', async () => {
    const limited = await startGateway({ RATE_SESSIONS_PER_MINUTE: '2' });
    try {
      limited.services.on(identitySessionsRpc.signIn, () => {
        throw new DomainError('login.failed');
      });
      const statuses: number[] = [];
      for (let turn = 0; turn < 3; turn++) statuses.push((await ask(limited, 'POST', path, { json })).status);
      expect(statuses).toEqual([401, 401, 429]);
    } finally {
      await limited.close();
    }
  });
});
