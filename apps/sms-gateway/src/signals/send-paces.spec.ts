import { SendPaces } from './send-paces';

describe(SendPaces, () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells the parts a second of what is recorded evenly, from its first second on', () => {
    const sendPaces = new SendPaces();
    const paces = new Set<number>();
    for (let ms = 0; ms < 3_500; ms += 100) {
      sendPaces.countParts('send', 100);
      paces.add(sendPaces.partsPerSecond('send', 0));
      jest.advanceTimersByTime(100);
    }
    expect([...paces]).toEqual([0, 1_000]);
    expect(sendPaces.partsPerSecond('another', 0)).toBe(0);
  });

  it('tells no more than the contract where a record was late', () => {
    const sendPaces = new SendPaces();
    for (const ms of [600, 400, 0]) {
      sendPaces.countParts('send', 550);
      jest.advanceTimersByTime(ms);
    }
    expect(sendPaces.partsPerSecond('send', 0)).toBe(1_100);
    expect(sendPaces.partsPerSecond('send', 1_000)).toBe(1_000);
    expect(sendPaces.partsPerSecond('send', 2_000)).toBe(1_100);
  });

  it('tells nothing any more after three seconds without any', () => {
    const sendPaces = new SendPaces();
    for (const parts of [50, 50]) {
      sendPaces.countParts('send', parts);
      jest.advanceTimersByTime(1_000);
    }
    expect(sendPaces.partsPerSecond('send', 0)).toBe(50);
    jest.advanceTimersByTime(2_000);
    expect(sendPaces.partsPerSecond('send', 0)).toBe(0);
  });
});
