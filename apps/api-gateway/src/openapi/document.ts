import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { apiSchemas } from '../routes/route-decorators';
import { apiPrefix } from '../routes/route-table';
import type { Route } from '../routes/route-table';
import { findRequests } from './find-requests';
import { renderWorkedExamples } from './worked-examples';

/** OpenAPI 3.1 of all endpoints; the schemas are those of the contracts (JSON Schema 2020-12). */
export function buildDocument(app: INestApplication, routes: readonly Route[]): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Peyk')
    .setDescription(
      'Money is integer Rial, time is ISO 8601 with a zone (answers in UTC). An error is `{ code, message, details?, requestId }`; ' +
        'its message is Persian unless `Accept-Language` begins with `en`. Lists are read page by page with `cursor`. ' +
        'Sign in with `POST /api/v1/sessions` and send the access token as `Authorization: Bearer`. Programs of ' +
        'customers send an API key (`POST /api/v1/api-keys`) in its place or as `X-Api-Key`, where `x-permission` names the ' +
        'scope (`key`) that it must have.\n\n' +
        renderWorkedExamples(),
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, 'apiKey')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  return {
    ...document,
    paths: inOrder(document.paths, routes),
    components: {
      ...document.components,
      schemas: apiSchemas.all(),
    },
  };
}

/** Controllers made the paths in their order; people read them in that of the tables. */
function inOrder(paths: OpenAPIObject['paths'], routes: readonly Route[]): OpenAPIObject['paths'] {
  const ordered: OpenAPIObject['paths'] = {};
  for (const { method, path } of routes) {
    const address = `/${apiPrefix}/${path.replace(/:(\w+)/g, '{$1}')}`;
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
    ordered[address] = { ...ordered[address], [verb]: paths[address]?.[verb] };
  }
  return ordered;
}

/** Of Swagger UI those that it makes anew, for each who asks, out of the whole document: a tenth of a second of work. */
const madeAnew: readonly string[] = [
  '/api/docs',
  '/api/docs/',
  '/api/docs/openapi.json',
  '/api/docs/swagger-ui-init.js',
];

/** Swagger UI at /api/docs and the document at /api/docs/openapi.json, built when somebody first asks, and kept. */
export function serveDocs(app: NestFastifyApplication, routes: readonly Route[]): void {
  const kept = new Map<string, { readonly type: unknown; readonly text: string }>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const known = request.method === 'GET' ? kept.get(request.url) : undefined;
    if (known) void reply.header('content-type', known.type).send(known.text);
    else done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isKept = request.method === 'GET' && reply.statusCode === 200 && madeAnew.includes(request.url);
    if (isKept && typeof payload === 'string')
      kept.set(request.url, { type: reply.getHeader('content-type'), text: payload });
    done();
  });
  SwaggerModule.setup('api/docs', app, () => buildDocument(app, routes), {
    raw: ['json'],
    jsonDocumentUrl: 'api/docs/openapi.json',
    customSiteTitle: 'Peyk API',
    // 180 requests: closed groups that can be searched.
    swaggerOptions: { filter: true, docExpansion: 'none', plugins: [findRequests] },
  });
}
