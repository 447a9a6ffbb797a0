import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { billingTariffsRpc } from '@peyk/contracts/billing';
import { smsLinesRpc } from '@peyk/contracts/sms';
import { line } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const api = '/api/v1';

describe('the HTTP edge', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    gateway.services.on(smsLinesRpc.list, () => ({ lines: [line] }));
    gateway.services.on(billingTariffsRpc.list, () => ({ tariffs: [] }));
  });
  afterAll(() => gateway.close());

  it('refuses what is not JSON, naming the body', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{', '', '{"a":1}x', '{"__proto__":{"a":1}}']) {
      const response = await ask(gateway, 'POST', `${api}/sends`, { token: tokenOf(), headers, body });
      expect([body, response.status, response.body['code']]).toEqual([body, 400, 'input.invalid']);
      expect(fieldsOfError(response)).toMatchObject([{ field: 'body', rule: 'json' }]);
    }
  });

  it('refuses every other content type', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/xml']) {
      const response = await ask(gateway, 'POST', `${api}/sends`, {
        token: tokenOf(),
        headers: { 'content-type': type },
        body: 'text=a',
      });
      expect([type, response.body['code']]).toEqual([type, 'input.unsupportedType']);
      expect(response.status).toBe(400);
    }
    const form = new FormData();
    form.set('text', 'a');
    const response = await fetch(`${gateway.url}${api}/sends`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${tokenOf()}` },
    });
    expect(await response.json()).toMatchObject({ code: 'input.unsupportedType' });
  });

  it('answers unknown addresses and addresses that are none in the one error shape', async () => {
    for (const [path, status, code] of [
      ['/nothing', 404, 'route.notFound'],
      [`${api}/nothing`, 404, 'route.notFound'],
      [`${api}/sends/%zz`, 400, 'input.invalid'],
      // Longer than any part of an address of the API.
      [`${api}/sends/${'x'.repeat(200)}`, 404, 'route.notFound'],
    ] as const) {
      const response = await ask(gateway, 'GET', path, { token: tokenOf() });
      expect([path.slice(0, 40), response.status, response.body['code']]).toEqual([
        path.slice(0, 40),
        status,
        code,
      ]);
      expect(response.body['requestId']).toBe(response.headers.get('x-request-id'));
      expect(response.text).not.toContain('nothing');
    }
    expect((await ask(gateway, 'HEAD', `${api}/lines`, { token: tokenOf() })).status).toBe(404);
  });

  it('sends security headers and allows no other site', async () => {
    const response = await ask(gateway, 'GET', `${api}/lines`, {
      token: tokenOf(),
      headers: { origin: 'https://evil.example' },
    });
    const { headers } = response;
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await ask(gateway, 'OPTIONS', `${api}/sends`, {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    expect(preflight.status).toBe(404);
  });

  it('refuses a change that another site asks for, even with a token', async () => {
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const response = await ask(gateway, 'POST', `${api}/sends`, { token: tokenOf(), json: {}, headers });
      expect([response.status, response.body['code']]).toEqual([403, 'access.denied']);
    }
  });

  it('allows Swagger UI its styles on its own path only', async () => {
    const docs = await fetch(`${gateway.url}/api/docs`);
    expect(docs.status).toBe(200);
    const policy = docs.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("script-src 'self';");
    const html = await docs.text();
    expect(html).not.toMatch(/<script>(?!\s*<\/script>)/);
    const script = await fetch(`${gateway.url}/api/docs/swagger-ui-bundle.js`, { method: 'GET' });
    expect(script.status).toBe(200);
    // A body that is left half read keeps the server from closing.
    await script.arrayBuffer();
  });

  it('logs one line a request, without its query string', async () => {
    gateway.logged.length = 0;
    await ask(gateway, 'GET', `${api}/inbox?from=09121234567`, { token: tokenOf() });
    const lines = gateway.logged.filter((text) => text.includes('"msg":"request"'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"route":"/api/v1/inbox"');
    expect(gateway.logged.join()).not.toContain('0912');
  });

  it('believes X-Forwarded-For of a named proxy only', async () => {
    const limited = await startGateway({ RATE_ADDRESS_PER_MINUTE: '1' });
    const trusting = await startGateway({ RATE_ADDRESS_PER_MINUTE: '1', TRUST_PROXY: '127.0.0.1' });
    try {
      const statuses = async (to: RunningGateway): Promise<number[]> => {
        const found: number[] = [];
        for (const from of ['203.0.113.1', '203.0.113.2', '203.0.113.2'])
          found.push(
            (await ask(to, 'GET', `${api}/tariffs`, { headers: { 'x-forwarded-for': from } })).status,
          );
        return found;
      };
      for (const { services } of [limited, trusting])
        services.on(billingTariffsRpc.list, () => ({ tariffs: [] }));
      expect(await statuses(limited)).toEqual([200, 429, 429]);
      expect(await statuses(trusting)).toEqual([200, 200, 429]);
    } finally {
      await limited.close();
      await trusting.close();
    }
  });

  it('6.4 behind a proxy that nobody named everybody was one address, and nobody heard of it', async () => {
    const unnamed = await startGateway();
    const named = await startGateway({ TRUST_PROXY: '127.0.0.1' });
    try {
      const admin = tokenOf({ roles: ['admin'] });
      const headers = { 'x-forwarded-for': '203.0.113.7' };
      for (const gateway of [unnamed, named]) {
        gateway.services.on(billingTariffsRpc.list, () => ({ tariffs: [] }));
        for (let i = 0; i < 3; i += 1) await ask(gateway, 'GET', `${api}/tariffs`, { headers });
      }
      const seen = await ask(unnamed, 'GET', `${api}/platform-warnings`, { token: admin });
      expect(seen.body).toMatchObject({
        warnings: [{ code: 'proxyNotTrusted', address: '127.0.0.1', requests: 3 }],
      });
      // Told once a minute, not by each request.
      const told = (gateway: RunningGateway): string[] =>
        gateway.logged.filter((line) => line.includes('TRUST_PROXY does not name'));
      expect([told(unnamed).length, told(named).length]).toEqual([1, 0]);
      expect((await ask(named, 'GET', `${api}/platform-warnings`, { token: admin })).body).toEqual({
        warnings: [],
      });
      expect((await ask(unnamed, 'GET', `${api}/platform-warnings`, { token: tokenOf() })).status).toBe(403);
    } finally {
      await unnamed.close();
      await named.close();
    }
  });

  it('limits an account with Retry-After, and those who guess tokens by address', async () => {
    const limited = await startGateway({ RATE_ACCOUNT_PER_MINUTE: '2', RATE_ADDRESS_PER_MINUTE: '2' });
    try {
      limited.services.on(smsLinesRpc.list, () => ({ lines: [] }));
      const of = async (token: string) => ask(limited, 'GET', `${api}/lines`, { token });
      const token = tokenOf();
      expect([(await of(token)).status, (await of(token)).status]).toEqual([200, 200]);
      const third = await of(token);
      expect([third.status, third.body['code']]).toEqual([429, 'rate.limited']);
      expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
      // Another account is not touched by it.
      expect((await of(tokenOf({ account: line.id }))).status).toBe(200);
      const guesses = [await of('a.b.c'), await of('a.b.c'), await of('a.b.c')];
      expect(guesses.map(({ status }) => status)).toEqual([401, 401, 429]);
    } finally {
      await limited.close();
    }
  });

  it('answers a too large body before it was read to its end', async () => {
    const { port } = new URL(gateway.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({
        port,
        host: '127.0.0.1',
        path: `${api}/sends`,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 50_000_000 },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        resolve(response.statusCode);
        response.resume();
        request.destroy();
      });
      request.write('{"text":"');
    });
    expect(status).toBe(413);
  });

  it('answers headers that are too large, and what is no HTTP, in the one error shape', async () => {
    const huge = await ask(gateway, 'GET', `${api}/lines`, { headers: { 'x-long': 'x'.repeat(20_000) } });
    expect([huge.status, huge.body['code'], huge.body['details']]).toEqual([
      431,
      'input.tooLarge',
      { maxBytes: 16_384 },
    ]);
    expect(huge.body['requestId']).toBe(huge.headers.get('x-request-id'));
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => {
        socket.write('\u0016\u0003\u0001 this is no HTTP\r\n\r\n');
      });
      socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      socket.on('end', () => resolve(text)).on('error', reject);
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 400 Bad Request/);
    expect(JSON.parse(body)).toMatchObject({
      code: 'input.invalid',
      details: { fields: [{ field: 'request' }] },
    });
  });
});
