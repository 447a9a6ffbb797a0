import { Delete, Get, HttpCode, Post, Put, SetMetadata, applyDecorators } from '@nestjs/common';
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
import { EmptyDto, errorTable, fieldsOf, httpStatusOf } from '@peyk/contracts';
import type { DtoClass, ErrorCode, Permission, RpcAccess, RpcContract } from '@peyk/contracts';
import { SchemaCollector } from '../routes/json-schema';
import { ErrorDto } from './error.dto';

export interface EndpointOptions {
  /** Status of success; 200 unless told, 204 without an answer. */
  readonly status?: number;
  /** What comes in over HTTP, where it is less than the contract's input. */
  readonly input?: DtoClass;
  /** What goes out, where it is not the contract's output: a class, or a media type with what it holds. */
  readonly answers?: DtoClass | { readonly mediaType: string; readonly holds: string };
  /** In OpenAPI instead of the contract's `does`. */
  readonly summary?: string;
  /** In OpenAPI instead of the contract's name, for a route that stands for several contracts. */
  readonly operationId?: string;
  /** A field that may come as this header instead of in the body. */
  readonly header?: { readonly name: string; readonly field: string; readonly description: string };
  /** A multipart body: one file in this field. The handler reads it itself; what else it needs stands in the path. */
  readonly file?: { readonly field: string; readonly description: string };
  /** Further codes than the contract's. */
  readonly errors?: readonly ErrorCode[];
  /** Counts against the limit of sign-ins of an address. */
  readonly limit?: 'sessions';
}

/** What the guard and the input reader need to know of a handler. */
export interface Endpoint {
  readonly access: RpcAccess;
  readonly permission?: Permission;
  readonly input: DtoClass;
  /** Fields that stand in the path. */
  readonly pathFields: readonly string[];
  /** The rest stands in the JSON body, else in the query string. */
  readonly hasBody: boolean;
  /** The body is a file. */
  readonly isFile: boolean;
  readonly header?: { readonly name: string; readonly field: string };
  readonly limit?: 'sessions';
}

const endpointKey = 'peyk:endpoint';

/** Undefined for a handler that is no endpoint of the API. */
export function endpointOf(handler: object): Endpoint | undefined {
  return Reflect.getMetadata(endpointKey, handler) as Endpoint | undefined;
}

/** Schemas that the endpoints name; the OpenAPI document takes them from here. */
export const apiSchemas = new SchemaCollector('#/components/schemas/');

/**
 * One HTTP route that stands for one RPC contract: method, path, status, who may come in, what is read (`@Input()`),
 * and its whole description in OpenAPI, all taken from the contract.
 */
export function Endpoint(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  contract: Pick<RpcContract, 'name' | 'input' | 'output' | 'access' | 'permission' | 'does' | 'errors'>,
  options: EndpointOptions = {},
): MethodDecorator {
  const input = options.input ?? contract.input;
  const pathFields = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const endpoint: Endpoint = {
    access: contract.access,
    permission: contract.permission,
    input,
    pathFields,
    hasBody: method === 'POST' || method === 'PUT',
    isFile: options.file !== undefined,
    header: options.header,
    limit: options.limit,
  };
  const status = options.status ?? (options.answers === EmptyDto ? 204 : 200);
  const route = { GET: Get, POST: Post, PUT: Put, DELETE: Delete }[method](path);
  return applyDecorators(
    route,
    HttpCode(status),
    SetMetadata(endpointKey, endpoint),
    ApiOperation({
      summary: options.summary ?? contract.does,
      operationId: options.operationId ?? operationIdOf(contract.name, options),
    }),
    ...(contract.permission ? [ApiBearerAuth(), ApiExtension('x-permission', contract.permission)] : []),
    ...(contract.permission?.key ? [ApiSecurity('apiKey')] : []),
    ...describeInput(endpoint, options),
    describeAnswer(status, contract.output, options),
    ...describeErrors(endpoint, contract.errors, options),
  );
}

/** `sms.sends.read` -> `smsSendsRead`; a second route of a contract adds its media type. */
function operationIdOf(name: string, { answers }: EndpointOptions): string {
  const id = name.replace(/\.(\w)/g, (_dot, letter: string) => letter.toUpperCase());
  if (!answers || typeof answers === 'function') return id;
  return `${id}As${formNames[answers.mediaType] ?? 'File'}`;
}
const formNames: Readonly<Record<string, string>> = {
  'text/csv': 'Csv',
  'text/event-stream': 'Events',
  'application/pdf': 'Pdf',
};

function describeInput(endpoint: Endpoint, options: EndpointOptions): MethodDecorator[] {
  const { input, pathFields, hasBody, header } = endpoint;
  const described: MethodDecorator[] = [];
  const fields = [...fieldsOf(input)];
  for (const [name, spec] of fields) {
    if (pathFields.includes(name)) {
      described.push(ApiParam({ name, description: spec.description, schema: apiSchemas.fieldSchema(spec) }));
    } else if (!hasBody) {
      const schema = apiSchemas.fieldSchema(spec);
      described.push(ApiQuery({ name, required: !spec.optional, description: spec.description, schema }));
    }
  }
  if (options.header) {
    const { name, description } = options.header;
    described.push(ApiHeader({ name, required: false, description }));
  }
  const bodyFields = fields.filter(([name]) => !pathFields.includes(name));
  if (options.file) {
    const { field, description } = options.file;
    const schema = {
      type: 'object',
      required: [field],
      properties: { [field]: { type: 'string', format: 'binary', description } },
    };
    described.push(ApiConsumes('multipart/form-data'), ApiBody({ required: true, schema }));
  } else if (hasBody && bodyFields.length > 0) {
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

function describeAnswer(
  status: number,
  output: DtoClass,
  { answers = output }: EndpointOptions,
): MethodDecorator {
  if (typeof answers !== 'function') {
    const content = { [answers.mediaType]: { schema: { type: 'string' } } };
    return ApiResponse({ status, description: answers.holds, content });
  }
  if (answers === EmptyDto) return ApiResponse({ status, description: 'Done' });
  return ApiResponse({ status, description: answers.name, schema: apiSchemas.refTo(answers) });
}

function describeErrors(
  endpoint: Endpoint,
  ofContract: readonly ErrorCode[],
  options: EndpointOptions,
): MethodDecorator[] {
  const codes = new Set<ErrorCode>([
    ...(fieldsOf(endpoint.input).size > 0 || options.file ? (['input.invalid'] as const) : []),
    ...(endpoint.hasBody ? (['input.tooLarge', 'input.unsupportedType'] as const) : []),
    ...(endpoint.access === 'public' ? [] : (['access.tokenMissing', 'access.tokenInvalid'] as const)),
    ...(endpoint.permission?.key ? (['apiKey.invalid', 'apiKey.addressRefused'] as const) : []),
    ...(endpoint.permission && endpoint.permission.roles !== 'everyone' ? (['access.denied'] as const) : []),
    ...(endpoint.hasBody || endpoint.limit ? (['access.denied'] as const) : []),
    ...ofContract,
    ...(options.errors ?? []),
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
