import { randomUUID } from 'node:crypto';
import { apiKeyPattern } from '@peyk/contracts/identity';
import { uuidv7 } from '@peyk/database';
import { apiKeyPrefix, newApiKeySecret, readApiKey, writeApiKey } from './api-key';

describe(writeApiKey, () => {
  it('SMT-214 gives back id and secret of every key that it writes', () => {
    const ids = [
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      ...Array.from({ length: 200 }, (_, n) => (n % 2 ? randomUUID() : uuidv7())),
    ];
    for (const id of ids) {
      const secret = newApiKeySecret();
      const key = writeApiKey({ id, secret });
      expect(key).toMatch(apiKeyPattern);
      expect(key.startsWith(`${apiKeyPrefix(id)}_`)).toBe(true);
      expect(readApiKey(key)).toEqual({ id, secret });
    }
  });

  it('makes no two alike', () => {
    const secrets = Array.from({ length: 1_000 }, newApiKeySecret);
    expect(new Set(secrets).size).toBe(1_000);
    // 256 bits: each letter but the first is any of 62.
    expect(new Set(secrets.map((secret) => secret.slice(-1))).size).toBeGreaterThan(50);
  });
});

describe(readApiKey, () => {
  const key = writeApiKey({ id: uuidv7(), secret: newApiKeySecret() });
  it.each([
    ['nothing', ''],
    ['another prefix', key.replace('peyk_', 'pyek_')],
    ['a letter less', key.slice(0, -1)],
    ['a letter more', `${key}A`],
    ['a line break behind', `${key}\n`],
    ['a letter that is none of base 62', `${key.slice(0, -1)}-`],
    ['an id of more than 128 bits', key.replace(/^peyk_.{22}/, `peyk_${'z'.repeat(22)}`)],
    ['a Persian digit', `${key.slice(0, -1)}۱`],
  ])('refuses %s', (_what, wrong) => {
    expect(readApiKey(wrong)).toBeUndefined();
  });
});
