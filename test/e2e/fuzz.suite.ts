import { Fuzz, summaryOf } from '../support/fuzz';
import { platform } from './platform';

jest.setTimeout(300_000);

/** The small run; `npm run fuzz` is the large one. Always the same seed: what it finds today it finds tomorrow. */
const seed = 1_405;

describe('guarantee 8: hostile requests at every route', () => {
  it('are answered, and by no error of ours', async () => {
    const system = await platform();
    const result = await new Fuzz({
      origin: new URL(system.baseUrl).origin,
      seed,
      requests: 500,
      forMs: 240_000,
      atOnce: 4,
    }).run();
    expect(result.findings.length === 0 ? [] : summaryOf(result, seed)).toEqual([]);
    expect(result.sent).toBeGreaterThan(50);
  });
});
