import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '@peyk/platform';
import fastify from 'fastify';
import { ForwardedWatch } from './forwarded-watch';
import { installRequestHooks } from './request-hooks';

const bodyMs = 300;
/** Longer than a test may take. */
const hoursMs = 5 * 3_600_000;

/** Sends a byte every 50 ms and never ends. @returns how long the server bore it (ms), at most `patienceMs` */
async function trickle(port: number, contentType: string, patienceMs: number): Promise<number> {
  const startedAt = performance.now();
  const headers = { 'content-type': contentType, 'content-length': '1000' };
  const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/', headers });
  const drop = setInterval(() => sent.write(' '), 50);
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, patienceMs);
    sent.on('error', () => undefined);
    sent.once('close', () => {
      clearTimeout(patience);
      resolve();
    });
  });
  clearInterval(drop);
  sent.destroy();
  return performance.now() - startedAt;
}

describe('a body that trickles', () => {
  const server = fastify();
  let port = 0;
  beforeAll(async () => {
    installRequestHooks(server, createLogger('spec', { level: 'fatal' }), new ForwardedWatch(), {
      bodyMs,
      lingerMs: 5_000,
    });
    server.addContentTypeParser('multipart/form-data', (_request, payload, done) => {
      payload.resume().once('end', () => done(null));
    });
    server.post('/', async () => 'read');
    await server.listen({ host: '127.0.0.1', port: 0 });
    port = (server.server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  it('is cut after its time when it is JSON', async () => {
    expect(await trickle(port, 'application/json', hoursMs)).toBeGreaterThanOrEqual(bodyMs - 5);
  });

  it('is borne when it is a file', async () => {
    expect(await trickle(port, 'multipart/form-data; boundary=x', 1_200)).toBeGreaterThanOrEqual(1_195);
  });

  it('is nothing to who sends it at once', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([response.status, await response.text()]).toEqual([200, 'read']);
  });
});
