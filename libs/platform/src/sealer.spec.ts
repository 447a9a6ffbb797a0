import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { parseSealKeys, Sealer, SealKeyMissingError } from './sealer';

const keyText = (): string => randomBytes(32).toString('base64');
const plain = Buffer.from('a private key');

describe(Sealer, () => {
  const [first, second] = [keyText(), keyText()];
  const old = new Sealer(`1:${first}`, 'spec things');
  const rotated = new Sealer(`2:${second},1:${first}`, 'spec things');
  const sealed = old.seal('kid-1', plain);

  it('IDN-212 hides the bytes and gives them back to the same key and name', () => {
    expect(sealed.includes(plain)).toBe(false);
    expect(old.unseal('kid-1', sealed)).toEqual(plain);
    expect(old.seal('kid-1', plain)).not.toEqual(sealed);
  });

  it('opens with no other key, for no other purpose and under no other name', () => {
    expect(() => new Sealer(`1:${keyText()}`, 'spec things').unseal('kid-1', sealed)).toThrow();
    expect(() => new Sealer(`1:${first}`, 'spec others').unseal('kid-1', sealed)).toThrow();
    expect(() => old.unseal('kid-2', sealed)).toThrow();
  });

  it('notices each changed byte and each missing one', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      expect(() => old.unseal('kid-1', changed)).toThrow();
      expect(() => old.unseal('kid-1', sealed.subarray(0, at))).toThrow();
    }
  });

  it('the key could not be changed: now the first seals, all open, and bytes say which key is theirs', () => {
    expect(rotated.version).toBe(2);
    expect(rotated.unseal('kid-1', sealed)).toEqual(plain);
    const anew = rotated.seal('kid-1', plain);
    expect(anew.subarray(0, 8).toString('latin1')).toBe('sealed\0\x02');
    expect(new Sealer(`2:${second}`, 'spec things').unseal('kid-1', anew)).toEqual(plain);
    expect(() => old.unseal('kid-1', anew)).toThrow(new SealKeyMissingError(2));
    expect(() => old.unseal('kid-1', anew)).toThrow('key version 2, which SEAL_KEYS does not have');
  });

  it('opens what was sealed under SERVICE_SECRET, before versions', () => {
    const secret = 'the SERVICE_SECRET of an installation, of any length';
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'peyk spec things', 32));
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('kid-1'));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    const before = Buffer.concat([iv, cipher.getAuthTag(), body]);
    const moved = new Sealer(`1:${first},0:${Buffer.from(secret).toString('base64')}`, 'spec things');
    expect(moved.unseal('kid-1', before)).toEqual(plain);
    expect(() => old.unseal('kid-1', before)).toThrow(new SealKeyMissingError(0));
  });
});

describe(parseSealKeys, () => {
  it('says what is wrong, and never the key', () => {
    const key = keyText();
    const wrong: readonly (readonly [string, string])[] = [
      ['', 'entry 1 must be <version, 0 to 65535>:<base64>'],
      [key, 'entry 1 must be <version, 0 to 65535>:<base64>'],
      [`1:${key},`, 'entry 2 must be <version, 0 to 65535>:<base64>'],
      [`65536:${key}`, 'entry 1 must be <version, 0 to 65535>:<base64>'],
      [`1:${randomBytes(31).toString('base64')}`, 'key 1 must have 32 bytes, not 31'],
      [`1:${key},1:${keyText()}`, 'key 1 stands there twice'],
      [`0:${key}`, 'key 0 only unseals: another has to stand before it'],
    ];
    for (const [setting, reason] of wrong) expect(() => parseSealKeys(setting)).toThrow(reason);
    expect([...parseSealKeys(`7:${key}, 3:${keyText()}`).keys()]).toEqual([7, 3]);
  });
});
