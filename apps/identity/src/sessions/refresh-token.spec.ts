import { randomBytes } from 'node:crypto';
import { isGenuine, readRefreshToken, writeRefreshToken } from './refresh-token';

describe('refresh token', () => {
  const key = randomBytes(32);
  const seed = randomBytes(32);
  const sessionId = '0198f000-0000-7000-8000-0000000000aa';
  const text = writeRefreshToken(key, seed, { sessionId, generation: 7 });

  it('says which session and which generation it is of', () => {
    expect(text).toHaveLength(70);
    expect(readRefreshToken(text)).toEqual({ sessionId, generation: 7 });
    const last = writeRefreshToken(key, seed, { sessionId, generation: 2 ** 31 - 1 });
    expect(readRefreshToken(last)?.generation).toBe(2 ** 31 - 1);
  });

  it('is genuine under its own key and seed only', () => {
    expect(isGenuine(key, seed, text)).toBe(true);
    expect(isGenuine(randomBytes(32), seed, text)).toBe(false);
    expect(isGenuine(key, randomBytes(32), text)).toBe(false);
  });

  it('is made up when any bit of it is another: no session, no generation can be forged', () => {
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(isGenuine(key, seed, forged.toString('base64url'))).toBe(false);
    }
  });

  it.each([
    ['nothing', ''],
    ['too short', 'a'.repeat(69)],
    ['too long', 'a'.repeat(71)],
    ['another alphabet', '+'.repeat(70)],
    ['a JWT', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'.padEnd(70, 'a')],
  ])('reads %s as no token', (_what, foreign) => {
    expect(readRefreshToken(foreign)).toBeUndefined();
  });

  it('does not stumble over a text of another length', () => {
    expect(isGenuine(key, seed, '')).toBe(false);
    expect(isGenuine(key, seed, text.slice(0, 40))).toBe(false);
    expect(isGenuine(key, seed, `${text}AAAA`)).toBe(false);
  });
});
