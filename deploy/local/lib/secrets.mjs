import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './local.mjs';

/** @typedef {{ serviceSecret: string, postgresPassword: string, rabbitPassword: string, erlangCookie: string }} Secrets */

/**
 * Secrets of a state folder, made once (hex, 24 random bytes each) and readable by its owner only.
 * @param {string} dir
 * @returns {Secrets}
 */
export function secretsOf(dir) {
  const file = join(dir, 'secrets.json');
  const known = readJson(file);
  if (known) return known;
  const fresh = () => randomBytes(24).toString('hex');
  const secrets = {
    serviceSecret: fresh(),
    postgresPassword: fresh(),
    rabbitPassword: fresh(),
    erlangCookie: fresh(),
  };
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
