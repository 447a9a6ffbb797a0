import { deriveKey } from './derived-key';

describe(deriveKey, () => {
  const secret = 'a secret of at least 32 characters';

  it('makes a key of 256 bits for each purpose and secret, always the same', () => {
    const keys = [
      deriveKey(secret, 'api-keys'),
      deriveKey(secret, 'refresh-tokens'),
      deriveKey(secret, 'usernames'),
      deriveKey(`${secret}!`, 'api-keys'),
    ].map((key) => key.toString('hex'));
    expect(new Set(keys).size).toBe(4);
    expect(keys.every((key) => key.length === 64)).toBe(true);
    expect(deriveKey(secret, 'api-keys').toString('hex')).toBe(keys[0]);
  });
});
