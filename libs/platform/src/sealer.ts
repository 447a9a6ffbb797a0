import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Before sealed bytes: this mark and their key's version. What has no mark was sealed before versions: version 0. */
export const sealMark = Buffer.from('sealed');
const headerBytes = sealMark.length + 2;
const ivBytes = 12;
const tagBytes = 16;
const versionMax = 65_535;
const keyBytes = 32;
const keysMax = 20;

/** Bytes that were sealed under a key that SEAL_KEYS does not have. */
export class SealKeyMissingError extends Error {
  override readonly name = 'SealKeyMissingError';
  constructor(readonly version: number) {
    super(`sealed under key version ${version}, which SEAL_KEYS does not have`);
  }
}

/**
 * Reads SEAL_KEYS: `<version>:<base64 of 32 bytes>`, comma between them; the first seals, all unseal. Version 0 is what
 * sealed before there were versions: the bytes of that SERVICE_SECRET, 32 or more.
 * @returns version -> key, the sealing one first
 * @throws Error that says what is wrong, without the key
 */
export function parseSealKeys(setting: string): ReadonlyMap<number, Buffer> {
  const keys = new Map<number, Buffer>();
  const entries = setting.split(',').map((entry) => entry.trim());
  if (entries.length > keysMax) throw new Error(`must have at most ${keysMax} keys`);
  for (const [at, entry] of entries.entries()) {
    const [, version = '', text = ''] = /^(\d{1,5}):([\w+/-]+={0,2})$/.exec(entry) ?? [];
    const no = Number(version);
    if (version === '' || no > versionMax)
      throw new Error(`entry ${at + 1} must be <version, 0 to ${versionMax}>:<base64>`);
    const key = Buffer.from(text, 'base64');
    if (no === 0 ? key.length < keyBytes : key.length !== keyBytes)
      throw new Error(`key ${no} must have ${keyBytes} bytes, not ${key.length}`);
    if (keys.has(no)) throw new Error(`key ${no} stands there twice`);
    if (no === 0 && at === 0) throw new Error('key 0 only unseals: another has to stand before it');
    keys.set(no, key);
  }
  return keys;
}

/**
 * Seals bytes at rest with AES-256-GCM, for one purpose: purposes never share a key (HKDF, RFC 5869), and changing a
 * purpose's name makes what it sealed unreadable. Keys are versioned, so that they can be changed while all runs.
 */
export class Sealer {
  private readonly keys: ReadonlyMap<number, Buffer>;
  /** Of the key that seals. */
  readonly version: number;

  /**
   * @param setting SEAL_KEYS
   * @param purpose `<program> <what>`, e.g. `identity personal-data`
   */
  constructor(setting: string, purpose: string) {
    this.keys = new Map(
      [...parseSealKeys(setting)].map(([version, key]) => [
        version,
        Buffer.from(hkdfSync('sha256', key, '', `peyk ${purpose}`, keyBytes)),
      ]),
    );
    this.version = [...this.keys.keys()][0] ?? 0;
  }

  /** @param name is bound to the bytes (table and key of the row), so that rows cannot be exchanged */
  seal(name: string, plain: Buffer): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keyOf(this.version), iv).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    const version = Buffer.alloc(2);
    version.writeUInt16BE(this.version);
    return Buffer.concat([sealMark, version, iv, cipher.getAuthTag(), sealed]);
  }

  /**
   * @throws SealKeyMissingError when the key of these bytes is not known; an error when key, name or bytes are not those
   * of the sealing
   */
  unseal(name: string, bytes: Buffer): Buffer {
    const version = versionOf(bytes);
    const rest = version === 0 ? bytes : bytes.subarray(headerBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.keyOf(version), rest.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(Buffer.from(name))
      .setAuthTag(rest.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(rest.subarray(ivBytes + tagBytes)), decipher.final()]);
  }

  private keyOf(version: number): Buffer {
    const key = this.keys.get(version);
    if (!key) throw new SealKeyMissingError(version);
    return key;
  }
}

/** 0: sealed before versions. */
function versionOf(bytes: Buffer): number {
  const isMarked = bytes.length >= headerBytes && bytes.subarray(0, sealMark.length).equals(sealMark);
  return isMarked ? bytes.readUInt16BE(sealMark.length) : 0;
}
