import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Global, HttpException, Injectable, Module } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus';
import { metrics } from './metrics';

/** Throws, or rejects, when what it checks cannot be used now. */
export type HealthCheck = () => Promise<void> | void;

/** What `/health/ready` answers: `status` is `ok`, `error`, `starting` or `stopping`. */
export interface Readiness {
  readonly ready: boolean;
  readonly body: { readonly status: string } & Readonly<Record<string, unknown>>;
}

/** Longest that one check may take (ms); one that takes longer has failed. */
export const healthCheckTimeoutMs = 2_000;

/** The things without which this program cannot do its work; each module registers its own. */
@Injectable()
export class HealthRegistry {
  private readonly checks = new Map<string, HealthCheck>();

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  /** The latest check of a name counts. */
  register(name: string, check: HealthCheck): void {
    this.checks.set(name, check);
  }

  /** Runs all checks at once, each within 2 s. `body.error` names the failing ones. */
  async readiness(): Promise<Readiness> {
    const attempts = [...this.checks].map(
      ([name, check]) =>
        () =>
          this.indicators.check(name).attempt(check).withTimeout(healthCheckTimeoutMs),
    );
    try {
      return { ready: true, body: { ...(await this.health.check(attempts)) } };
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      return { ready: false, body: error.getResponse() as Readiness['body'] };
    }
  }
}

/** Global: any module may inject `HealthRegistry` and register its check. */
@Global()
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  providers: [HealthRegistry],
  exports: [HealthRegistry],
})
export class HealthModule {}

/**
 * `/health/live`, `/health/ready` and `/metrics` on a port of their own, so that neither an app's guards nor the public
 * see them, and so that they answer from the first moment of the start to the last of the stop.
 */
export class HealthServer {
  private server?: Server;
  private status: 'starting' | 'up' | 'stopping' = 'starting';
  private registry?: HealthRegistry;

  /** Begins to answer. Port 0 takes a free one. @returns the port @throws EADDRINUSE and the like */
  async listen(host: string, port: number): Promise<number> {
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    server.headersTimeout = 5_000;
    server.requestTimeout = 5_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return (server.address() as AddressInfo).port;
  }

  up(registry: HealthRegistry): void {
    this.registry = registry;
    this.status = 'up';
  }

  stopping(): void {
    this.status = 'stopping';
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      switch (request.url?.split('?', 1)[0]) {
        case '/health/live':
          return sendJson(response, 200, { status: 'ok' });
        case '/health/ready': {
          const { ready, body } = await this.readiness();
          return sendJson(response, ready ? 200 : 503, body);
        }
        case '/metrics':
          response.setHeader('content-type', metrics.contentType);
          response.end(await metrics.metrics());
          return;
        default:
          return sendJson(response, 404, { status: 'unknown path' });
      }
    } catch {
      sendJson(response, 500, { status: 'error' });
    }
  }

  private async readiness(): Promise<Readiness> {
    if (this.status !== 'up' || !this.registry) return { ready: false, body: { status: this.status } };
    const readiness = await this.registry.readiness();
    // The stop may have begun during the checks.
    return this.isStopping() ? { ready: false, body: { status: 'stopping' } } : readiness;
  }

  private isStopping(): boolean {
    return this.status === 'stopping';
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
