import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const keysMax = 60;

/** A public key and the program that it speaks for. */
export interface ServicePublicKey {
  readonly program: string;
  readonly key: KeyObject;
}

/** Reads SERVICE_KEY: base64 of a P-256 private key (PKCS 8 DER). @throws Error that does not show it */
export function parseServiceKey(text: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(text, 'base64'), type: 'pkcs8', format: 'der' });
  } catch {
    throw new Error('must be the base64 of a private key (PKCS 8 DER)');
  }
  assertP256(key, 'must be a key of P-256');
  return key;
}

/**
 * Reads SERVICE_PUBLIC_KEYS: `<program>:<base64 of SPKI DER>`, comma between them. A program may stand there twice, while
 * its key is changed. @returns key id -> key @throws Error that names the entry
 */
export function parseServicePublicKeys(text: string): ReadonlyMap<string, ServicePublicKey> {
  const keys = new Map<string, ServicePublicKey>();
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length > keysMax) throw new Error(`must have at most ${keysMax} keys`);
  for (const [at, entry] of entries.entries()) {
    const [, program = '', spki = ''] = /^([a-z][a-z\d-]{0,40}):([\w+/-]+={0,2})$/.exec(entry) ?? [];
    if (!program) throw new Error(`entry ${at + 1} must be <program>:<base64>`);
    let key: KeyObject;
    try {
      key = createPublicKey({ key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' });
    } catch {
      throw new Error(`the key of ${program} must be the base64 of a public key (SPKI DER)`);
    }
    assertP256(key, `the key of ${program} must be one of P-256`);
    const kid = keyIdOf(key);
    // Else one program could speak as another.
    if (keys.has(kid)) throw new Error(`entry ${at + 1} has the same key as another`);
    keys.set(kid, { program, key });
  }
  return keys;
}

/** By which a token says which key signed it: the beginning of the public key's SHA-256. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64url').slice(0, 16);
}

/** The identity of one program among the programs: what it signs with, and whom it knows (ADR 12). */
export class ServiceKeys {
  /** As the others know it. */
  readonly program: string;
  readonly kid: string;
  readonly privateKey: KeyObject;
  private readonly known: ReadonlyMap<string, ServicePublicKey>;

  /**
   * @param serviceKey SERVICE_KEY
   * @param publicKeys SERVICE_PUBLIC_KEYS
   * @throws Error where the public half of the own key is not among those that all know
   */
  constructor(serviceKey: string, publicKeys: string) {
    this.privateKey = parseServiceKey(serviceKey);
    this.known = parseServicePublicKeys(publicKeys);
    this.kid = keyIdOf(this.privateKey);
    const own = this.known.get(this.kid);
    if (!own) throw new Error('SERVICE_PUBLIC_KEYS does not have the public key of SERVICE_KEY');
    this.program = own.program;
  }

  publicKeyOf(kid: string): ServicePublicKey | undefined {
    return this.known.get(kid);
  }
}

function assertP256(key: KeyObject, message: string): void {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new Error(message);
}
