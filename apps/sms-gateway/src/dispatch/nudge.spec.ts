import { Nudge } from './nudge';

describe(Nudge, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells the parts a second of what is recorded evenly, from its first second on', () => {
    const nudge = new Nudge();
    const paces = new Set<number>();
    for (let ms = 0; ms < 3_500; ms += 100) {
      nudge.countParts('send', 100);
      paces.add(nudge.partsPerSecond('send'));
      jest.advanceTimersByTime(100);
    }
    expect([...paces]).toEqual([0, 1_000]);
    expect(nudge.partsPerSecond('another')).toBe(0);
  });

  it('tells nothing any more after three seconds without any', () => {
    const nudge = new Nudge();
    for (const parts of [50, 50]) {
      nudge.countParts('send', parts);
      jest.advanceTimersByTime(1_000);
    }
    expect(nudge.partsPerSecond('send')).toBe(50);
    jest.advanceTimersByTime(2_000);
    expect(nudge.partsPerSecond('send')).toBe(0);
  });
});
