import { DomainError } from '@peyk/contracts';
import { hash as argon2, parseOptions } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher';

describe(PasswordHasher, () => {
  const hasher = new PasswordHasher();
  beforeAll(() => hasher.onModuleInit());

  it('IDN-212 hashes with argon2id, 19 MiB, two passes, one lane, a salt of 16 bytes', async () => {
    const [one, other] = await Promise.all([hasher.hash('رمز من'), hasher.hash('رمز من')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$argon2id\$v=19\$/);
    expect(parseOptions(one)).toMatchObject({
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
      saltLen: 16,
    });
  });

  it('tells the right password from others, of any length to the last character', async () => {
    const long = 'گ'.repeat(199);
    const stored = await hasher.hash(`${long}a`);
    expect(await hasher.verify(stored, `${long}a`)).toBe(true);
    expect(await hasher.verify(stored, `${long}b`)).toBe(false);
    expect(await hasher.verify(stored, `${long}A`)).toBe(false);
    expect(await hasher.verify(stored, long)).toBe(false);
  });

  it('IDN-213 takes a national code in any digits as the same password', async () => {
    const stored = await hasher.hash('0012345679');
    expect(await hasher.verify(stored, '۰۰۱۲۳۴۵۶۷۹')).toBe(true);
    expect(await hasher.verify(stored, '٠٠١٢٣٤٥٦٧٩')).toBe(true);
    expect(await hasher.verify(stored, '۰۰۱۲۳۴۵۶۷۸')).toBe(false);
  });

  it.each([undefined, null])(
    'answers false without a stored hash (%s), not even to the empty password',
    async (none) => {
      expect(await hasher.verify(none, '')).toBe(false);
      expect(await hasher.verify(none, 'anything')).toBe(false);
    },
  );

  it('finds hashes of other parameters outdated', async () => {
    expect(hasher.isOutdated(await hasher.hash('x'))).toBe(false);
    expect(hasher.isOutdated(await argon2('x', { memoryCost: 8_192, timeCost: 2 }))).toBe(true);
    expect(hasher.isOutdated(await argon2('x', { memoryCost: 19_456, timeCost: 3 }))).toBe(true);
    expect(hasher.isOutdated(await argon2('x', { memoryCost: 194_560, timeCost: 2 }))).toBe(true);
  });

  it('refuses a flood instead of queueing it, and lets the event loop run meanwhile', async () => {
    const stored = await hasher.hash('x');
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => hasher.verify(stored, 'x')));
    clearInterval(timer);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(100 - 48 - 4);
    expect(refused.length).toBeLessThan(100 - 48);
    expect(
      refused.every(({ reason }) => reason instanceof DomainError && reason.code === 'rate.limited'),
    ).toBe(true);
    expect(ticks).toBeGreaterThan(10);
    expect(await hasher.verify(stored, 'x')).toBe(true);
  });
});
