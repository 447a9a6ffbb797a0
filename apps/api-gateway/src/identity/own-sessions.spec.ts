import { randomBytes } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { identityAccountsRpc, identitySessionsRpc, identitySignInsRpc } from '@peyk/contracts/identity';
import { buildGrant } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const me = '/api/v1/me';
const id = '0198f000-0000-7000-8000-0000000000f1';
const at = '2026-11-21T08:00:00.000Z';
const session = {
  id,
  current: true,
  persistent: false,
  device: 'Firefox',
  address: '192.0.2.7',
  startedAt: at,
  lastUsedAt: at,
  expiresAt: at,
};

describe('own sessions', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });
  // Whoever has any role has sessions.
  const token = tokenOf({ roles: ['school_manager'] });

  it('IDN-210 lists them, ends one, the others and all; the last forgets the cookie', async () => {
    gateway.services.on(identitySessionsRpc.list, () => ({ sessions: [session] }));
    gateway.services.on(identitySessionsRpc.end, () => ({}));
    gateway.services.on(identitySessionsRpc.endOthers, () => ({ ended: 3 }));
    gateway.services.on(identitySessionsRpc.endAll, () => ({ ended: 1 }));
    const list = await ask(gateway, 'GET', `${me}/sessions`, { token });
    expect([list.status, list.body]).toEqual([200, { sessions: [session] }]);
    const one = await ask(gateway, 'DELETE', `${me}/sessions/${id}`, { token });
    expect([one.status, one.text]).toEqual([204, '']);
    const others = await ask(gateway, 'POST', `${me}/sessions/end-others`, { token });
    expect([others.status, others.body]).toEqual([200, { ended: 3 }]);
    expect(others.headers.getSetCookie()).toEqual([]);
    const all = await ask(gateway, 'POST', `${me}/sessions/end-all`, { token });
    expect([all.status, all.body]).toEqual([200, { ended: 1 }]);
    expect(all.headers.getSetCookie().join()).toMatch(/^peyk_refresh=; Path=\/api\/v1\/sessions;.*1970/);
    expect(gateway.services.calls.map(({ name, input }) => [name, input])).toEqual([
      ['identity.sessions.list', {}],
      ['identity.sessions.end', { sessionId: id }],
      ['identity.sessions.endOthers', {}],
      ['identity.sessions.endAll', {}],
    ]);
    for (const { as } of gateway.services.calls) expect(as).toMatchObject({ token });
  });

  it('answers 404 for a session that is not the own one, and names an id that is none', async () => {
    gateway.services.on(identitySessionsRpc.end, () => {
      throw new DomainError('session.notFound');
    });
    const foreign = await ask(gateway, 'DELETE', `${me}/sessions/${id}`, { token });
    expect([foreign.status, foreign.body['code']]).toEqual([404, 'session.notFound']);
    expect(fieldsOfError(await ask(gateway, 'DELETE', `${me}/sessions/1`, { token }))).toMatchObject([
      { field: 'sessionId', rule: 'isUuid' },
    ]);
  });

  it('IDN-211 gives the sign-in history page by page, and the warnings', async () => {
    const signIn = {
      id,
      at,
      method: 'password',
      outcome: 'failed',
      device: '',
      address: '',
      newDevice: false,
    };
    gateway.services.on(identitySignInsRpc.list, () => ({
      signIns: [signIn as never],
      nextCursor: 'next',
    }));
    const page = await ask(gateway, 'GET', `${me}/sign-ins?limit=1&cursor=abc`, { token });
    expect(page.body).toEqual({ signIns: [signIn], nextCursor: 'next' });
    expect(gateway.services.calls[0]?.input).toEqual({ limit: 1, cursor: 'abc' });
    expect((await ask(gateway, 'GET', `${me}/sign-ins?limit=201`, { token })).status).toBe(400);
    const warning = { code: 'new_device', at, times: 2, device: 'Firefox' } as const;
    gateway.services.on(identityAccountsRpc.warnings, () => ({ warnings: [warning] }));
    gateway.services.on(identityAccountsRpc.seeWarnings, () => ({}));
    expect((await ask(gateway, 'GET', `${me}/warnings`, { token })).body).toEqual({ warnings: [warning] });
    expect((await ask(gateway, 'POST', `${me}/warnings/seen`, { token })).status).toBe(204);
  });
});

describe('the device of a browser', () => {
  const path = '/api/v1/sessions';
  const json = { username: 'demo', password: 'Demo-1405-pass' };
  const deviceToken = randomBytes(32).toString('base64url');

  it('IDN-211 is an httpOnly cookie for half a year that goes to identity with each sign-in', async () => {
    const gateway = await startGateway({ PUBLIC_HTTPS: 'true' });
    try {
      gateway.services.on(identitySessionsRpc.signIn, () => ({ session: buildGrant({ deviceToken }) }));
      const first = await ask(gateway, 'POST', path, { json });
      const cookie = first.headers.getSetCookie().find((line) => line.startsWith('peyk_device=')) ?? '';
      expect(cookie).toContain(`peyk_device=${deviceToken}; Path=/api/v1; HttpOnly; SameSite=Strict; Secure`);
      const days = (Date.parse(/Expires=(.*)$/.exec(cookie)?.[1] ?? '') - Date.now()) / (24 * 3_600_000);
      expect(days).toBeGreaterThan(179);
      expect(days).toBeLessThanOrEqual(180);
      expect(first.text).not.toContain(deviceToken);
      expect(gateway.services.calls[0]?.input).not.toMatchObject({ client: { deviceToken } });
      await ask(gateway, 'POST', path, { json, headers: { cookie: `a=b; peyk_device=${deviceToken}` } });
      expect(gateway.services.calls[1]?.input).toMatchObject({ client: { deviceToken } });
      // What identity cannot have made does not reach it.
      for (const strange of [
        'short',
        'x'.repeat(101),
        'with%20percent-and-more-of-it',
        "'; DROP TABLE--------",
      ])
        await ask(gateway, 'POST', path, { json, headers: { cookie: `peyk_device=${strange}` } });
      for (const { input } of gateway.services.calls.slice(2))
        expect(Object.keys((input as { client: object }).client)).toEqual(['address', 'device']);
    } finally {
      await gateway.close();
    }
  });
});
