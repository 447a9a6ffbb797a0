import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type Metric,
  type MetricConfiguration,
} from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** The process's one registry, answered at `/metrics`. */
export const metrics = new Registry();

/** Seconds: from 1 ms of a query to 30 s of a deadline. */
const durationBuckets = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The event loop's lag is looked at so often. At prom-client's 10 ms this alone is half a percent of a core a program. */
const loopSampleMs = 50;

/** Memory, processor, event loop and garbage collection of the process; a second call does nothing. */
export function collectProcessMetrics(): void {
  if (metrics.getSingleMetric('process_cpu_seconds_total')) return;
  collectDefaultMetrics({ register: metrics, eventLoopMonitoringPrecision: loopSampleMs });
}

const labelsByName = new Map<string, string>();

// Two classes may ask for one metric; only with equal kind and labels is it the same.
function once<M extends Metric>(
  type: new (configuration: MetricConfiguration<string>) => M,
  name: string,
  labelNames: readonly string[],
  create: (configuration: { name: string; registers: Registry[]; labelNames: string[] }) => M,
): M {
  const fullName = `peyk_${name}`;
  const labels = [...labelNames].sort().join();
  const existing = metrics.getSingleMetric(fullName);
  if (!existing) {
    labelsByName.set(fullName, labels);
    return create({ name: fullName, registers: [metrics], labelNames: [...labelNames] });
  }
  if (!(existing instanceof type) || labelsByName.get(fullName) !== labels) {
    throw new Error(`metric ${fullName} exists with another kind or other labels`);
  }
  return existing;
}

/** Only grows. Prometheus wants the name to end in `_total`. */
export function counter<L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Counter<L> {
  return once<Counter<string>>(Counter, name, labelNames, (base) => new Counter({ ...base, help }));
}

export function gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
  return once<Gauge<string>>(Gauge, name, labelNames, (base) => new Gauge({ ...base, help }));
}

/** Of seconds, unless `buckets` says otherwise. */
export function histogram<L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[] = [],
  buckets: readonly number[] = durationBuckets,
): Histogram<L> {
  return once<Histogram<string>>(
    Histogram,
    name,
    labelNames,
    (base) => new Histogram({ ...base, help, buckets: [...buckets] }),
  );
}
