import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './local.mjs';

/**
 * @typedef {object} Secrets
 * @property {string} hashSecret identity's; in older states it was the secret of all programs
 * @property {string} postgresPassword
 * @property {string} rabbitPassword
 * @property {string} erlangCookie
 * @property {Record<string, string>} sealKeys SEAL_KEYS of each program that seals what it stores
 * @property {Record<string, string>} serviceKeys SERVICE_KEY of each program
 */

/**
 * Secrets of a state folder, made once (hex, 24 random bytes each) and readable by its owner only. What an older state
 * lacks is added.
 * @param {string} dir
 * @returns {Secrets}
 */
export function secretsOf(dir) {
  const known = readJson(fileOf(dir)) ?? {};
  if (known.hashSecret) return known;
  const fresh = () => randomBytes(24).toString('hex');
  const { serviceSecret, ...others } = known;
  /** @type {Secrets} */
  const secrets = {
    hashSecret: serviceSecret ?? fresh(),
    postgresPassword: fresh(),
    rabbitPassword: fresh(),
    erlangCookie: fresh(),
    serviceKeys: {},
    ...others,
    sealKeys: {
      // What identity sealed before its keys had versions, it sealed under that secret.
      ...(serviceSecret && {
        identity: `${freshSealKey()},0:${Buffer.from(serviceSecret).toString('base64')}`,
      }),
      ...others.sealKeys,
    },
  };
  write(dir, secrets);
  return secrets;
}

/**
 * @param {string} dir
 * @param {string} program
 * @returns {string} its SEAL_KEYS
 */
export function sealKeysOf(dir, program) {
  const secrets = secretsOf(dir);
  const known = secrets.sealKeys[program];
  if (known) return known;
  const keys = freshSealKey();
  write(dir, { ...secrets, sealKeys: { ...secrets.sealKeys, [program]: keys } });
  return keys;
}

/**
 * The identity of a program among the others.
 * @param {string} dir
 * @param {string} program
 * @param {readonly string[]} all that know each other
 * @returns {{ SERVICE_KEY: string, SERVICE_PUBLIC_KEYS: string }}
 */
export function serviceKeysOf(dir, program, all) {
  const secrets = secretsOf(dir);
  const missing = all.filter((name) => !secrets.serviceKeys?.[name]);
  const serviceKeys = {
    ...secrets.serviceKeys,
    ...Object.fromEntries(missing.map((name) => [name, freshServiceKey()])),
  };
  if (missing.length > 0) write(dir, { ...secrets, serviceKeys });
  return {
    SERVICE_KEY: String(serviceKeys[program]),
    SERVICE_PUBLIC_KEYS: all.map((name) => `${name}:${publicKeyOf(String(serviceKeys[name]))}`).join(','),
  };
}

/** @returns {string} a new SERVICE_KEY: base64 of PKCS 8 DER */
export function freshServiceKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
}

/**
 * @param {string} serviceKey
 * @returns {string} base64 of SPKI DER
 */
export function publicKeyOf(serviceKey) {
  const privateKey = { key: Buffer.from(serviceKey, 'base64'), type: 'pkcs8', format: 'der' };
  return createPublicKey(/** @type {any} */ (privateKey))
    .export({ type: 'spki', format: 'der' })
    .toString('base64');
}

const freshSealKey = () => `1:${randomBytes(32).toString('base64')}`;

/** @param {string} dir */
const fileOf = (dir) => join(dir, 'secrets.json');

/**
 * Whole or not at all: another process may read it now.
 * @param {string} dir
 * @param {Secrets} secrets
 */
function write(dir, secrets) {
  mkdirSync(dir, { recursive: true });
  const unfinished = `${fileOf(dir)}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(unfinished, fileOf(dir));
}
