import { DomainError } from '@peyk/contracts';
import { RateLimiter, Slots, addressKey } from './rate-limiter';

function refusal(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error instanceof DomainError ? [error.code, error.details?.['retryAfterSeconds']] : error;
  }
  return undefined;
}

describe(RateLimiter.name, () => {
  it('allows the minute at once, then its pace, and tells the waiting time', () => {
    let nowMs = 0;
    const limiter = new RateLimiter(6, () => nowMs);
    for (let turn = 0; turn < 6; turn++) limiter.takeToken('a');
    expect(refusal(() => limiter.takeToken('a'))).toEqual(['rate.limited', 10]);
    limiter.takeToken('b');
    nowMs += 9_999;
    expect(refusal(() => limiter.takeToken('a'))).toEqual(['rate.limited', 1]);
    nowMs += 1;
    limiter.takeToken('a');
    expect(refusal(() => limiter.takeToken('a'))).toEqual(['rate.limited', 10]);
  });

  it('never saves up more than a minute', () => {
    let nowMs = 0;
    const limiter = new RateLimiter(3, () => nowMs);
    limiter.takeToken('a');
    nowMs += 3_600_000;
    for (let turn = 0; turn < 3; turn++) limiter.takeToken('a');
    expect(refusal(() => limiter.takeToken('a'))).toBeDefined();
  });

  it('keeps to the pace of a key that has one of its own', () => {
    let nowMs = 0;
    const limiter = new RateLimiter(1_000, () => nowMs);
    limiter.takeToken('a', 2);
    limiter.takeToken('a', 2);
    expect(refusal(() => limiter.takeToken('a', 2))).toEqual(['rate.limited', 30]);
    limiter.takeToken('b');
    limiter.takeToken('b');
    limiter.takeToken('b');
    nowMs += 30_000;
    limiter.takeToken('a', 2);
    expect(refusal(() => limiter.takeToken('a', 2))).toEqual(['rate.limited', 30]);
    // It was slowed down while tokens were left.
    expect(refusal(() => limiter.takeToken('b', 1))).toBeUndefined();
    expect(refusal(() => limiter.takeToken('b', 1))).toEqual(['rate.limited', 60]);
  });

  it('remembers a bounded number of keys and forgets the one silent longest', () => {
    const limiter = new RateLimiter(1, () => 0);
    limiter.takeToken('first');
    limiter.takeToken('second');
    for (let turn = 0; turn < 49_998; turn++) limiter.takeToken(`k${turn}`);
    expect(refusal(() => limiter.takeToken('first'))).toBeDefined();
    limiter.takeToken('one more');
    expect(refusal(() => limiter.takeToken('first'))).toBeDefined();
    expect(refusal(() => limiter.takeToken('second'))).toBeUndefined();
  });
});

describe(Slots.name, () => {
  it('gives a place back once, however often it is told', () => {
    const slots = new Slots(1);
    const release = slots.takeSlot('a');
    expect(refusal(() => slots.takeSlot('a'))).toEqual(['rate.limited', 5]);
    slots.takeSlot('b');
    release();
    release();
    slots.takeSlot('a');
    expect(refusal(() => slots.takeSlot('a'))).toBeDefined();
  });
});

describe(addressKey.name, () => {
  it('is the address of IPv4 and the /64 of IPv6', () => {
    expect(addressKey('203.0.113.7')).toBe('203.0.113.7');
    expect(addressKey('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:0db8:0001:0002::9')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
    expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    expect(addressKey('fe80::')).toBe('fe80:0:0:0::/64');
  });
});
