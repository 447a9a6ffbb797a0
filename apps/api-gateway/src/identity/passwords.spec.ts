import { randomBytes } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { identityPasswordsRpc, identitySessionsRpc } from '@peyk/contracts/identity';
import { allRoutes } from '../gateway.module';
import { buildDocument } from '../openapi/document';
import { buildGrant } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';
const token = randomBytes(32).toString('base64url');
const deviceToken = randomBytes(32).toString('base64url');
const requestId = '0198f000-0000-7000-8000-0000000000e1';

describe('passwords', () => {
  let gateway: RunningGateway;
  const grant = buildGrant({ deviceToken });
  const { accessToken, accessExpiresAt, account } = grant;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    gateway.services.on(identityPasswordsRpc.setFirst, () => grant);
    gateway.services.on(identityPasswordsRpc.change, () => grant);
    gateway.services.on(identityPasswordsRpc.reset, () => ({}));
  });

  it('IDN-207 an issued password answers no session and sets no cookie', async () => {
    const setPassword = { token, expiresAt: '2026-11-22T08:00:00.000Z' };
    gateway.services.on(identitySessionsRpc.signIn, () => ({ setPassword }));
    const json = { username: '۱۲۳۴', password: '0012345679' };
    const response = await ask(gateway, 'POST', `${api}/sessions`, { json });
    expect([response.status, response.body]).toEqual([201, { session: null, setPassword }]);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('IDN-207 with the token of an issued password every route that wants a session answers 401', async () => {
    const { paths } = buildDocument(gateway.app, allRoutes());
    const closed = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { security?: unknown[] }>)
        .filter(([, operation]) => operation.security)
        .map(([method]) => [method.toUpperCase(), path.replace(/\{\w+\}/g, requestId)] as const),
    );
    expect(closed.length).toBeGreaterThan(40);
    for (const [method, path] of closed) {
      const response = await ask(gateway, method, path, {
        token,
        headers: { cookie: `peyk_refresh=${token}; peyk_device=${deviceToken}` },
      });
      expect([method, path, response.status]).toEqual([method, path, 401]);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('POST /passwords/first opens the session; the secrets are in cookies only', async () => {
    const json = { token, newPassword: 'چتر آبی ۷ باران' };
    const response = await ask(gateway, 'POST', `${api}/passwords/first`, { json });
    expect([response.status, response.body]).toEqual([200, { accessToken, accessExpiresAt, account }]);
    expect(gateway.services.calls).toMatchObject([
      { as: 'nobody', input: { ...json, client: { address: '127.0.0.1' } } },
    ]);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=', 1)[0]).sort()).toEqual(['peyk_device', 'peyk_refresh']);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Strict/);
    expect(response.text).not.toContain(grant.refreshToken);
    expect(response.text).not.toContain(deviceToken);
    for (const secret of [json.token, json.newPassword, grant.refreshToken, deviceToken])
      expect(gateway.logged.join()).not.toContain(secret);
  });

  it('POST /passwords/reset answers nothing, and opens nothing', async () => {
    const json = { requestId, code: '۱۲۳۴۵۶', newPassword: 'چتر آبی ۷ باران' };
    const response = await ask(gateway, 'POST', `${api}/passwords/reset`, { json });
    expect([response.status, response.text, response.headers.getSetCookie()]).toEqual([204, '', []]);
    expect(gateway.services.calls).toMatchObject([{ as: 'nobody', input: json }]);
  });

  it('POST /me/password is asked with the access token and renews the cookie', async () => {
    const json = { oldPassword: 'old', newPassword: 'چتر آبی ۷ باران' };
    const access = tokenOf({ roles: ['student'] });
    const response = await ask(gateway, 'POST', `${api}/me/password`, { token: access, json });
    expect([response.status, response.body]).toEqual([200, { accessToken, accessExpiresAt, account }]);
    expect(gateway.services.calls).toMatchObject([{ as: { token: access }, input: json }]);
    expect(response.headers.getSetCookie().join()).toContain(`peyk_refresh=${grant.refreshToken}`);
  });

  it.each([
    ['short', 'رمز عبور باید دست‌کم ۸ نویسه داشته باشد.'],
    ['common', 'این رمز عبور بسیار رایج است و به‌آسانی حدس زده می‌شود.'],
    ['personal', 'رمز عبور نباید نام، نام کاربری، کد ملی، شماره‌ی همراه یا رایانامه‌ی شما باشد.'],
    ['unchanged', 'رمز عبور تازه همان رمز کنونی است.'],
    ['of tomorrow', 'این رمز عبور ضعیف است.'],
  ])('IDN-208 a weak one: says why (%s)', async (reason, message) => {
    gateway.services.on(identityPasswordsRpc.setFirst, () => {
      throw new DomainError('password.weak', { reason, field: 'newPassword' });
    });
    const json = { token, newPassword: 'x' };
    const response = await ask(gateway, 'POST', `${api}/passwords/first`, { json });
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'password.weak', message, details: { reason } });
  });

  it('refuses 10,000 characters and unknown fields without asking a service', async () => {
    const routes = [
      ['passwords/first', { token }],
      ['passwords/reset', { requestId, code: '123456' }],
      ['me/password', { oldPassword: 'old' }],
    ] as const;
    for (const [route, rest] of routes) {
      const long = await ask(gateway, 'POST', `${api}/${route}`, {
        token: tokenOf(),
        json: { ...rest, newPassword: 'س'.repeat(10_000) },
      });
      expect([route, long.status]).toEqual([route, 400]);
      expect(fieldsOfError(long)).toMatchObject([{ field: 'newPassword', rule: 'maxLength' }]);
      const strange = await ask(gateway, 'POST', `${api}/${route}`, {
        token: tokenOf(),
        json: { ...rest, newPassword: 'چتر آبی ۷ باران', client: { address: '1.1.1.1', device: '' } },
      });
      expect(fieldsOfError(strange)).toMatchObject([{ field: 'client', rule: 'unknown' }]);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('serves no form and no other site', async () => {
    const body = JSON.stringify({ token, newPassword: 'چتر آبی ۷ باران' });
    const strange: readonly Record<string, string>[] = [
      { 'content-type': 'application/x-www-form-urlencoded' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json', origin: 'https://evil.example' },
      { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of strange) {
      const response = await ask(gateway, 'POST', `${api}/passwords/first`, { body, headers });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    expect(gateway.services.calls).toEqual([]);
  });
});
