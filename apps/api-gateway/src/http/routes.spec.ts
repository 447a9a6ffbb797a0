import { DomainError } from '@peyk/contracts';
import { billingTariffsRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import { identityAccountsRpc } from '@peyk/contracts/identity';
import { smsLinesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import { allRoutes } from '../gateway.module';
import { buildDocument } from '../openapi/document';
import { buildSend, line, sendId } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

interface Operation {
  readonly security?: unknown[];
  readonly 'x-permission'?: { readonly roles: unknown };
  readonly summary?: string;
  readonly requestBody?: { readonly content: Record<string, unknown> };
  readonly responses: Record<string, unknown>;
}

const api = '/api/v1';
const wholeSend = {
  lineId: line.id,
  text: 'سلام',
  recipients: { numbers: ['09121234567'] },
  idempotencyKey: 'key-12345',
};

describe('routes', () => {
  let gateway: RunningGateway;
  let paths: Readonly<Record<string, unknown>>;
  let routes: { method: string; path: string; operation: Operation }[];
  beforeAll(async () => {
    gateway = await startGateway();
    paths = buildDocument(gateway.app, allRoutes()).paths;
    routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, sendId),
        operation,
      })),
    );
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });

  it('are those of the tables: each is documented and served, and nothing else is', () => {
    const ofTables = allRoutes().map(({ method, path }) => `${method} ${api}/${path}`);
    expect(new Set(ofTables).size).toBe(ofTables.length);
    const documented = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item as object).map(
        (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    expect(documented.sort()).toEqual(ofTables.sort());
    const served = gateway.served
      .filter(({ path }) => path.startsWith('/api/') && !path.startsWith('/api/docs'))
      .map(({ method, path }) => `${method} ${path}`);
    // Pages for a payer's browser between the panel and the bank are no part of the API.
    const pages = [
      'GET /payments/:topupId',
      'GET /payments/:topupId/callback',
      'POST /payments/:topupId/callback',
    ];
    expect(served.sort()).toEqual([...ofTables, ...pages.map((page) => page.replace(' ', ` ${api}`))].sort());
  });

  it('have the permission of their contract, or are open because it is public', () => {
    for (const { method, path, contract } of allRoutes()) {
      const item = paths[`${api}/${path.replace(/:(\w+)/g, '{$1}')}`] as Record<string, Operation>;
      const { security, 'x-permission': permission } = item[method.toLowerCase()] ?? { responses: {} };
      expect([method, path, permission, Boolean(security)]).toEqual([
        method,
        path,
        contract.permission,
        contract.access === 'user',
      ]);
      expect([path, contract.access, Boolean(contract.permission)]).toEqual([
        path,
        contract.access === 'user' ? 'user' : 'public',
        contract.access === 'user',
      ]);
    }
  });

  it('without a session answer 401 and ask no service', async () => {
    for (const { method, path, operation } of routes.filter((route) => route.operation.security)) {
      const response = await ask(gateway, method, path);
      expect([path, response.status, response.body['code']]).toEqual([path, 401, 'access.tokenMissing']);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(operation.responses).toHaveProperty('401');
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('with a token that identity did not make, or that has ended, answer 401', async () => {
    const forged = tokenOf().replace(/\.[^.]+$/, `.${'A'.repeat(86)}`);
    for (const token of [
      forged,
      tokenOf({ seconds: -1 }),
      tokenOf({ kid: 'k2' }),
      tokenOf({ issuer: 'somebody' }),
      'x'.repeat(5_000),
      // HS256 with the public key as the secret, "none", and no JSON at all.
      `${Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')}.${tokenOf().split('.')[1]}.`,
      'a.b.c',
    ]) {
      const response = await ask(gateway, 'GET', `${api}/lines`, { token });
      expect([response.status, response.body['code']]).toEqual([401, 'access.tokenInvalid']);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('refuse a role that may not come in, and ask no service', async () => {
    for (const { method, path, operation } of routes.filter((route) => route.operation.security)) {
      if (operation['x-permission']?.roles === 'everyone') continue;
      const response = await ask(gateway, method, path, { token: tokenOf({ roles: ['student'] }) });
      expect([path, response.status, response.body['code']]).toEqual([path, 403, 'access.denied']);
      expect(operation.responses).toHaveProperty('403');
    }
    for (const path of ['/links', `/sends/${sendId}/settle-doubt`]) {
      const method = path === '/links' ? 'GET' : 'POST';
      const response = await ask(gateway, method, api + path, {
        token: tokenOf({ roles: ['sms_customer'] }),
      });
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect(gateway.services.calls).toEqual([]);
  });

  it('pass on the access token, where the person sits, the request id and the trace', async () => {
    gateway.services.on(smsSendsRpc.read, () => buildSend());
    const token = tokenOf();
    const response = await ask(gateway, 'GET', `${api}/sends/${sendId}`, {
      token,
      headers: {
        'x-request-id': 'panel-click-17',
        'user-agent': 'spec browser',
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe('panel-click-17');
    const [call] = gateway.services.calls;
    expect(call?.as).toEqual({ token, client: { address: '127.0.0.1', device: 'spec browser' } });
    expect(call?.context?.correlationId).toBe('panel-click-17');
    expect(call?.context?.traceparent).toMatch(/^00-a{32}-/);
  });

  it('keep the context over the reading of a body', async () => {
    gateway.services.on(smsSendsRpc.create, () => buildSend());
    const json = { ...wholeSend, text: 'س'.repeat(4_000) };
    await ask(gateway, 'POST', `${api}/sends`, {
      token: tokenOf(),
      json,
      headers: { 'x-request-id': 'over-the-body' },
    });
    expect(gateway.services.calls[0]?.context?.correlationId).toBe('over-the-body');
  });

  it('make a request id of their own where the one given is no id', async () => {
    const response = await ask(gateway, 'GET', `${api}/lines`, { headers: { 'x-request-id': 'a b"c' } });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(response.body['requestId']).toBe(response.headers.get('x-request-id'));
  });

  it('coerce query strings, and name what is wrong in them', async () => {
    gateway.services.on(smsSendsRpc.list, () => ({ sends: [] }));
    const token = tokenOf();
    await ask(gateway, 'GET', `${api}/sends?limit=7&state=paused&search=%D8%B3`, { token });
    expect(gateway.services.calls[0]?.input).toEqual({ limit: 7, state: 'paused', search: 'س' });
    for (const [query, field, rule] of [
      ['limit=201', 'limit', 'max'],
      ['limit=abc', 'limit', 'isInt'],
      ['limit=1&limit=2', 'limit', 'isInt'],
      ['state=flying', 'state', 'isIn'],
      [`search=${'x'.repeat(101)}`, 'search', 'maxLength'],
      ['colour=red', 'colour', 'unknown'],
    ]) {
      const response = await ask(gateway, 'GET', `${api}/sends?${query}`, { token });
      expect([query, response.status, response.body['code']]).toEqual([query, 400, 'input.invalid']);
      expect(fieldsOfError(response)).toMatchObject([{ field, rule }]);
    }
    expect(gateway.services.calls).toHaveLength(1);
  });

  it('name a path parameter that is no id, and refuse the same name in query or body', async () => {
    const token = tokenOf({ roles: ['admin'] });
    expect(fieldsOfError(await ask(gateway, 'GET', `${api}/sends/12`, { token }))).toMatchObject([
      { field: 'sendId', rule: 'isUuid' },
    ]);
    const query = await ask(gateway, 'GET', `${api}/sends/${sendId}/messages?sendId=${line.id}`, { token });
    expect(fieldsOfError(query)).toMatchObject([{ field: 'sendId', rule: 'unknown' }]);
    const body = await ask(gateway, 'POST', `${api}/sends/${sendId}/settle-doubt`, {
      token,
      json: { sendId: line.id, as: 'failed' },
    });
    expect(fieldsOfError(body)).toMatchObject([{ field: 'sendId', rule: 'unknown' }]);
    expect(gateway.services.calls).toEqual([]);
  });

  it('name each missing, wrong or unknown field of a body', async () => {
    const token = tokenOf();
    const refused = async (json: unknown): Promise<unknown[]> => {
      const response = await ask(gateway, 'POST', `${api}/sends`, { token, json });
      expect([response.status, response.body['code']]).toEqual([400, 'input.invalid']);
      return fieldsOfError(response).map(({ field, rule }) => `${field}: ${rule}`);
    };
    expect((await refused({})).sort()).toEqual([
      'idempotencyKey: required',
      'lineId: required',
      'recipients: required',
      'text: required',
    ]);
    expect(await refused({ ...wholeSend, text: 5 })).toEqual(['text: isString']);
    const numbers = Array<string>(1_001).fill('0912');
    expect(await refused({ ...wholeSend, recipients: { numbers } })).toEqual([
      'recipients.numbers: arrayMaxSize',
    ]);
    expect(await refused({ ...wholeSend, recipients: 'all' })).toEqual(['recipients: isObject']);
    expect(await refused({ ...wholeSend, customerId: line.id })).toEqual(['customerId: unknown']);
    expect(await refused({ ...wholeSend, recipients: { numbers: [], x: 1 } })).toEqual([
      'recipients.x: unknown',
    ]);
    expect(await refused({ ...wholeSend, sendAt: '2026-11-21T08:00:00' })).toEqual(['sendAt: isInstant']);
    expect(await refused([1])).toEqual(['body: isObject']);
    expect(await refused('text')).toEqual(['body: isObject']);
    expect(gateway.services.calls).toEqual([]);
  });

  it('TGT-002 leave it to the service to say that 401 typed numbers are too many', async () => {
    const details = { field: 'recipients.numbers', max: 400, got: 401 };
    gateway.services.on(smsSendsRpc.create, () => {
      throw new DomainError('list.tooManyNumbers', details);
    });
    const json = { ...wholeSend, recipients: { numbers: Array<string>(401).fill('09121234567') } };
    const refused = await ask(gateway, 'POST', `${api}/sends`, { token: tokenOf(), json });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code: 'list.tooManyNumbers', details });
  });

  it('refuse a text of a million characters with the limit in the message', async () => {
    const token = tokenOf();
    const latin = await ask(gateway, 'POST', `${api}/sends`, {
      token,
      json: { ...wholeSend, text: 'x'.repeat(1_000_000) },
    });
    expect(latin.status).toBe(400);
    expect(fieldsOfError(latin)).toEqual([
      { field: 'text', rule: 'maxLength', message: '«متن» حداکثر ۵٬۰۰۰ نویسه می‌پذیرد.' },
    ]);
    const persian = await ask(gateway, 'POST', `${api}/sends`, {
      token,
      json: { ...wholeSend, text: 'س'.repeat(1_000_000) },
    });
    expect([persian.status, persian.body['code']]).toEqual([413, 'input.tooLarge']);
    expect(persian.body['message']).toContain('۱٬۰۴۸٬۵۷۶');
    expect(gateway.services.calls).toEqual([]);
  });

  it('take the idempotency key from the header, and refuse one that differs', async () => {
    gateway.services.on(smsSendsRpc.create, () => buildSend());
    const token = tokenOf();
    const { idempotencyKey, ...json } = wholeSend;
    const headers = { 'idempotency-key': idempotencyKey };
    const created = await ask(gateway, 'POST', `${api}/sends`, { token, json, headers });
    expect(created.status).toBe(201);
    expect(gateway.services.calls[0]?.input).toMatchObject({ idempotencyKey });
    expect((await ask(gateway, 'POST', `${api}/sends`, { token, json: wholeSend, headers })).status).toBe(
      201,
    );
    const differs = await ask(gateway, 'POST', `${api}/sends`, {
      token,
      json: wholeSend,
      headers: { 'idempotency-key': 'another-key' },
    });
    expect(fieldsOfError(differs)).toMatchObject([{ field: 'idempotencyKey', rule: 'differs' }]);
    expect(gateway.services.calls).toHaveLength(2);
  });

  it('give the answer of the service and nothing more', async () => {
    gateway.services.on(billingWalletsRpc.read, () => ({
      customerId: line.id,
      postedRials: 3,
      heldRials: 1,
      availableRials: 2,
      alertRials: null,
      secretNote: 'inner',
    }));
    const { body } = await ask(gateway, 'GET', `${api}/wallet`, { token: tokenOf() });
    expect(body).toEqual({
      customerId: line.id,
      postedRials: 3,
      heldRials: 1,
      availableRials: 2,
      alertRials: null,
    });
  });

  it("give a service's refusal its status, its details and a Persian text", async () => {
    gateway.services.on(smsSendsRpc.create, () => {
      throw new DomainError('wallet.insufficientCredit', { neededRials: 10, availableRials: 5 });
    });
    const request = { token: tokenOf(), json: wholeSend };
    const refused = await ask(gateway, 'POST', `${api}/sends`, request);
    expect(refused.status).toBe(402);
    expect(refused.body).toEqual({
      code: 'wallet.insufficientCredit',
      message: 'اعتبار کافی نیست.',
      details: { neededRials: 10, availableRials: 5 },
      requestId: refused.headers.get('x-request-id'),
    });
    expect(refused.headers.get('content-language')).toBe('fa');
    const english = await ask(gateway, 'POST', `${api}/sends`, {
      ...request,
      headers: { 'accept-language': 'en-GB,fa;q=0.5' },
    });
    expect(english.body['message']).toBe('The credit is not enough.');
  });

  it('hide the inner text of what nobody expected, and log it', async () => {
    gateway.services.on(smsLinesRpc.list, () => {
      throw new Error('relation "lines" does not exist');
    });
    const response = await ask(gateway, 'GET', `${api}/lines`, { token: tokenOf() });
    expect([response.status, response.body['code']]).toEqual([500, 'internal']);
    expect(response.text).not.toContain('relation');
    expect(
      gateway.logged.filter((row) => row.includes('relation') && row.includes('"level":"error"')),
    ).toHaveLength(1);
  });

  it('answer 503 with Retry-After while the services are away', async () => {
    gateway.services.down = true;
    try {
      const response = await ask(gateway, 'GET', `${api}/lines`, { token: tokenOf() });
      expect([response.status, response.body['code']]).toEqual([503, 'service.unavailable']);
      expect(response.headers.get('retry-after')).toBe('2');
      const open = await ask(gateway, 'GET', `${api}/tariffs`);
      expect(open.status).toBe(503);
    } finally {
      gateway.services.down = false;
    }
  });

  it('answer the tariffs to everybody', async () => {
    gateway.services.on(billingTariffsRpc.list, () => ({ tariffs: [] }));
    const response = await ask(gateway, 'GET', `${api}/tariffs`);
    expect([response.status, response.body]).toEqual([200, { tariffs: [] }]);
    expect(gateway.services.calls[0]?.as).toBe('nobody');
  });

  it('give any signed-in account to itself', async () => {
    gateway.services.on(identityAccountsRpc.me, () => ({
      id: line.id,
      username: 'u',
      name: 'n',
      roles: ['student' as const],
      usernames: [],
      grants: [],
      nationalCode: null,
      mobile: null,
      email: null,
      reseller: null,
      editable: false,
    }));
    const response = await ask(gateway, 'GET', `${api}/me`, { token: tokenOf({ roles: ['student'] }) });
    expect(response.status).toBe(200);
  });
});
