// Loopback ports of a state folder: chosen once, remembered in ports.json, replaced when a stranger has taken one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { LOCAL, LocalError, readJson, shortHash } from './local.mjs';

/** All are below 32768, where Linux takes ports for outgoing connections from: one of those could hold ours. */
const MAIN_FIRST_PORT = 17430;
const SCRATCH_FIRST_PORT = 20_000;
const SCRATCH_PORTS = 11_000;
const TRIES_MAX = 500;

/** @type {Promise<unknown>} */
let claims = Promise.resolve();

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * Gives each name a free port, the remembered one where it is still free.
 * @template {string} Name
 * @param {string} dir state folder
 * @param {readonly Name[]} names
 * @returns {Promise<Record<Name, number>>}
 */
export function claimPorts(dir, names) {
  const claim = claims.then(async () => {
    const file = join(dir, 'ports.json');
    /** @type {Record<string, number>} */
    const ports = readJson(file) ?? {};
    let next =
      dir === LOCAL ? MAIN_FIRST_PORT : SCRATCH_FIRST_PORT + (parseInt(shortHash(dir), 16) % SCRATCH_PORTS);
    const last = next + TRIES_MAX;
    for (const name of names) {
      const remembered = ports[name];
      if (remembered !== undefined && (await isFree(remembered))) continue;
      delete ports[name];
      while (Object.values(ports).includes(next) || !(await isFree(next))) {
        next += 1;
        if (next > last)
          throw new LocalError(`no free port on 127.0.0.1 from ${last - TRIES_MAX} to ${last}`);
      }
      ports[name] = next;
    }
    mkdirSync(dir, { recursive: true });
    writeFileSync(file, JSON.stringify(ports, null, 2));
    return /** @type {Record<Name, number>} */ (ports);
  });
  claims = claim.catch(() => undefined);
  return claim;
}

/**
 * A port that the user may set and everybody may know: refused, not replaced, when it is taken.
 * @param {string} variable environment variable that sets it
 * @param {number} byDefault
 * @returns {Promise<number>}
 */
export async function fixedPort(variable, byDefault) {
  const text = process.env[variable];
  const port = text === undefined ? byDefault : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LocalError(`${variable} must be a port from 1 to 65535, not "${text}"`);
  }
  if (!(await isFree(port))) {
    throw new LocalError(`port ${port} on 127.0.0.1 is taken or not allowed; set ${variable} to another one`);
  }
  return port;
}
