import { delaySeconds } from './sign-in-throttle';

describe('delays of failed sign-ins', () => {
  it('IDN-211 begin with the fifth failure, double, and never exceed five minutes', () => {
    expect(delaySeconds.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(delaySeconds[4]).toBe(2);
    for (let at = 5; at < delaySeconds.length; at += 1)
      expect(delaySeconds[at]).toBe(Math.min(300, 2 * (delaySeconds[at - 1] ?? 0)));
    expect(delaySeconds.at(-1)).toBe(300);
  });
});
