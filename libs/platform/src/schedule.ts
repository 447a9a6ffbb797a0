import { Injectable, Logger, Module } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, ModuleRef } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { CronJob } from 'cron';
import { counter } from './metrics';

/**
 * What a program does by the clock: in a period, or at a time of day. Declared with {@link Scheduled} on a method of a
 * provider; `npm run gen` lists every duty of every program in docs/schedule.md.
 */
export type Duty = {
  /** Unique in its program. Log lines and the metric name it. */
  readonly name: string;
  /** One sentence for docs/schedule.md. */
  readonly does: string;
  /**
   * `every replica`: each one runs it, and what it does has to bear that (rows are claimed, or a second try finds nothing).
   * `one replica`: only the one that the program's {@link REPLICA_GUARD} lets run.
   */
  readonly runsIn: 'every replica' | 'one replica';
  /** Between two pieces of one run, ms; default 0. */
  readonly pauseMs?: number;
} & (
  | { readonly everyMs: number }
  /** Time of day in Asia/Tehran, as cron writes it: `30 3 * * *`. */
  | { readonly cron: string }
);

/**
 * One bounded piece of the duty. `true`, or a count above 0, says that there may be more: the next piece follows at once.
 */
export type DutyMethod = () => Promise<boolean | number | void>;

/** Injection token of the {@link ReplicaGuard} of a program that has duties for one replica. */
export const REPLICA_GUARD = Symbol('replica guard');

export interface ReplicaGuard {
  /** Runs `work` if it is this replica's turn. @returns undefined: it is not, and nothing was done */
  runInOneReplica<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** Longest until a duty that failed is tried again, and until a replica looks again whether a duty is its own. */
const retryMs = 60_000;
const timeZone = 'Asia/Tehran';
const dutyKey = Symbol('scheduled duty');
const declared: Duty[] = [];

const failures = counter('scheduled_duty_failures_total', 'Runs of a scheduled duty that failed', ['duty']);

/** The duties of all classes that are loaded, in the order in which they were declared: for docs/schedule.md. */
export function declaredDuties(): readonly Duty[] {
  return declared;
}

/** Runs the method by the clock, as long as the program lives. */
export function Scheduled(duty: Duty) {
  return <M extends DutyMethod>(
    _class: object,
    _name: string | symbol,
    method: TypedPropertyDescriptor<M>,
  ): void => {
    declared.push(duty);
    if (method.value) Reflect.defineMetadata(dutyKey, duty, method.value);
  };
}

/**
 * Runs the scheduled duties of a program. A duty never overlaps itself. One that fails is logged, tried again after a pause
 * that doubles up to a minute, and takes nothing from the others. A time of day that was the turn of another replica is over
 * when this one takes over. The first run of a period comes after the period, at the latest a minute
 * after the start. At a stop each duty ends after the piece that it is at, and is waited for.
 */
@Injectable()
export class DutyRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly duties: RunningDuty[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly registry: SchedulerRegistry,
    private readonly moduleRef: ModuleRef,
  ) {}

  onApplicationBootstrap(): void {
    const instances = new Set(
      [...this.discovery.getProviders(), ...this.discovery.getControllers()].map(
        ({ instance }) => instance as unknown,
      ),
    );
    for (const instance of instances)
      for (const { duty, method } of dutiesOf(instance)) this.start(duty, () => method.call(instance));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.duties.map((duty) => duty.stop()));
  }

  private start(duty: Duty, method: DutyMethod): void {
    const guard =
      duty.runsIn === 'one replica'
        ? this.moduleRef.get<ReplicaGuard>(REPLICA_GUARD, { strict: false })
        : undefined;
    const running = new RunningDuty(duty, method, guard);
    this.duties.push(running);
    if ('cron' in duty)
      this.registry.addCronJob(
        duty.name,
        CronJob.from({
          cronTime: duty.cron,
          timeZone,
          start: true,
          unrefTimeout: true,
          onTick: () => running.runNow(),
        }),
      );
    const timer = setInterval(() => running.runIfDue(), running.lookEveryMs);
    timer.unref();
    this.registry.addInterval(duty.name, timer);
  }
}

/** One duty of one program that runs. */
class RunningDuty {
  private readonly logger: Logger;
  /** By the clock that only runs forward, ms. */
  private dueAtMs: number;
  private running: Promise<void> | undefined;
  private stopped = false;
  private failedTimes = 0;

  constructor(
    private readonly duty: Duty,
    private readonly method: DutyMethod,
    private readonly guard: ReplicaGuard | undefined,
  ) {
    this.logger = new Logger(`Duty: ${duty.name}`);
    this.dueAtMs = 'cron' in duty ? Infinity : 0;
  }

  /** How often it is looked whether the duty is due. */
  get lookEveryMs(): number {
    return 'cron' in this.duty ? retryMs : Math.min(this.duty.everyMs, retryMs);
  }

  runNow(): void {
    this.dueAtMs = 0;
    this.runIfDue();
  }

  runIfDue(): void {
    if (this.running || this.stopped || performance.now() < this.dueAtMs) return;
    this.running = this.run().finally(() => (this.running = undefined));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    const startedMs = performance.now();
    try {
      const isOurs = await this.runPieces();
      this.failedTimes = 0;
      if ('cron' in this.duty) this.dueAtMs = Infinity;
      else if (isOurs) this.dueAtMs = this.lookBefore(startedMs + this.duty.everyMs);
    } catch (error) {
      failures.inc({ duty: this.duty.name });
      this.logger.error({ msg: 'a scheduled duty failed; it is tried again', err: error });
      // What always fails may take long each time: it is not tried without a pause.
      const pauseMs = this.lookEveryMs * 2 ** Math.min(this.failedTimes++, 10);
      this.dueAtMs = this.lookBefore(performance.now() + Math.min(retryMs, pauseMs));
    }
  }

  /** A look that comes a little early still counts. */
  private lookBefore(atMs: number): number {
    return atMs - Math.floor(this.lookEveryMs / 2);
  }

  /** @returns whether it is done; false: it is another replica's turn */
  private async runPieces(): Promise<boolean> {
    for (;;) {
      const more = await this.runPiece();
      if (more === undefined) return false;
      if (!more || this.stopped) return true;
      await new Promise((resolve) => setTimeout(resolve, this.duty.pauseMs ?? 0));
      if (this.stopped) return true;
    }
  }

  private async runPiece(): Promise<boolean | undefined> {
    const work = async (): Promise<boolean> => Number(await this.method()) > 0;
    return this.guard ? this.guard.runInOneReplica(work) : work();
  }
}

function dutiesOf(instance: unknown): { duty: Duty; method: DutyMethod }[] {
  const found: { duty: Duty; method: DutyMethod }[] = [];
  if (typeof instance !== 'object' || instance === null) return found;
  const seen = new Set<string>();
  for (
    let prototype: unknown = Object.getPrototypeOf(instance);
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (seen.has(name) || typeof value !== 'function') continue;
      seen.add(name);
      const duty = Reflect.getMetadata(dutyKey, value as object) as Duty | undefined;
      if (duty) found.push({ duty, method: value as DutyMethod });
    }
  }
  return found;
}

/** Imported by what has scheduled duties; one runner for the program, however many modules import it. */
@Module({ imports: [DiscoveryModule, ScheduleModule.forRoot()], providers: [DutyRunner] })
export class DutiesModule {}
