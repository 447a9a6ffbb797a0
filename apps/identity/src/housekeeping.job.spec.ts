import { Logger } from '@nestjs/common';
import { HousekeepingJob } from './housekeeping.job';

describe(HousekeepingJob, () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('one kind that fails and one that hangs keep no other from its turn', async () => {
    const turns: string[] = [];
    const kind = (name: string) => (): Promise<number> => {
      turns.push(name);
      return Promise.resolve(0);
    };
    const failing = {
      endExpired: () => Promise.reject(new Error('no')),
      forgetEnded: kind('ended sessions'),
    };
    const hanging = { forgetOld: () => new Promise<number>(() => undefined) };
    const of = (name: string): object => ({
      forgetOld: kind(name),
      forgetRevoked: kind(name),
      forgetBudgets: kind(`budgets of ${name}`),
      rotate: kind(name),
    });
    const services = [
      'addresses',
      'devices',
      'history',
      'passwords',
      'API keys',
      'imports',
      'codes',
      'bale',
      'keys',
    ];
    const job = new HousekeepingJob(
      ...([failing, hanging, ...services.map(of)] as unknown as ConstructorParameters<
        typeof HousekeepingJob
      >),
    );
    job.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(180_500);
    for (const name of ['ended sessions', 'budgets of codes', ...services])
      expect(turns.filter((turn) => turn === name)).toHaveLength(3);
    await expect(Promise.race([job.run(), Promise.resolve('not yet')])).resolves.toBe('not yet');
  });
});
