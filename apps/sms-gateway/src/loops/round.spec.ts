import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@peyk/contracts';
import { createLogger } from '@peyk/platform';
import { Round } from './round';

const logger = createLogger('sms-gateway', { level: 'fatal' });
const self = (id: string): string => id;

describe('a round', () => {
  afterEach(() => jest.restoreAllMocks());

  it('one that always throws keeps none behind it from its turn, and rests twice as long each time', async () => {
    const round = new Round('spec', logger, 1);
    const tried: string[] = [];
    const act = (id: string): Promise<void> => {
      tried.push(id);
      return id === 'bad' ? Promise.reject(new Error('broken row')) : Promise.resolve();
    };
    expect(await round.each(['bad', 'a', 'b'], self, act)).toBe(true);
    expect(tried).toEqual(['bad', 'a', 'b']);
    const rests: number[] = [];
    for (let times = 0; times < 9; times++) {
      const now = Date.now();
      expect(round.resting).toEqual(['bad']);
      // Found by halving: how long it still rests.
      let [least, most] = [0, 120_000];
      const clock = jest.spyOn(Date, 'now');
      while (most - least > 1) {
        const middle = Math.floor((least + most) / 2);
        clock.mockReturnValue(now + middle);
        if (round.rests('bad')) least = middle;
        else most = middle;
      }
      rests.push(Math.ceil(most / 1_000));
      clock.mockReturnValue(now + most);
      expect(round.resting).toEqual([]);
      await round.each(['bad'], self, act);
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('what succeeds after a failure begins anew', async () => {
    const round = new Round('spec', logger);
    await round.each(['a'], self, () => Promise.reject(new Error('once')));
    expect(round.rests('a')).toBe(true);
    await round.each(['a'], self, () => Promise.resolve());
    expect(round.resting).toEqual([]);
  });

  it('a neighbour that is away ends the round: 200 things do not wait for it one after the other', async () => {
    for (const error of [
      new DomainError('service.unavailable'),
      Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('the database system is shutting down'), { code: '57P03' }),
    ]) {
      const round = new Round('spec', logger);
      let tried = 0;
      const things = Array.from({ length: 200 }, (_, no) => `thing ${no}`);
      const all = await round.each(things, self, async () => {
        tried++;
        await sleep(20);
        throw error;
      });
      expect(all).toBe(false);
      expect(tried).toBe(4);
      // The next round begins with others.
      expect(round.resting).toEqual(['thing 0', 'thing 1', 'thing 2', 'thing 3']);
    }
  });

  it('does a few at once, never more', async () => {
    const round = new Round('spec', logger, 3);
    let [running, most] = [0, 0];
    await round.each(
      Array.from({ length: 20 }, (_, no) => String(no)),
      self,
      async () => {
        most = Math.max(most, ++running);
        await sleep(1);
        running--;
      },
    );
    expect(most).toBe(3);
  });
});
