import { histogram, newContext, runInContext } from '@peyk/platform';
import type { Logger, RequestContext } from '@peyk/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ForwardedWatch } from './forwarded-watch';

export const requestIdHeader = 'x-request-id';

export interface BodyPatience {
  /** A body that is no file is there within so long; a file is read only from who is signed in, and may take longer. */
  readonly bodyMs: number;
  /** After an answer to a request that was not read to its end, the rest is swallowed so long; then the line is cut. */
  readonly lingerMs: number;
}
export const bodyPatience: BodyPatience = { bodyMs: 60_000, lingerMs: 5_000 };

const httpSeconds = histogram('http_request_seconds', 'Time to answer a request', [
  'method',
  'route',
  'status',
]);

const contexts = new WeakMap<object, RequestContext>();

/** Context of a request; its correlation id is the request id of the answer. */
export function contextOf(request: FastifyRequest): RequestContext {
  const known = contexts.get(request.raw);
  if (known) return known;
  const { headers } = request;
  const context = newContext({
    'x-correlation-id': headers[requestIdHeader] ?? headers['x-correlation-id'],
    traceparent: headers['traceparent'],
    tracestate: headers['tracestate'],
  });
  contexts.set(request.raw, context);
  return context;
}

const codes = new WeakMap<object, string>();

/** Puts the error code of the answer into the line that is logged for the request. */
export function noteErrorCode(request: FastifyRequest, code: string): void {
  codes.set(request.raw, code);
}

const apiPolicy = "default-src 'none'; frame-ancestors 'none'";
// Swagger UI writes style attributes and elements while it draws; only it gets 'unsafe-inline', and for styles only.
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Cuts a request whose body trickles: no matter who sends it so, nothing else of ours waits for it. */
function boundBody({ raw, headers }: FastifyRequest, timeoutMs: number): void {
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody || /^multipart\//i.test(headers['content-type'] ?? '')) return;
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, timeoutMs);
  timer.unref();
  raw.once('end', () => clearTimeout(timer));
  raw.once('close', () => clearTimeout(timer));
}

export function installRequestHooks(
  fastify: FastifyInstance,
  logger: Logger,
  forwarded: ForwardedWatch,
  { bodyMs, lingerMs }: BodyPatience = bodyPatience,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    boundBody(request, bodyMs);
    const context = contextOf(request);
    forwarded.note(request, logger);
    void reply.headers({
      [requestIdHeader]: context.correlationId,
      'cache-control': 'no-store',
      'content-security-policy': request.url.startsWith('/api/docs') ? docsPolicy : apiPolicy,
    });
    runInContext(context, done);
  });
  // The body arrives in events of the socket, outside of the context.
  fastify.addHook('preValidation', (request, _reply, done) => runInContext(contextOf(request), done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const { statusCode, elapsedTime } = reply;
    httpSeconds.observe({ method, route, status: statusCode }, elapsedTime / 1_000);
    // The address as the route has it: query strings hold people's numbers.
    const line = {
      method,
      route,
      status: statusCode,
      ms: Math.round(elapsedTime),
      code: codes.get(request.raw),
    };
    runInContext(contextOf(request), () => {
      if (statusCode >= 500) logger.warn(line, 'request');
      else logger.info(line, 'request');
    });
    if (!request.raw.complete && !request.raw.destroyed) {
      request.raw.resume();
      setTimeout(() => {
        if (!request.raw.complete) request.raw.destroy();
      }, lingerMs).unref();
    }
    done();
  });
}
