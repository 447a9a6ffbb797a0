import { Injectable, Logger, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DutiesModule, REPLICA_GUARD, Scheduled, declaredDuties } from './schedule';
import type { Duty, ReplicaGuard } from './schedule';

const everyMs = 10_000;
const retryMs = 60_000;
const hourMs = 3_600_000;

/** A promise that the spec fulfils. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A program with one duty, whose work the spec gives. */
class Program {
  runs = 0;
  work: () => Promise<boolean | number | void> = () => Promise.resolve();
  private app!: INestApplicationContext;

  async start(duty: Duty, guard?: ReplicaGuard): Promise<void> {
    const runWork = (): Promise<boolean | number | void> => {
      this.runs += 1;
      return this.work();
    };
    @Injectable()
    class Example {
      @Scheduled(duty)
      work(): Promise<boolean | number | void> {
        return runWork();
      }
    }
    // Two modules that need it, and one runner all the same.
    @Module({ imports: [DutiesModule] })
    class Other {}
    @Module({
      imports: [DutiesModule, Other],
      providers: [
        Example,
        { provide: 'also', useExisting: Example },
        ...(guard ? [{ provide: REPLICA_GUARD, useValue: guard }] : []),
      ],
    })
    class Root {}
    this.app = await NestFactory.createApplicationContext(Root, { logger: false });
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}

describe(Scheduled, () => {
  const program = new Program();
  const duty = { name: 'example', does: 'Does what the spec gives.', runsIn: 'every replica' } as const;
  let logged: jest.SpyInstance;
  beforeEach(() => {
    jest.useFakeTimers();
    program.runs = 0;
    program.work = () => Promise.resolve();
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    await program.stop();
    jest.useRealTimers();
    logged.mockRestore();
  });
  const wait = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('runs once in each period, and not before the first is over', async () => {
    await program.start({ ...duty, everyMs });
    await wait(everyMs - 1);
    expect(program.runs).toBe(0);
    await wait(1);
    expect(program.runs).toBe(1);
    await wait(5 * everyMs);
    expect(program.runs).toBe(6);
  });

  it('runs a long period first a minute after the start, then once in each period', async () => {
    await program.start({ ...duty, everyMs: hourMs });
    await wait(retryMs);
    expect(program.runs).toBe(1);
    await wait(hourMs);
    expect(program.runs).toBe(2);
    await wait(3 * hourMs);
    expect(program.runs).toBe(5);
  });

  it('runs at its time of day in Tehran', async () => {
    // 03:30 in Tehran is midnight of UTC.
    jest.setSystemTime(new Date('2026-12-01T20:00:00Z'));
    await program.start({ ...duty, cron: '30 3 * * *' });
    await wait(4 * hourMs - 1_000);
    expect(program.runs).toBe(0);
    await wait(2_000);
    expect(program.runs).toBe(1);
    await wait(24 * hourMs);
    expect(program.runs).toBe(2);
  });

  it('never overlaps itself', async () => {
    const { opened, open } = gate();
    program.work = () => opened;
    await program.start({ ...duty, everyMs });
    await wait(5 * everyMs);
    expect(program.runs).toBe(1);
    open();
    await wait(everyMs);
    expect(program.runs).toBe(2);
  });

  it('goes on at once while there is more, by a count or by its word', async () => {
    const answers = [true, 7, 0, false];
    program.work = () => Promise.resolve(answers.shift());
    await program.start({ ...duty, everyMs: hourMs });
    await wait(retryMs + 1_000);
    expect(program.runs).toBe(3);
    await wait(hourMs);
    expect(program.runs).toBe(4);
  });

  it.each([{ everyMs: hourMs }, { cron: '0 * * * *' }])(
    'logs a failure and tries again within a minute (%j)',
    async (when) => {
      // Half past eleven in Tehran.
      jest.setSystemTime(new Date('2026-12-01T20:00:00Z'));
      program.work = () => (program.runs < 3 ? Promise.reject(new Error('away')) : Promise.resolve());
      await program.start({ ...duty, ...when });
      await wait(hourMs);
      expect(program.runs).toBe(3);
      expect(logged).toHaveBeenCalledTimes(2);
      expect((logged.mock.contexts[0] as { context: string }).context).toBe('Duty: example');
    },
  );

  it('one that always fails is tried less and less often, and as before once it succeeds', async () => {
    const began = Date.now();
    const at: number[] = [];
    let fails = 8;
    program.work = () => {
      at.push(Math.round((Date.now() - began) / 1_000));
      return fails-- > 0
        ? Promise.reject(new Error('canceling statement due to statement timeout'))
        : Promise.resolve();
    };
    await program.start({ ...duty, everyMs: 1_000 });
    await wait(190_000);
    expect(at.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 124, 184, 185, 186]);
  });

  it('of one replica: a time of day that was the turn of another is over when this one takes over', async () => {
    jest.setSystemTime(new Date('2026-12-01T20:00:00Z'));
    let isOurs = false;
    const guard: ReplicaGuard = {
      runInOneReplica: (work) => (isOurs ? work() : Promise.resolve(undefined)),
    };
    await program.start({ ...duty, runsIn: 'one replica', cron: '30 3 * * *' }, guard);
    await wait(6 * hourMs);
    isOurs = true;
    await wait(6 * hourMs);
    expect(program.runs).toBe(0);
    await wait(24 * hourMs);
    expect(program.runs).toBe(1);
  });

  it('logs what it throws before it has waited for anything', async () => {
    program.work = () => {
      throw new Error('at once');
    };
    await program.start({ ...duty, everyMs });
    await wait(2 * everyMs);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('runs in one replica where it is for one, and looks within a minute whether it is the turn of this one', async () => {
    let isOurs = false;
    const guard: ReplicaGuard = {
      runInOneReplica: (work) => (isOurs ? work() : Promise.resolve(undefined)),
    };
    await program.start({ ...duty, runsIn: 'one replica', everyMs: hourMs }, guard);
    await wait(2 * hourMs);
    expect(program.runs).toBe(0);
    isOurs = true;
    await wait(retryMs);
    expect(program.runs).toBe(1);
    await wait(hourMs);
    expect(program.runs).toBe(2);
  });

  it('ends after the piece that it is at when the program stops, and is waited for', async () => {
    const { opened, open } = gate();
    program.work = () => opened.then(() => true);
    await program.start({ ...duty, everyMs });
    await wait(everyMs);
    let stopped = false;
    const stop = program.stop().then(() => {
      stopped = true;
    });
    await wait(everyMs);
    expect(stopped).toBe(false);
    open();
    await wait(0);
    await stop;
    await wait(hourMs);
    expect(program.runs).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('one that fails and one that hangs keep no other from its turn', async () => {
    const turns: string[] = [];
    const of = (name: string): Duty => ({ ...duty, name, everyMs });
    @Injectable()
    class Three {
      @Scheduled(of('fails'))
      fail(): Promise<void> {
        return Promise.reject(new Error('no'));
      }

      @Scheduled(of('hangs'))
      hang(): Promise<void> {
        turns.push('hangs');
        return new Promise(() => undefined);
      }

      @Scheduled(of('works'))
      work(): Promise<void> {
        turns.push('works');
        return Promise.resolve();
      }
    }
    @Module({ imports: [DutiesModule], providers: [Three] })
    class Root {}
    await program.start({ ...duty, everyMs });
    await NestFactory.createApplicationContext(Root, { logger: false });
    await wait(3 * everyMs);
    expect(turns.filter((turn) => turn === 'hangs')).toHaveLength(1);
    expect(turns.filter((turn) => turn === 'works')).toHaveLength(3);
  });

  it('is listed for the docs', async () => {
    await program.start({ ...duty, everyMs });
    expect(declaredDuties()).toContainEqual({ ...duty, everyMs });
  });
});
