import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createLogger } from '@peyk/platform';
import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { servePanel } from './panel';

const quiet = createLogger('panel', { level: 'fatal' });

describe(servePanel.name, () => {
  const root = mkdtempSync(join(tmpdir(), 'peyk-panel-'));
  let server: FastifyInstance;
  beforeAll(async () => {
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>پیک</title>');
    writeFileSync(join(root, 'theme.js'), 'void 0');
    writeFileSync(join(root, 'assets/index-a1b2.js'), 'console.log(1)');
    writeFileSync(join(root, 'assets/index-a1b2.js.gz'), gzipSync('console.log(1)'));
    server = Fastify();
    await servePanel(server, quiet, root);
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });
  const get = (url: string, headers = {}) => server.inject({ url, headers });

  it.each(['/', '/home', '/sends/0198f000-0000-7000-8000-00000000000a?tab=chart'])(
    'answers %s with the page, asked for anew each time',
    async (url) => {
      const { statusCode, headers, body } = await get(url);
      expect(statusCode).toBe(200);
      expect(body).toContain('<title>پیک</title>');
      expect(headers['content-type']).toContain('text/html');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
      expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    },
  );

  it('keeps files that are named by their content for a year, compressed', async () => {
    const { statusCode, headers } = await get('/assets/index-a1b2.js', { 'accept-encoding': 'gzip' });
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-encoding']).toBe('gzip');
    expect((await get('/theme.js')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/api',
    '/api/v1/nothing',
    '/api/v1/nothing.js',
    '/assets/gone-ffff.js',
    '/.env',
    '/..%2f..%2fpackage.json',
  ])('has no page at %s', async (url) => {
    const { statusCode, body } = await get(url);
    expect([403, 404]).toContain(statusCode);
    expect(body).not.toContain('<title>');
  });

  it('says that the panel is not built, and still answers for the API', async () => {
    const bare = Fastify();
    await servePanel(bare, quiet, join(root, 'nowhere'));
    expect((await bare.inject('/home')).statusCode).toBe(404);
    await bare.close();
  });
});
