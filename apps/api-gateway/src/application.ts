import type { Server } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError } from '@peyk/contracts';
import type { Logger } from '@peyk/platform';
import type { FastifyHttpOptions, FastifyServerOptions } from 'fastify';
import type { GatewayConfig } from './config';
import { allRoutes } from './gateway.module';
import { serveDocs } from './openapi/document';
import { servePanel } from './panel/panel';
import { apiPrefix } from './routes/route-table';
import { callbackPath, readCallbackForm } from './payments/callback-form';
import { ForwardedWatch } from './http/forwarded-watch';
import { answerError, maxJsonBytes } from './http/error.filter';
import { bodyPatience, installRequestHooks } from './http/request-hooks';
import type { BodyPatience } from './http/request-hooks';
import { answerUnread } from './http/unread-request';

/** How long a client may take over what it sends, ms. */
export interface Patience extends BodyPatience {
  /** The head of a request, also before its first byte. */
  readonly headMs: number;
  /** A whole request: a 100 MB file over a slow line. Of who is not signed in no file is read. */
  readonly requestMs: number;
  /** A line that says nothing at all. */
  readonly silenceMs: number;
  /** How often the two first are looked at. */
  readonly lookMs: number;
}
export const patience: Patience = {
  ...bodyPatience,
  headMs: 60_000,
  requestMs: 30 * 60_000,
  silenceMs: 120_000,
  lookMs: 10_000,
};
const yearSeconds = 365 * 24 * 3_600;

export function fastifyOptions(
  { trustProxy }: GatewayConfig,
  { headMs, requestMs, silenceMs, lookMs } = patience,
): FastifyServerOptions & Pick<FastifyHttpOptions<Server>, 'http'> {
  return {
    bodyLimit: maxJsonBytes,
    requestTimeout: requestMs,
    connectionTimeout: silenceMs,
    http: { headersTimeout: headMs, requestTimeout: requestMs, connectionsCheckingInterval: lookMs },
    // A HEAD route of a stream would read it all for nobody.
    exposeHeadRoutes: false,
    // What the router itself refuses (an address that is none) comes past all hooks and filters.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: answerUnread,
    trustProxy: trustProxy ? trustProxy.split(',').map((address) => address.trim()) : false,
  };
}

/** All that stands around the controllers; the program, its tests and the OpenAPI command set it up alike. */
export async function configureHttp(
  app: NestFastifyApplication,
  config: GatewayConfig,
  logger: Logger,
  bodies: BodyPatience = patience,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  installRequestHooks(fastify, logger, app.get(ForwardedWatch, { strict: false }), bodies);
  if (config.nodeEnv === 'production' && !config.trustProxy)
    logger.warn('TRUST_PROXY is not set: behind a reverse proxy everybody would be one address');
  await app.register(helmet, {
    // By path, in the request hooks.
    contentSecurityPolicy: false,
    strictTransportSecurity: config.publicHttps ? { maxAge: yearSeconds, includeSubDomains: true } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(multipart);
  // Nest would read forms, and Fastify plain text, as input; a plain HTML form of another site can send both. That is how
  // banks send payers back, to one route that believes nothing of it.
  app.useBodyParser(
    'application/x-www-form-urlencoded',
    { bodyLimit: maxJsonBytes },
    (request, body, done) => {
      if (request.routeOptions.url === `/${apiPrefix}/${callbackPath}`) done(null, readCallbackForm(body));
      else done(new DomainError('input.unsupportedType', { accepted: 'application/json' }));
    },
  );
  fastify.removeContentTypeParser('text/plain');
  app.enableCsrfProtection({ exclude: [{ path: callbackPath, method: RequestMethod.POST }] });
  app.setGlobalPrefix(apiPrefix);
  serveDocs(app, allRoutes());
  await servePanel(fastify, logger);
}
