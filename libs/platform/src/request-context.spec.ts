import { AsyncLocalStorage } from 'node:async_hooks';
import { context, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { contextHeaders, currentContext, newContext, runInContext, traceIdOf } from './request-context';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = `00-${traceId}-00f067aa0ba902b7-01`;

describe('newContext', () => {
  it('continues a trace with a span of its own', () => {
    const hop = newContext({ traceparent: parent, tracestate: 'a=1', 'x-correlation-id': 'click-12345' });
    expect(hop.correlationId).toBe('click-12345');
    expect(hop.tracestate).toBe('a=1');
    expect(hop.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(hop.traceparent).not.toBe(parent);
    const next = newContext(contextHeaders(hop));
    expect(traceIdOf(next)).toBe(traceId);
    expect(next.correlationId).toBe('click-12345');
    expect(next.traceparent).not.toBe(hop.traceparent);
  });

  it.each([
    ['other version, more fields', `01-${traceId}-00f067aa0ba902b7-03-new`, traceId],
    ['unknown flags are dropped', `00-${traceId}-00f067aa0ba902b7-ff`, traceId],
    ['version ff', `ff-${traceId}-00f067aa0ba902b7-01`, undefined],
    ['zero trace id', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
    ['zero span id', `00-${traceId}-${'0'.repeat(16)}-01`, undefined],
    ['upper case', `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
    ['version 00 with more fields', `${parent}-more`, undefined],
    ['not a text', 12, undefined],
    ['a megabyte', `01-${traceId}-00f067aa0ba902b7-01-${'x'.repeat(1e6)}`, undefined],
  ])('%s', (_name, traceparent, expected) => {
    const hop = newContext({ traceparent, tracestate: 'a=1' });
    expect(hop.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    if (expected) expect(traceIdOf(hop)).toBe(expected);
    else expect(traceIdOf(hop)).not.toBe(traceId);
    expect(hop.tracestate).toBe(expected ? 'a=1' : undefined);
  });

  it.each([undefined, '', 'short', 'x'.repeat(65), 'line\nbreak-in-log', ['a', 'b']])(
    'does not take %p as correlation id',
    (given) => {
      const hop = newContext({ 'x-correlation-id': given });
      expect(hop.correlationId).toBe(traceIdOf(hop));
    },
  );

  it('makes distinct ids', () => {
    const ids = new Set(Array.from({ length: 5_000 }, () => newContext().traceparent));
    expect(ids.size).toBe(5_000);
  });
});

describe('runInContext', () => {
  it('holds over awaits, beside others, and ends with the work', async () => {
    const seen = await Promise.all(
      ['first-one', 'second-one'].map((correlationId) =>
        runInContext({ ...newContext(), correlationId }, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return currentContext()?.correlationId;
        }),
      ),
    );
    expect(seen).toEqual(['first-one', 'second-one']);
    expect(currentContext()).toBeUndefined();
  });

  it('hands its trace to an OpenTelemetry SDK of the process, and takes over a span that is open there', () => {
    // What an SDK registers: a context manager over AsyncLocalStorage.
    const active = new AsyncLocalStorage<Context>();
    context.setGlobalContextManager({
      active: () => active.getStore() ?? ROOT_CONTEXT,
      with: (ctx, fn, self, ...args) =>
        active.run(ctx, () => fn.apply(self as ThisParameterType<typeof fn>, args)),
      bind: (_ctx, target) => target,
      enable: () => context as never,
      disable: () => context as never,
    });
    try {
      jest.isolateModules(() => {
        // eslint-disable-next-line @typescript-eslint/no-require-imports -- the module looks for an SDK once
        const fresh = require('./request-context') as typeof import('./request-context');
        const hop = fresh.newContext({ traceparent: parent });
        fresh.runInContext(hop, () => {
          expect(trace.getActiveSpan()?.spanContext()).toMatchObject({ traceId, traceFlags: 1 });
          expect(fresh.newContext().traceparent).toBe(hop.traceparent);
        });
      });
    } finally {
      context.disable();
    }
  });
});
