import { DomainError } from '@peyk/contracts';
import { billingPlansRpc } from '@peyk/contracts/billing';
import { identityReferralsRpc, identitySignUpsRpc, identityTermsRpc } from '@peyk/contracts/identity';
import { buildGrant } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';
const at = '2026-11-21T08:00:00.000Z';
const requestId = '0198f000-0000-7000-8000-0000000000f1';
const form = {
  requestId,
  code: '123456',
  kind: 'sms_customer',
  username: 'new.shop',
  name: 'فروشگاه',
  password: 'a long sentence 1405',
  termsVersion: 1,
  plan: 'start',
};
const { requestId: _requestId, code: _code, ...draft } = form;
const { termsVersion: _version, ...checked } = draft;
const codeForm = { ...draft, mobile: '۰۹۱۲۱۲۳۴۵۶۷' };

describe('routes of sign-up', () => {
  let gateway: RunningGateway;
  const grant = buildGrant();
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    gateway.services.on(identitySignUpsRpc.requestCode, () => ({
      requestId,
      expiresAt: at,
      resendAfterSeconds: 60,
    }));
    gateway.services.on(identitySignUpsRpc.complete, () => ({ session: grant }));
  });

  it('IDN-215 sends a code to the mobile, for the address that asks', async () => {
    const response = await ask(gateway, 'POST', `${api}/sign-ups/codes`, { json: codeForm });
    expect([response.status, response.body]).toEqual([
      200,
      { requestId, expiresAt: at, resendAfterSeconds: 60 },
    ]);
    expect(gateway.services.calls).toMatchObject([
      { as: 'nobody', input: { ...codeForm, client: { address: '127.0.0.1' } } },
    ]);
  });

  it('a draft is checked before a code is asked for: a refusal names its field, in Persian', async () => {
    gateway.services.on(identitySignUpsRpc.check, () => ({}));
    const right = await ask(gateway, 'POST', `${api}/sign-ups/checks`, { json: checked });
    expect([right.status, right.text]).toEqual([204, '']);
    expect(gateway.services.calls).toMatchObject([{ as: 'nobody', input: checked }]);
    gateway.services.on(identitySignUpsRpc.check, () => {
      throw new DomainError('input.invalid', {
        fields: [{ field: 'email', rule: 'email', message: 'email is not valid' }],
      });
    });
    const refused = await ask(gateway, 'POST', `${api}/sign-ups/checks`, { json: checked });
    expect(fieldsOfError(refused)).toMatchObject([{ field: 'email', rule: 'email' }]);
    expect(gateway.logged.join()).not.toContain(form.password);
  });

  it('IDN-029 signs in who signed up: the refresh token in the cookie only', async () => {
    const response = await ask(gateway, 'POST', `${api}/sign-ups`, { json: form });
    expect(response.status).toBe(201);
    const { accessToken, accessExpiresAt, account } = grant;
    expect(response.body).toEqual({ session: { accessToken, accessExpiresAt, account }, setPassword: null });
    expect(response.text).not.toContain(grant.refreshToken);
    expect(response.headers.get('set-cookie')).toContain(grant.refreshToken);
    expect(gateway.services.calls).toMatchObject([{ as: 'nobody', input: form }]);
    expect(gateway.logged.join()).not.toContain(form.password);
  });

  it('IDN-028 names every field that is missing, unknown or too long', async () => {
    const empty = await ask(gateway, 'POST', `${api}/sign-ups`, { json: {} });
    expect(
      fieldsOfError(empty)
        .map(({ field, rule }) => `${field}: ${rule}`)
        .sort(),
    ).toEqual(
      ['code', 'kind', 'name', 'password', 'requestId', 'termsVersion', 'username'].map(
        (name) => `${name}: required`,
      ),
    );
    const json = {
      ...form,
      roles: ['admin'],
      client: { address: '::1', device: '' },
      password: 'x'.repeat(10_000),
    };
    const refused = await ask(gateway, 'POST', `${api}/sign-ups`, { json });
    expect(fieldsOfError(refused).map(({ field, rule }) => `${field}: ${rule}`)).toEqual([
      'roles: unknown',
      'client: unknown',
    ]);
    const { roles: _roles, client: _client, ...long } = json;
    expect(fieldsOfError(await ask(gateway, 'POST', `${api}/sign-ups`, { json: long }))).toMatchObject([
      { field: 'password', rule: 'maxLength' },
    ]);
    const admin = await ask(gateway, 'POST', `${api}/sign-ups`, { json: { ...form, kind: 'admin' } });
    expect(fieldsOfError(admin)).toMatchObject([{ field: 'kind', rule: 'isIn' }]);
    expect(gateway.services.calls).toEqual([]);
  });

  it('passes refusals on with their field and a Persian text', async () => {
    for (const [code, field, status] of [
      ['account.usernameTaken', 'username', 409],
      ['account.mobileTaken', 'mobile', 409],
      ['terms.outdated', 'termsVersion', 409],
      ['plan.notFound', 'plan', 404],
      ['referral.unknown', 'referralCode', 400],
      ['password.weak', 'password', 400],
      ['code.wrong', 'code', 422],
    ] as const) {
      gateway.services.on(identitySignUpsRpc.complete, () => {
        throw new DomainError(code, { field });
      });
      const { status: got, body } = await ask(gateway, 'POST', `${api}/sign-ups`, { json: form });
      expect([code, got, body['code'], body['details']]).toMatchObject([code, status, code, { field }]);
      expect(body['message']).toMatch(/\p{Script=Arabic}/u);
    }
  });

  it('serves no other site', async () => {
    for (const [path, json] of [
      ['/sign-ups', form],
      ['/sign-ups/codes', codeForm],
      ['/sign-ups/checks', checked],
    ] as const) {
      const body = JSON.stringify(json);
      const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
      expect((await ask(gateway, 'POST', api + path, { body, headers })).status).toBe(403);
      const plain = { 'content-type': 'text/plain' };
      expect(
        (await ask(gateway, 'POST', api + path, { body, headers: plain })).status,
      ).toBeGreaterThanOrEqual(400);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('limits how often one address tries usernames, codes and sign-ups, together', async () => {
    const limited = await startGateway({ RATE_SESSIONS_PER_MINUTE: '3' });
    try {
      limited.services.on(identitySignUpsRpc.available, ({ username }) => ({ username, available: true }));
      limited.services.on(identitySignUpsRpc.requestCode, () => ({
        requestId,
        expiresAt: at,
        resendAfterSeconds: 60,
      }));
      limited.services.on(identitySignUpsRpc.complete, () => ({ session: grant }));
      const statuses = [
        await ask(limited, 'GET', `${api}/sign-ups/available?username=a`),
        await ask(limited, 'POST', `${api}/sign-ups/codes`, { json: codeForm }),
        await ask(limited, 'POST', `${api}/sign-ups`, { json: form }),
        await ask(limited, 'GET', `${api}/sign-ups/available?username=a`),
      ].map(({ status }) => status);
      expect(statuses).toEqual([200, 200, 201, 429]);
    } finally {
      await limited.close();
    }
  });

  it('IDN-032 IDN-033 IDN-217 gives terms and plans to everybody, plan and referrals to their owner', async () => {
    const terms = { version: 1, since: at, text: 'شرایط' };
    const plan = { code: 'start', title: 'پایه', description: '', priceRials: 0, trialRials: 50_000 };
    const own = { plan, state: 'active', since: at } as const;
    const referrals = { code: 'ABCD1234', path: '/sign-up?ref=ABCD1234', introduced: 2 };
    gateway.services.on(identityTermsRpc.read, () => terms);
    gateway.services.on(billingPlansRpc.list, () => ({ plans: [plan] }));
    gateway.services.on(billingPlansRpc.own, () => own);
    gateway.services.on(identityReferralsRpc.read, () => referrals);
    expect((await ask(gateway, 'GET', `${api}/terms`)).body).toEqual(terms);
    expect((await ask(gateway, 'GET', `${api}/plans`)).body).toEqual({ plans: [plan] });
    for (const [path, answer] of [
      ['/plans/own', own],
      ['/referrals', referrals],
    ] as const) {
      expect((await ask(gateway, 'GET', api + path)).status).toBe(401);
      expect((await ask(gateway, 'GET', api + path, { token: tokenOf({ roles: ['student'] }) })).status).toBe(
        403,
      );
      expect((await ask(gateway, 'GET', api + path, { token: tokenOf() })).body).toEqual(answer);
    }
  });
});
