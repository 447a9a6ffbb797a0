import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fastifyStatic } from '@fastify/static';
import { DomainError } from '@peyk/contracts';
import type { Logger } from '@peyk/platform';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { answerError } from '../http/error.filter';

/** Where `npm run build` puts the panel: dist/web, beside this program's dist/apps. */
const builtPanel = resolve(__dirname, '../../../../web');
const yearSeconds = 365 * 24 * 3_600;

// antd locks the page behind a window by a style element, hence 'unsafe-inline' for styles; scripts are files of our own only.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * The panel and its files. An address that is nothing of the API's is one of the panel's pages: index.html, which is asked
 * for again each time; files under /assets carry a hash of their content in their names and never change.
 */
export async function servePanel(fastify: FastifyInstance, logger: Logger, root = builtPanel): Promise<void> {
  const built = existsSync(resolve(root, 'index.html'));
  if (built)
    await fastify.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false });
  else logger.warn({ root }, 'the panel is not built: npm run build');
  fastify.get('/*', { exposeHeadRoute: true }, (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (!built || /^\/api(\/|$)/.test(path)) {
      answerError(new DomainError('route.notFound'), request, reply);
      return reply;
    }
    if (/\.\w+$/.test(path)) return sendFile(reply, path, path.startsWith('/assets/'));
    return reply.headers(pageHeaders).sendFile('index.html');
  });
}

const pageHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy': policy,
  vary: 'Accept-Encoding',
};

/** Names that lead out of the folder are refused by @fastify/static. */
function sendFile(reply: FastifyReply, path: string, immutable: boolean): FastifyReply {
  return reply
    .headers({
      ...pageHeaders,
      'cache-control': immutable ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    })
    .sendFile(path.slice(1));
}
