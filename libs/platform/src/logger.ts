import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevelName } from './config';
import { currentContext, traceIdOf } from './request-context';

export type { Logger } from 'pino';

const hidden = '[hidden]';
const depthMax = 8;

// Compared without case, `_` and `-`. A key that ends with one of the endings is secret too (`botToken`, `apiSecret`).
const secretKeys = new Set(['authorization', 'cookie', 'setcookie', 'nationalcode', 'apikey', 'otp', 'pin']);
const secretEndings = /(password|passwordhash|passphrase|token|secret)$/;
const oneTimeCode = /^\p{Nd}{3,10}$/u;

function isSecret(key: string, value: unknown): boolean {
  const name = key.toLowerCase().replaceAll(/[_-]/g, '');
  if (secretKeys.has(name) || secretEndings.test(name)) return value !== undefined && value !== null;
  // `code` is also the name of an error's code, which must stay readable: only digits are a one-time code.
  return name === 'code' && oneTimeCode.test(String(value));
}

/**
 * A copy of a logged value without secrets, at any depth down to 8. Errors become `{ type, message, stack, code,
 * details, constraint, cause }`: a database error's query parameters are people's data and stay out.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date || ArrayBuffer.isView(value))
    return ArrayBuffer.isView(value) ? '[bytes]' : value;
  if (depth >= depthMax) return '[deep]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (hasToJson(value)) return redact(value.toJSON(), depth + 1);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    copy[key] = isSecret(key, item) ? hidden : redact(item, depth + 1);
  }
  return copy;
}

function hasToJson(value: object): value is { toJSON: () => unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, details, constraint, errors } = error as Error & Record<string, unknown>;
  const nested = (inner: unknown): unknown => (depth >= 3 ? '[deep]' : redact(inner, depth + 1));
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(details === undefined ? {} : { details: nested(details) }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(Array.isArray(errors) ? { errors: errors.slice(0, 10).map(nested) } : {}),
    ...(error.cause === undefined ? {} : { cause: nested(error.cause) }),
  };
}

// Connection URLs with a password turn up in the messages of drivers' errors.
const urlPassword = /(\w:\/\/[^\s:@/"]*):[^\s@/"]+@/g;

/** `989121234567` -> `98912***4567`; what is too short to be a number is hidden whole. */
export function maskMsisdn(msisdn: string): string {
  return msisdn.length < 10 ? '***' : `${msisdn.slice(0, -7)}***${msisdn.slice(-4)}`;
}

/**
 * JSON lines on standard output: time (UTC, ISO 8601), level, service, correlationId and traceId of the current
 * context, msg. Secrets are hidden by key at any depth, passwords inside URLs anywhere in the
 * line. Bindings of a child logger are not looked through: no secret belongs there.
 */
export function createLogger(
  service: string,
  options: { level?: LogLevelName; destination?: DestinationStream } = {},
): Logger {
  return pino(
    {
      base: { service },
      level: options.level ?? 'info',
      timestamp: stdTimeFunctions.isoTime,
      mixin: contextFields,
      // `redact` has described the errors already; pino's own serializer would drop half of that.
      serializers: { err: (described: unknown) => described },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
      },
      hooks: {
        streamWrite: (line) => (line.includes('://') ? line.replaceAll(urlPassword, '$1:***@') : line),
      },
    },
    // Synchronous, so that the last line before an exit is not lost.
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}

function contextFields(): object {
  const context = currentContext();
  return context ? { correlationId: context.correlationId, traceId: traceIdOf(context) } : {};
}

// Nest tells of every module and route at `log`; that is debugging.
const chatter = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/**
 * Carries Nest's own lines and `new Logger(Name)` of our classes to pino. Forms: `log('text')`,
 * `log({ msg, ...fields })`, `error('text', error)`, `error('text', stack)`, `error(error)`.
 */
export class PeykNestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(chatter.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: LogLevelName, message: unknown, rest: readonly unknown[]): void {
    if (!this.logger.isLevelEnabled(level)) return;
    // Nest puts the class name last.
    const fields: Record<string, unknown> = {};
    const context = rest.at(-1);
    const extra = typeof context === 'string' ? rest.slice(0, -1) : rest;
    if (typeof context === 'string') fields['context'] = context;
    for (const item of extra) {
      if (item instanceof Error) fields['err'] = item;
      else if (typeof item === 'string') fields['stack'] = item;
      else if (typeof item === 'object' && item !== null) Object.assign(fields, item);
    }
    if (message instanceof Error) this.logger[level]({ ...fields, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.logger[level]({ ...message, ...fields });
    else this.logger[level](fields, String(message));
  }
}
