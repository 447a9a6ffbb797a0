import { NestFactory } from '@nestjs/core';
import { HealthModule, HealthRegistry, HealthServer } from './health';

async function ask(port: number, path: string): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.text() };
}

describe(HealthServer.name, () => {
  let server: HealthServer;
  let registry: HealthRegistry;
  let port: number;

  beforeEach(async () => {
    const module = await NestFactory.createApplicationContext(HealthModule, { logger: false });
    registry = module.get(HealthRegistry);
    server = new HealthServer();
    port = await server.listen('127.0.0.1', 0);
  });
  afterEach(() => server.close());

  it('is alive from the first moment, ready only between start and stop', async () => {
    expect((await ask(port, '/health/live')).status).toBe(200);
    expect(await ask(port, '/health/ready')).toEqual({ status: 503, body: '{"status":"starting"}' });
    server.up(registry);
    expect((await ask(port, '/health/ready')).status).toBe(200);
    server.stopping();
    expect(await ask(port, '/health/ready')).toEqual({ status: 503, body: '{"status":"stopping"}' });
    expect((await ask(port, '/health/live')).status).toBe(200);
  });

  it('answers 503 with the names of the failing checks, also of one that throws at once', async () => {
    server.up(registry);
    registry.register('database', () => Promise.resolve());
    registry.register('broker', () => Promise.reject(new Error('refused')));
    registry.register('disk', () => {
      throw new Error('full');
    });
    const { status, body } = await ask(port, '/health/ready');
    expect(status).toBe(503);
    const parsed = JSON.parse(body) as { error: Record<string, { message: string }>; info: object };
    expect(Object.keys(parsed.error).sort()).toEqual(['broker', 'disk']);
    expect(parsed.error['broker']?.message).toBe('refused');
    expect(Object.keys(parsed.info)).toEqual(['database']);
    registry.register('broker', () => undefined);
    registry.register('disk', () => undefined);
    expect((await ask(port, '/health/ready')).status).toBe(200);
  });

  it('does not wait for a check that never ends', async () => {
    server.up(registry);
    registry.register('stuck', () => new Promise(() => undefined));
    const { status, body } = await ask(port, '/health/ready');
    expect(status).toBe(503);
    expect(body).toContain('"stuck"');
  });

  it('shows metrics and knows no other path', async () => {
    expect((await ask(port, '/metrics')).status).toBe(200);
    expect((await ask(port, '/health')).status).toBe(404);
  });

  it('says that a port is taken', async () => {
    await expect(new HealthServer().listen('127.0.0.1', port)).rejects.toThrow('EADDRINUSE');
  });
});
