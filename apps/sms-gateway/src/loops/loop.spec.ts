import { createLogger } from '@peyk/platform';
import { Loop } from './loop';

const logger = createLogger('sms-gateway', { level: 'fatal' });

describe('a loop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** After how many ms each step began. */
  async function stepsWithin(ms: number, step: () => Promise<number>): Promise<number[]> {
    const began = Date.now();
    const at: number[] = [];
    const loop = new Loop('spec', logger, () => {
      at.push(Date.now() - began);
      return step();
    });
    loop.start();
    await jest.advanceTimersByTimeAsync(ms);
    await loop.stop();
    return at;
  }

  it('goes on half a second after a failure, however often it fails', async () => {
    expect(await stepsWithin(2_000, () => Promise.reject(new Error('away')))).toEqual([
      0, 500, 1_000, 1_500, 2_000,
    ]);
  });

  it('one that hangs stops no other', async () => {
    const hangs = new Loop('hangs', logger, () => new Promise<number>(() => undefined));
    hangs.start();
    expect(await stepsWithin(3_000, () => Promise.resolve(1_000))).toEqual([0, 1_000, 2_000, 3_000]);
  });
});
