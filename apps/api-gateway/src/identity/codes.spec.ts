import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { identityBaleRpc, identityCodesRpc } from '@peyk/contracts/identity';
import { buildGrant } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const path = '/api/v1/sessions';
const requestId = randomUUID();
const requested = { requestId, expiresAt: '2026-11-22T08:02:00.000Z', resendAfterSeconds: 60 };

describe('codes', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    gateway.services.on(identityCodesRpc.request, () => requested);
    gateway.services.on(identityCodesRpc.signIn, ({ remember }) => ({
      session: buildGrant({ persistent: remember ?? false }),
    }));
  });

  it('IDN-002 asks for a code by the username alone', async () => {
    const json = { username: '۱۲۳۴', purpose: 'sign_in' };
    const response = await ask(gateway, 'POST', `${path}/codes`, { json });
    expect([response.status, response.body]).toEqual([200, requested]);
    expect(gateway.services.calls).toMatchObject([
      { as: 'nobody', input: { ...json, client: { address: '127.0.0.1' } } },
    ]);
  });

  it('IDN-002 signs in by it as by a password: refresh token in the cookie only', async () => {
    const json = { requestId, code: '123456', remember: true };
    const response = await ask(gateway, 'POST', `${path}/by-code`, { json });
    expect(response.status).toBe(201);
    const { refreshToken, accessToken } = buildGrant();
    expect(response.body).toMatchObject({ session: { accessToken }, setPassword: null });
    expect(response.text).not.toContain(refreshToken);
    expect(response.headers.get('set-cookie')).toContain(
      `peyk_refresh=${refreshToken}; Path=${path}; HttpOnly`,
    );
    expect(gateway.logged.join()).not.toContain('123456');
  });

  it('says how long to wait, and how many tries are left', async () => {
    gateway.services.on(identityCodesRpc.request, () => {
      throw new DomainError('code.tooSoon', { retryAfterSeconds: 41 });
    });
    const soon = await ask(gateway, 'POST', `${path}/codes`, { json: { username: 'u', purpose: 'sign_in' } });
    expect([soon.status, soon.headers.get('retry-after'), soon.body['code']]).toEqual([
      429,
      '41',
      'code.tooSoon',
    ]);
    gateway.services.on(identityCodesRpc.signIn, () => {
      throw new DomainError('code.wrong', { field: 'code', triesLeft: 2 });
    });
    const wrong = await ask(gateway, 'POST', `${path}/by-code`, { json: { requestId, code: '1' } });
    expect([wrong.status, wrong.body]).toMatchObject([
      422,
      { code: 'code.wrong', details: { field: 'code', triesLeft: 2 } },
    ]);
    expect(wrong.headers.get('set-cookie')).toBeNull();
  });

  it('names what is wrong, and takes no mobile', async () => {
    const fields = async (to: string, json: object): Promise<string[][]> =>
      fieldsOfError(await ask(gateway, 'POST', path + to, { json })).map(({ field, rule }) => [field, rule]);
    expect(await fields('/codes', { purpose: 'enter', mobile: '09121234567' })).toEqual(
      expect.arrayContaining([['mobile', 'unknown']]),
    );
    expect(await fields('/codes', { username: 'u', purpose: 'enter' })).toEqual([['purpose', 'isIn']]);
    expect(await fields('/codes', { username: 'u', purpose: 'sign_in', channel: 'pigeon' })).toEqual([
      ['channel', 'isIn'],
    ]);
    expect(await fields('/by-code', { requestId: 'x', code: '1'.repeat(21) })).toEqual([
      ['requestId', 'isUuid'],
      ['code', 'maxLength'],
    ]);
    expect(gateway.services.calls).toEqual([]);
  });

  it('serves no form and no other site', async () => {
    const foreign: Record<string, string>[] = [
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'application/json', origin: 'https://evil.example' },
    ];
    for (const to of ['/codes', '/by-code']) {
      for (const headers of foreign) {
        const response = await ask(gateway, 'POST', path + to, { body: '{}', headers });
        expect(response.status).toBeGreaterThanOrEqual(400);
      }
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('IDN-206 links, shows and unlinks the own Bale chat, in the name of the caller', async () => {
    const link = { url: 'https://ble.ir/peyk_bot?start=abc', expiresAt: requested.expiresAt };
    gateway.services.on(identityBaleRpc.link, () => link);
    gateway.services.on(identityBaleRpc.status, () => ({ available: true, linkedAt: null }));
    gateway.services.on(identityBaleRpc.unlink, () => ({}));
    const token = tokenOf({ roles: ['student'] });
    const begun = await ask(gateway, 'POST', '/api/v1/me/bale/link', { token, json: {} });
    expect([begun.status, begun.body]).toEqual([200, link]);
    const shown = await ask(gateway, 'GET', '/api/v1/me/bale', { token });
    expect(shown.body).toEqual({ available: true, linkedAt: null });
    expect((await ask(gateway, 'DELETE', '/api/v1/me/bale', { token })).status).toBe(204);
    expect(gateway.services.calls.map(({ as }) => as)).toMatchObject([{ token }, { token }, { token }]);
  });
});
