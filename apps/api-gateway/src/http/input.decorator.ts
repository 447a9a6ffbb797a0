import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { DomainError, parseDto } from '@peyk/contracts';
import type { DtoClass, FieldError } from '@peyk/contracts';
import type { FastifyRequest } from 'fastify';
import { endpointOf } from './endpoint';
import type { Endpoint } from './endpoint';

/** A refused input with what is needed to say it in the reader's language. */
export class InputError extends DomainError {
  constructor(
    readonly fields: readonly FieldError[],
    readonly dto?: DtoClass,
    readonly value?: unknown,
  ) {
    super('input.invalid', { fields });
  }
}

/**
 * The checked input of the route: path, query string and JSON body together make one instance of its DTO class.
 * Throws InputError naming the fields; a field that nobody knows is refused.
 */
export const Input = createParamDecorator((_data: unknown, context: ExecutionContext): object => {
  const endpoint = endpointOf(context.getHandler());
  if (!endpoint) throw new Error('@Input() needs a route of a table');
  return readInput(endpoint, context.switchToHttp().getRequest<FastifyRequest>());
});

function readInput(endpoint: Endpoint, request: FastifyRequest): object {
  if (request.isMultipart() && !endpoint.isFile)
    throw new DomainError('input.unsupportedType', { accepted: 'application/json' });
  const query = request.query as Record<string, unknown>;
  const params = request.params as Record<string, unknown>;
  const strayQuery = Object.keys(query).filter(
    (name) => endpoint.hasBody || endpoint.pathFields.includes(name),
  );
  if (strayQuery.length > 0) {
    throw new InputError(
      strayQuery.slice(0, 20).map((name) => {
        const field = name.slice(0, 100);
        return { field, rule: 'unknown', message: `${field} is not a known query parameter` };
      }),
    );
  }
  if (endpoint.isFile) return parse(endpoint.input, params, true);
  const given: unknown = endpoint.hasBody ? (request.body ?? {}) : query;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return parse(endpoint.input, given, false);
  const strayBody = endpoint.hasBody
    ? endpoint.pathFields.find((name) => Object.hasOwn(given, name))
    : undefined;
  if (strayBody)
    throw new InputError([
      { field: strayBody, rule: 'unknown', message: `${strayBody} stands in the path, not in the body` },
    ]);
  const value = withHeader(endpoint, request, { ...given, ...params });
  return parse(endpoint.input, value, !endpoint.hasBody);
}

function withHeader(
  { header }: Endpoint,
  request: FastifyRequest,
  value: Record<string, unknown>,
): Record<string, unknown> {
  const fromHeader = header ? request.headers[header.name.toLowerCase()] : undefined;
  if (!header || typeof fromHeader !== 'string') return value;
  const { field, name } = header;
  if (value[field] !== undefined && value[field] !== fromHeader)
    throw new InputError([{ field, rule: 'differs', message: `${field} and the header ${name} differ` }]);
  return { ...value, [field]: fromHeader };
}

function parse(dto: DtoClass, value: unknown, coerce: boolean): object {
  try {
    return parseDto(dto, value, { unknownFields: 'refuse', coerce });
  } catch (error) {
    const fields: unknown = error instanceof DomainError ? error.details?.['fields'] : undefined;
    if (!Array.isArray(fields)) throw error;
    throw new InputError(fields as FieldError[], dto, value);
  }
}
