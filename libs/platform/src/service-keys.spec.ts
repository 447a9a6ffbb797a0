import { generateKeyPairSync } from 'node:crypto';
import { parseServiceKey, parseServicePublicKeys, ServiceKeys } from './service-keys';

const pairOf = (namedCurve = 'P-256'): { serviceKey: string; spki: string } => {
  const pair = generateKeyPairSync('ec', { namedCurve });
  return {
    serviceKey: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    spki: pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
};

describe(ServiceKeys, () => {
  const [old, anew, other] = [pairOf(), pairOf(), pairOf()];
  const all = `billing:${old.spki},billing:${anew.spki},identity:${other.spki}`;

  it('knows its program by its own key, also while the key is changed', () => {
    const before = new ServiceKeys(old.serviceKey, all);
    const after = new ServiceKeys(anew.serviceKey, all);
    expect([before.program, after.program]).toEqual(['billing', 'billing']);
    expect(after.publicKeyOf(before.kid)?.program).toBe('billing');
    expect(before.publicKeyOf(after.kid)?.program).toBe('billing');
    expect(before.kid).not.toBe(after.kid);
  });

  it('is no program whose public key nobody knows', () => {
    expect(() => new ServiceKeys(pairOf().serviceKey, all)).toThrow(
      'SERVICE_PUBLIC_KEYS does not have the public key of SERVICE_KEY',
    );
  });

  it('says which entry is wrong', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['', 'entry 1 must be <program>:<base64>'],
      [`billing:${old.spki},${anew.spki}`, 'entry 2 must be <program>:<base64>'],
      ['billing:AAAA', 'the key of billing must be the base64 of a public key'],
      [`billing:${pairOf('P-384').spki}`, 'the key of billing must be one of P-256'],
      [`billing:${old.spki},identity:${old.spki}`, 'entry 2 has the same key as another'],
    ];
    for (const [text, reason] of wrong) expect(() => parseServicePublicKeys(text)).toThrow(reason);
    expect(() => parseServiceKey('hunter2')).toThrow(/^must be the base64 of a private key/);
    expect(() => parseServiceKey(pairOf('P-384').serviceKey)).toThrow('must be a key of P-256');
  });
});
