import { Delete, Get, HttpCode, Post, Put, SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger';
import { errorTable, fieldsOf, httpStatusOf } from '@peyk/contracts';
import type { ErrorCode } from '@peyk/contracts';
import { OwnPageGuard } from '../auth/own-page.guard';
import { endpointKey } from '../http/endpoint';
import type { Endpoint } from '../http/endpoint';
import { ErrorDto } from '../http/error.dto';
import { SchemaCollector } from './json-schema';
import { answersNothing, hasBody, pathFieldsOf } from './route-table';
import type { Route } from './route-table';

/** Schemas that the routes name; the OpenAPI document takes them from here. */
export const apiSchemas = new SchemaCollector('#/components/schemas/');

/** Nest's decorators of the method that answers a route: method, path, status, guards, and the description in OpenAPI. */
export function decoratorsOf(route: Route): MethodDecorator {
  const { contract, ownPage } = route;
  const endpoint: Endpoint = {
    access: contract.access,
    permission: contract.permission,
    input: route.input,
    pathFields: pathFieldsOf(route),
    hasBody: hasBody(route),
    isFile: route.file !== undefined,
    header: route.header,
    limit: route.limit,
  };
  return applyDecorators(
    { GET: Get, POST: Post, PUT: Put, DELETE: Delete }[route.method](route.path),
    HttpCode(statusOf(route)),
    SetMetadata(endpointKey, endpoint),
    ...(ownPage ? [UseGuards(OwnPageGuard)] : []),
    ApiOperation({
      summary: route.summary ?? contract.does,
      operationId: route.operationId ?? operationIdOf(route),
    }),
    ...(contract.permission ? [ApiBearerAuth(), ApiExtension('x-permission', contract.permission)] : []),
    ...(contract.permission?.key ? [ApiSecurity('apiKey')] : []),
    ...describeInput(route),
    describeAnswer(route),
    ...describeErrors(route),
  );
}

function statusOf(route: Route): number {
  return route.status ?? (answersNothing(route) ? 204 : 200);
}

/** `sms.sends.read` -> `smsSendsRead`; a second route of a contract adds its media type. */
function operationIdOf({ contract, answers }: Route): string {
  const id = contract.name.replace(/\.(\w)/g, (_dot, letter: string) => letter.toUpperCase());
  if (typeof answers === 'function') return id;
  return `${id}As${formNames[answers.mediaType] ?? 'File'}`;
}
const formNames: Readonly<Record<string, string>> = {
  'text/csv': 'Csv',
  'text/event-stream': 'Events',
  'application/pdf': 'Pdf',
};

function describeInput(route: Route): MethodDecorator[] {
  const { input, header, file } = route;
  const pathFields = pathFieldsOf(route);
  const described: MethodDecorator[] = [];
  const fields = [...fieldsOf(input)];
  for (const [name, spec] of fields) {
    if (pathFields.includes(name)) {
      described.push(ApiParam({ name, description: spec.description, schema: apiSchemas.fieldSchema(spec) }));
    } else if (!hasBody(route)) {
      const schema = apiSchemas.fieldSchema(spec);
      described.push(ApiQuery({ name, required: !spec.optional, description: spec.description, schema }));
    }
  }
  if (header) {
    const { name, description } = header;
    described.push(ApiHeader({ name, required: false, description }));
  }
  const bodyFields = fields.filter(([name]) => !pathFields.includes(name));
  if (file) {
    const { field, description } = file;
    const schema = {
      type: 'object',
      required: [field],
      properties: { [field]: { type: 'string', format: 'binary', description } },
    };
    described.push(ApiConsumes('multipart/form-data'), ApiBody({ required: true, schema }));
  } else if (hasBody(route) && bodyFields.length > 0) {
    const schema =
      pathFields.length > 0 || header
        ? apiSchemas.refToPart(`${input.name.replace(/Dto$/, '')}BodyDto`, input, {
            without: pathFields,
            optional: header ? [header.field] : [],
          })
        : apiSchemas.refTo(input);
    described.push(ApiBody({ required: true, schema }));
  }
  return described;
}

function describeAnswer(route: Route): MethodDecorator {
  const { answers } = route;
  const status = statusOf(route);
  if (typeof answers !== 'function') {
    const content = { [answers.mediaType]: { schema: { type: 'string' } } };
    return ApiResponse({ status, description: answers.holds, content });
  }
  if (answersNothing(route)) return ApiResponse({ status, description: 'Done' });
  return ApiResponse({ status, description: answers.name, schema: apiSchemas.refTo(answers) });
}

function describeErrors(route: Route): MethodDecorator[] {
  const { input, contract } = route;
  const { access, permission } = contract;
  const readsBody = hasBody(route);
  const codes = new Set<ErrorCode>([
    ...(fieldsOf(input).size > 0 || route.file ? (['input.invalid'] as const) : []),
    ...(readsBody ? (['input.tooLarge', 'input.unsupportedType'] as const) : []),
    ...(access === 'public' ? [] : (['access.tokenMissing', 'access.tokenInvalid'] as const)),
    ...(permission?.key ? (['apiKey.invalid', 'apiKey.addressRefused'] as const) : []),
    ...(permission && permission.roles !== 'everyone' ? (['access.denied'] as const) : []),
    ...(readsBody || route.limit ? (['access.denied'] as const) : []),
    ...contract.errors,
    ...(route.errors ?? []),
    'rate.limited',
    'service.unavailable',
    'internal',
  ]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const status = httpStatusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, ofStatus]) =>
    ApiResponse({
      status,
      description: ofStatus.map((code) => `\`${code}\`: ${errorTable[code].en}`).join(' '),
      schema: apiSchemas.refTo(ErrorDto),
      ...(status === 429 || status === 503
        ? { headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } }
        : {}),
    }),
  );
}
