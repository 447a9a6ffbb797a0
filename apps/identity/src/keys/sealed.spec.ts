import { randomBytes } from 'node:crypto';
import { seal, unseal } from './sealed';

describe(seal, () => {
  const key = randomBytes(32);
  const plain = Buffer.from('a private key');
  const sealed = seal(key, 'kid-1', plain);

  it('IDN-212 hides the bytes and gives them back to the same key and name', () => {
    expect(sealed.includes(plain)).toBe(false);
    expect(unseal(key, 'kid-1', sealed)).toEqual(plain);
    expect(seal(key, 'kid-1', plain)).not.toEqual(sealed);
  });

  it('opens with no other key and under no other name', () => {
    expect(() => unseal(randomBytes(32), 'kid-1', sealed)).toThrow();
    expect(() => unseal(key, 'kid-2', sealed)).toThrow();
  });

  it('notices each changed byte and each missing one', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      expect(() => unseal(key, 'kid-1', changed)).toThrow();
      expect(() => unseal(key, 'kid-1', sealed.subarray(0, at))).toThrow();
    }
  });
});
