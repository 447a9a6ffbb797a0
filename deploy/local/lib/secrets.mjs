import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './local.mjs';

/**
 * @typedef {object} Secrets
 * @property {string} serviceSecret
 * @property {string} postgresPassword
 * @property {string} rabbitPassword
 * @property {string} erlangCookie
 * @property {Record<string, string>} sealKeys SEAL_KEYS of each program that seals what it stores
 */

/**
 * Secrets of a state folder, made once (hex, 24 random bytes each) and readable by its owner only. What an older state
 * lacks is added.
 * @param {string} dir
 * @returns {Secrets}
 */
export function secretsOf(dir) {
  const file = join(dir, 'secrets.json');
  const known = readJson(file) ?? {};
  const fresh = () => randomBytes(24).toString('hex');
  const freshKey = () => `1:${randomBytes(32).toString('base64')}`;
  // What identity sealed before its keys had versions, it sealed under the service secret.
  const sealedBefore = known.serviceSecret ? `,0:${Buffer.from(known.serviceSecret).toString('base64')}` : '';
  const secrets = {
    serviceSecret: fresh(),
    postgresPassword: fresh(),
    rabbitPassword: fresh(),
    erlangCookie: fresh(),
    ...known,
    sealKeys: { identity: freshKey() + sealedBefore, 'sms-gateway': freshKey(), ...known.sealKeys },
  };
  if (JSON.stringify(secrets) === JSON.stringify(known)) return known;
  mkdirSync(dir, { recursive: true });
  // Whole or not at all: another process may read it now.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(unfinished, file);
  return secrets;
}
