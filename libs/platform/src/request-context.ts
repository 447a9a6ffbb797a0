import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import {
  context as otelContext,
  createContextKey,
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
  type SpanContext,
} from '@opentelemetry/api';

/** Travels with one piece of work through HTTP, RPC and events. */
export interface RequestContext {
  /** From the first click to the last receipt; in every log line. Letters, digits, `.`, `_`, `-`; 8 to 64. */
  readonly correlationId: string;
  /** W3C Trace Context of this hop: `00-<trace id>-<span id of this hop>-<flags>`. */
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** HTTP or message headers; foreign, so anything may stand in them. Names in lower case. */
export type ContextHeaders = Readonly<Record<string, unknown>>;

export const correlationHeader = 'x-correlation-id';

const storage = new AsyncLocalStorage<RequestContext>();
const correlationPattern = /^[\w.-]{8,64}$/;
// https://www.w3.org/TR/trace-context/#traceparent-header: a later version may append fields after the flags.
const traceparentPattern =
  /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const tracestateLengthMax = 512;

// Random bytes are drawn 4 KB at a time: a draw per message would cost more than the rest of the context.
const pool = { bytes: Buffer.alloc(0), at: 0 };
function randomHex(length: 8 | 16): string {
  if (pool.at + length > pool.bytes.length) {
    pool.bytes = randomBytes(4096);
    pool.at = 0;
  }
  const hex = pool.bytes.toString('hex', pool.at, pool.at + length);
  pool.at += length;
  return hex;
}

function parseTraceparent(value: unknown): { traceId: string; flags: number } | undefined {
  if (typeof value !== 'string' || value.length > 256) return undefined;
  const match = traceparentPattern.exec(value);
  if (!match || (match[1] === '00' && match[5] !== undefined)) return undefined;
  return { traceId: match[2] ?? '', flags: parseInt(match[4] ?? '0', 16) & 1 };
}

function formatTraceparent(traceId: string, spanId: string, flags: number): string {
  return `00-${traceId}-${spanId}-0${flags & 1}`;
}

/**
 * Context of a new hop. It continues, in this order: the span that a registered OpenTelemetry SDK has open, the
 * `traceparent` of the headers, or begins a trace. Headers that are not valid are ignored, never refused.
 * Without a valid `x-correlation-id` the trace id is the correlation id.
 */
export function newContext(headers: ContextHeaders = {}): RequestContext {
  const active = trace.getActiveSpan()?.spanContext();
  let traceId: string;
  let traceparent: string;
  let tracestate: string | undefined;
  if (active && isSpanContextValid(active)) {
    traceId = active.traceId;
    traceparent = formatTraceparent(traceId, active.spanId, active.traceFlags);
    tracestate = active.traceState?.serialize();
  } else {
    const parent = parseTraceparent(headers['traceparent']);
    traceId = parent?.traceId ?? randomHex(16);
    traceparent = formatTraceparent(traceId, randomHex(8), parent?.flags ?? 0);
    const state = headers['tracestate'];
    if (parent && typeof state === 'string' && state.length <= tracestateLengthMax) tracestate = state;
  }
  const given = headers[correlationHeader];
  const correlationId = typeof given === 'string' && correlationPattern.test(given) ? given : traceId;
  return tracestate ? { correlationId, traceparent, tracestate } : { correlationId, traceparent };
}

/** Headers for the next hop, to be given to its `newContext`. */
export function contextHeaders(context: RequestContext): Record<string, string> {
  const headers: Record<string, string> = {
    [correlationHeader]: context.correlationId,
    traceparent: context.traceparent,
  };
  if (context.tracestate) headers['tracestate'] = context.tracestate;
  return headers;
}

/** The trace id (32 hex digits) of a context. */
export function traceIdOf(context: RequestContext): string {
  return context.traceparent.slice(3, 35);
}

/** Context of the work that runs now; undefined outside any. */
export function currentContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * Runs `fn`, and all it starts, in the context. Where an OpenTelemetry SDK is registered in the process, the spans it
 * opens inside belong to the same trace.
 */
export function runInContext<T>(context: RequestContext, fn: () => T): T {
  if (!tracingIsRegistered()) return storage.run(context, fn);
  const span: SpanContext = {
    traceId: traceIdOf(context),
    spanId: context.traceparent.slice(36, 52),
    traceFlags: parseInt(context.traceparent.slice(53), 16),
    isRemote: true,
  };
  return otelContext.with(trace.setSpanContext(otelContext.active(), span), () => storage.run(context, fn));
}

const probe = createContextKey('peyk.probe');
let registered: boolean | undefined;

// An SDK is registered before the program (node --require), so it is looked for once. Only a real context manager
// hands back what was put in; without one the OpenTelemetry half of each message is skipped.
function tracingIsRegistered(): boolean {
  registered ??= otelContext.with(
    ROOT_CONTEXT.setValue(probe, true),
    () => otelContext.active().getValue(probe) === true,
  );
  return registered;
}
