import { Catch, HttpException, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { DomainError, errorTable, httpStatusOf } from '@peyk/contracts';
import type { ErrorDetails, FieldError } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { toPersianDigits } from '@peyk/persian';
import { runInContext } from '@peyk/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { explainFields } from './field-messages';
import type { Language } from './field-messages';
import { InputError } from './input.decorator';
import { contextOf, noteErrorCode, requestIdHeader } from './request-hooks';

/** JSON bodies; files are bounded by the configuration. */
export const maxJsonBytes = 1024 * 1024;
const unavailableRetrySeconds = 2;
const limitedRetrySeconds = 10;

/** The one place where errors become HTTP: `{ code, message, details?, requestId }`, never an inner text. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  catch(thrown: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() !== 'http') return throwError(() => thrown);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const { kind } = answerError(thrown, request, host.switchToHttp().getResponse<FastifyReply>());
    if (kind === 'internal')
      runInContext(contextOf(request), () => this.runtime.logger.error({ err: thrown }, 'request failed'));
    return undefined;
  }
}

/** Answers, unless something was answered already. Gives back what the client got. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): DomainError {
  const error = asDomainError(thrown);
  const requestId = contextOf(request).correlationId;
  noteErrorCode(request, error.code);
  if (reply.sent) return error;
  const language = languageOf(request);
  const wait = retryAfterOf(error);
  if (wait !== undefined) void reply.header('retry-after', wait);
  if (error.kind === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
  const details = detailsOf(error, language);
  void reply
    .status(httpStatusOf(error.code))
    .headers({
      [requestIdHeader]: requestId,
      'content-language': language,
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'Accept-Language',
    })
    .send({
      code: error.code,
      message: messageOf(error, language),
      ...(details ? { details } : {}),
      requestId,
    });
  return error;
}

/** Persian, unless the client asks for English first. */
function languageOf(request: FastifyRequest): Language {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'fa';
}

/** The text of a code for people. */
function messageOf(error: DomainError, language: Language): string {
  const reason: unknown = error.details?.['reason'];
  const entry = errorTable[error.code];
  const text =
    (typeof reason === 'string' ? entry.reasons?.[reason] : undefined)?.[language] ?? entry[language];
  const maxBytes: unknown = error.details?.['maxBytes'];
  if (typeof maxBytes !== 'number') return text;
  const size = maxBytes.toLocaleString('en-US');
  return language === 'en'
    ? `${text} At most ${size} bytes.`
    : `${text} بیشینه ${toPersianDigits(size).replaceAll(',', '٬')} بایت است.`;
}

function detailsOf(error: DomainError, language: Language): ErrorDetails | undefined {
  const { details } = error;
  if (error.code === 'internal') return undefined;
  const fields = details?.['fields'];
  if (error.code !== 'input.invalid' || !Array.isArray(fields)) return details;
  const { dto, value } = error instanceof InputError ? error : { dto: undefined, value: undefined };
  return { ...details, fields: explainFields(fields as FieldError[], language, dto, value) };
}

function retryAfterOf(error: DomainError): number | undefined {
  if (error.kind !== 'limited' && error.kind !== 'unavailable') return undefined;
  const told: unknown = error.details?.['retryAfterSeconds'];
  if (typeof told === 'number' && told > 0) return Math.ceil(told);
  return error.kind === 'limited' ? limitedRetrySeconds : unavailableRetrySeconds;
}

function bodyError(field: string, rule: string, message: string, cause?: unknown): DomainError {
  const error = new InputError([{ field, rule, message }]);
  error.cause = cause;
  return error;
}

/** Fastify's and Nest's own refusals in our codes; what is unknown becomes `internal`. */
function asDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  // Nest wraps Fastify's errors, and keeps them as the cause.
  const inner: unknown = thrown instanceof HttpException && thrown.cause ? thrown.cause : thrown;
  if (inner instanceof DomainError) return inner;
  const { code, statusCode, status } = inner as { code?: unknown; statusCode?: unknown; status?: unknown };
  const number = thrown instanceof HttpException ? thrown.getStatus() : (statusCode ?? status);
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new DomainError('input.tooLarge', { maxBytes: maxJsonBytes }, thrown);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new DomainError('input.unsupportedType', { accepted: 'application/json' }, thrown);
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return bodyError('url', 'url', 'The address is not valid', thrown);
    // The person went away; nobody reads the answer.
    case 'ECONNRESET':
    case 'FST_MP_PREMATURE_CLOSE':
      return bodyError('body', 'whole', 'The request was not sent to its end', thrown);
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return bodyError('body', 'json', 'The body is not valid JSON', thrown);
    default:
  }
  switch (number) {
    case 400:
      return bodyError('body', 'json', 'The body is not valid JSON', thrown);
    case 401:
      return new DomainError('access.tokenInvalid', undefined, thrown);
    case 403:
      return new DomainError('access.denied', undefined, thrown);
    case 404:
      return new DomainError('route.notFound', undefined, thrown);
    case 413:
      return new DomainError('input.tooLarge', undefined, thrown);
    case 415:
      return new DomainError('input.unsupportedType', undefined, thrown);
    case 414:
      return bodyError('url', 'url', 'The address is not valid', thrown);
    default:
      return new DomainError('internal', undefined, thrown);
  }
}
