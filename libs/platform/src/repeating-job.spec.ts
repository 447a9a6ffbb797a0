import { Logger } from '@nestjs/common';
import { RepeatingJob } from './repeating-job';

const everyMs = 60_000;

class ExampleJob extends RepeatingJob {
  runs = 0;
  atOnce = 0;
  mostAtOnce = 0;
  work: () => Promise<unknown> = () => Promise.resolve();

  constructor() {
    super(everyMs);
  }

  async run(): Promise<void> {
    this.runs += 1;
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      await this.work();
    } finally {
      this.atOnce -= 1;
    }
  }

  repeat(step: () => Promise<boolean>, maxSteps: number): Promise<number> {
    return this.steps(step, maxSteps);
  }
}

/** A promise that the spec fulfils. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe(RepeatingJob, () => {
  let job: ExampleJob;
  let logged: jest.SpyInstance;
  beforeEach(() => {
    jest.useFakeTimers();
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    job = new ExampleJob();
  });
  afterEach(async () => {
    await job.onModuleDestroy();
    jest.useRealTimers();
    logged.mockRestore();
  });
  const wait = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it('runs at once when it is poked, and once more after the run that is on', async () => {
    job.onApplicationBootstrap();
    job.poke();
    await wait(0);
    expect(job.runs).toBe(1);
    await wait(everyMs - 1);
    expect(job.runs).toBe(1);
    const { opened, open } = gate();
    job.work = () => opened;
    await wait(1);
    expect(job.runs).toBe(2);
    job.poke();
    job.poke();
    await wait(everyMs);
    expect(job.runs).toBe(2);
    open();
    await wait(0);
    expect(job.runs).toBe(3);
    await wait(everyMs - 1);
    expect(job).toMatchObject({ runs: 3, mostAtOnce: 1 });
  });

  it('is not poked out of its end', async () => {
    await job.onModuleDestroy();
    job.poke();
    await wait(everyMs);
    expect(job.runs).toBe(0);
  });

  it('runs again and again, not before its time', async () => {
    job.onApplicationBootstrap();
    await wait(everyMs - 1);
    expect(job.runs).toBe(0);
    await wait(1);
    expect(job.runs).toBe(1);
    await wait(3 * everyMs);
    expect(job.runs).toBe(4);
  });

  it('never runs twice at once: the next run waits for the end of a long one', async () => {
    const { opened, open } = gate();
    job.work = () => opened;
    job.onApplicationBootstrap();
    await wait(5 * everyMs);
    expect(job.runs).toBe(1);
    open();
    await wait(everyMs - 1);
    expect(job.runs).toBe(1);
    await wait(1);
    expect([job.runs, job.mostAtOnce]).toEqual([2, 1]);
  });

  it('logs a failure under the name of the job, and the next run tries again', async () => {
    const error = new Error('the database is away');
    job.work = () => Promise.reject(error);
    job.onApplicationBootstrap();
    await wait(2 * everyMs);
    expect(job.runs).toBe(2);
    expect(logged).toHaveBeenCalledTimes(2);
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ err: error }));
    expect((logged.mock.contexts[0] as { context: string }).context).toBe('ExampleJob');
  });

  it('logs what a run throws before it has waited for anything', async () => {
    job.run = () => {
      throw new Error('at once');
    };
    job.onApplicationBootstrap();
    await wait(2 * everyMs);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('stops: no further run, and the stop waits for the one that is under way', async () => {
    const { opened, open } = gate();
    job.work = () => opened;
    job.onApplicationBootstrap();
    await wait(everyMs);
    let stopped = false;
    const stop = job.onModuleDestroy().then(() => {
      stopped = true;
    });
    await wait(everyMs);
    expect(stopped).toBe(false);
    open();
    await stop;
    await wait(3 * everyMs);
    expect(job.runs).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stops before its first run, and where it was never started', async () => {
    await job.onModuleDestroy();
    job.onApplicationBootstrap();
    await wait(2 * everyMs);
    expect(job.runs).toBe(0);
  });

  it('does steps until nothing is left, and as many as allowed', async () => {
    let left = 3;
    const step = (): Promise<boolean> => Promise.resolve(left-- > 0);
    expect(await job.repeat(step, 10)).toBe(3);
    left = 30;
    expect(await job.repeat(step, 10)).toBe(10);
    expect(left).toBe(20);
  });

  it('does no further step once the program stops', async () => {
    const { opened, open } = gate();
    let steps = 0;
    const repeated = job.repeat(async () => {
      steps += 1;
      await opened;
      return true;
    }, 10);
    await job.onModuleDestroy();
    open();
    expect(await repeated).toBe(1);
    expect(steps).toBe(1);
  });

  it('holds no process open', () => {
    jest.useRealTimers();
    const set = jest.spyOn(global, 'setTimeout');
    job.onApplicationBootstrap();
    const timer = set.mock.results[0]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
    set.mockRestore();
  });
});
