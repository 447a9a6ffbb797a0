// Starts the programs of deploy/programs.mjs on this machine: for npm start, tests and benches.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS, STORING_PROGRAMS, TALKING_PROGRAMS } from '../../programs.mjs';
import { LocalError, ROOT } from './local.mjs';
import { loginUrl } from './logins.mjs';
import { claimPorts } from './ports.mjs';
import { createDatabases, databaseUrl } from './postgres.mjs';
import { logPath, runToEnd } from './processes.mjs';
import { secretsOf, sealKeysOf, serviceKeysOf } from './secrets.mjs';

/** @typedef {import('./postgres.mjs').Server} Server */

/** @typedef {import('../../programs.mjs').Program} Program */

const WORKERS_MAX = 16;
const MIGRATE_TIMEOUT_MS = 120_000;
const SEED_TIMEOUT_MS = 60_000;

/** Ports that seeds and programs must agree about: the demo operator's link names the simulator's. */
const SHARED_PORTS = /** @type {const} */ ([
  'http',
  'smpp',
  'simulator',
  'bale',
  'smtp',
  'mellat',
  'zarinpal',
]);

/**
 * How Node runs a program. A small young generation: these programs make little garbage that lives, and ten of them
 * share a machine.
 * @param {Program} program
 * @returns {string[]}
 */
function nodeArgsOf({ heapMb }) {
  return [
    '--max-semi-space-size=4',
    '--enable-source-maps',
    ...(heapMb ? [`--max-old-space-size=${heapMb}`] : []),
  ];
}

/**
 * What a run of the programs stands on.
 * @typedef {object} Setting
 * @property {string} dir absolute state folder
 * @property {Pick<Server, 'url' | 'own'>} postgres
 * @property {Pick<Server, 'url' | 'own'>} rabbit own: it has a user for each program
 * @property {string} [dist] folder of the build, the clone's `dist` by default
 * @property {number} [httpPort] the gateway's; chosen and remembered by default
 * @property {Record<string, string>} [env] for every program, above the rest
 * @property {(database: string) => string} [nameDatabase] what a database is called on this server; its own name by default
 * @property {Record<string, string>} [databaseUrls] by database, with the logins that `migrate` found or made
 * @property {(names: readonly string[]) => Promise<Record<string, number>>} [claimPorts] gives each name a port, the same again
 *   where it has one; of the state folder by default
 * @property {string} [logFolder] below the state folder's logs
 * @property {readonly string[]} [nodeFlags] of Node, for every process: what the machine spends, never what a program does
 * @property {(line: string) => void} [print]
 */

/**
 * @typedef {object} Instance one process
 * @property {string} name the program's; of further workers with -2, -3, ...
 * @property {Program} program
 * @property {string[]} args of Node: its flags, and the program
 * @property {NodeJS.ProcessEnv} env
 * @property {string} healthUrl answers 200 when it is ready
 */

/**
 * How many workers `PEYK_WORKERS` asks for.
 * @returns {number} 1 by default
 */
export function workersWanted() {
  const workers = Number(process.env.PEYK_WORKERS ?? 1);
  if (!Number.isInteger(workers) || workers < 0 || workers > WORKERS_MAX) {
    throw new LocalError(`PEYK_WORKERS must be a whole number from 0 to ${WORKERS_MAX}`);
  }
  return workers;
}

/**
 * @param {Setting} setting
 * @param {Program} program
 * @param {Record<string, number>} ports
 * @returns {NodeJS.ProcessEnv}
 */
function environmentOf(setting, program, ports) {
  const { DATABASE_URL: _admin, PORT: _port, HOST: _host, ...inherited } = process.env;
  const { hashSecret } = secretsOf(setting.dir);
  /** @param {Readonly<Record<string, string>>} [settings] */
  const filled = (settings = {}) => fillIn(settings, { ...ports, hashSecret });
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    ...filled(program.localDefaults),
    ...inherited,
    // A broker that the user named has the users that it has.
    RABBITMQ_URL:
      setting.rabbit.own && program.talks ? loginUrl(setting.rabbit.url, program.name) : setting.rabbit.url,
    ...(program.talks &&
      serviceKeysOf(
        setting.dir,
        program.name,
        TALKING_PROGRAMS.map(({ name }) => name),
      )),
    ...(program.seals && { SEAL_KEYS: sealKeysOf(setting.dir, program.name) }),
    ...filled(program.localFixed),
    ...(program.database && {
      DATABASE_URL: setting.databaseUrls?.[program.database] ?? urlOfDatabase(setting, program.database),
    }),
    ...setting.env,
  };
}

/**
 * @param {Readonly<Record<string, string>>} settings with names in braces
 * @param {Readonly<Record<string, string | number>>} values by name
 * @returns {Record<string, string>}
 */
function fillIn(settings, values) {
  return Object.fromEntries(
    Object.entries(settings).map(([key, text]) => [
      key,
      text.replace(/\{(\w+)\}/g, (_all, name) => {
        const value = values[name];
        if (value === undefined)
          throw new Error(`deploy/programs.mjs: ${key} names {${name}}, which nothing is`);
        return String(value);
      }),
    ]),
  );
}

/**
 * @param {Setting} setting
 * @param {string} database
 * @returns {string} as the administrator
 */
function urlOfDatabase({ postgres, nameDatabase = (name) => name }, database) {
  return databaseUrl(postgres.url, nameDatabase(database));
}

/**
 * The processes to run. Call it while none of them runs: it chooses their ports.
 * @param {Setting} setting
 * @param {{ names?: readonly string[], workers?: number }} [options] names: only these programs
 * @returns {Promise<Instance[]>} without the programs that are not built
 */
export async function instancesOf(setting, { names, workers = 1 } = {}) {
  const programs = PROGRAMS.filter(
    ({ name }) => (!names || names.includes(name)) && existsSync(entryOf(setting, name, 'main')),
  );
  const named = programs.flatMap((program) =>
    Array.from({ length: program.scales ? workers : 1 }, (_, index) => ({
      program,
      name: index === 0 ? program.name : `${program.name}-${index + 1}`,
    })),
  );
  const ports = await portsOf(
    setting,
    named.map(({ name }) => `health:${name}`),
  );
  return named.map(({ program, name }) => {
    const healthPort = ports[`health:${name}`];
    return {
      name,
      program,
      args: [...nodeArgsOf(program), ...(setting.nodeFlags ?? []), entryOf(setting, program.name, 'main')],
      env: { ...environmentOf(setting, program, ports), HEALTH_PORT: String(healthPort) },
      // The simulators are no Nest program: their HTTP face says that they are up.
      healthUrl: program.talks
        ? `http://127.0.0.1:${healthPort}/health/ready`
        : `http://127.0.0.1:${ports.simulator}/health`,
    };
  });
}

/**
 * Environment of a command of a program (migrate, seed, ledger-verify, ...).
 * @param {Setting} setting
 * @param {string} name the program's
 */
export async function commandEnvironment(setting, name) {
  const program = PROGRAMS.find((each) => each.name === name);
  if (!program) throw new LocalError(`no program ${name} in deploy/programs.mjs`);
  return environmentOf(setting, program, await portsOf(setting));
}

/**
 * Creates each program's database and login where they are missing and brings it to the newest schema, all at once.
 * @param {Setting} setting gets the URLs with the logins
 */
export async function migrate(setting) {
  setting.databaseUrls = await createProgramDatabases(setting);
  await Promise.all(
    STORING_PROGRAMS.map(({ name }) =>
      runEntry(setting, name, 'migrate', MIGRATE_TIMEOUT_MS, `migrating the database of ${name} failed`),
    ),
  );
}

/**
 * @param {Setting} setting
 * @returns {Promise<Record<string, string>>} URL of each database, by the name it has in deploy/programs.mjs
 */
async function createProgramDatabases(setting) {
  const { postgres, nameDatabase = (name) => name } = setting;
  const wanted = STORING_PROGRAMS.flatMap(({ database, worksAs }) =>
    database ? [{ database: nameDatabase(database), worksAs }] : [],
  );
  const urls = await createDatabases(postgres.url, wanted, {
    own: postgres.own,
    secret: decodeURIComponent(new URL(postgres.url).password) || secretsOf(setting.dir).hashSecret,
    print: setting.print,
  });
  return Object.fromEntries(
    STORING_PROGRAMS.flatMap(({ database }) =>
      database ? [[database, String(urls[nameDatabase(database)])]] : [],
    ),
  );
}

/**
 * Puts the demo data in. A seed is safe to repeat; a line that it prints with `demo: ` before it is meant for the
 * person at the keyboard.
 * @param {Setting} setting
 * @returns {Promise<string[]>} those lines
 */
export async function seed(setting) {
  /** @type {string[]} */
  const lines = [];
  for (const { name } of PROGRAMS) {
    const log = await runEntry(
      setting,
      name,
      'seed',
      SEED_TIMEOUT_MS,
      `seeding the demo data of ${name} failed`,
    );
    const output = log ? readFileSync(log, 'utf8').split('\n') : [];
    lines.push(
      ...output.filter((line) => line.startsWith('demo: ')).map((line) => line.slice('demo: '.length)),
    );
  }
  return lines;
}

/**
 * Runs a command of a program to its end, where the program has it.
 * @param {Setting} setting
 * @param {string} name
 * @param {'migrate' | 'seed'} entry
 * @param {number} timeoutMs
 * @param {string} failure
 * @returns {Promise<string | undefined>} its log
 */
async function runEntry(setting, name, entry, timeoutMs, failure) {
  const file = entryOf(setting, name, entry);
  if (!existsSync(file)) return undefined;
  const log = join(setting.logFolder ?? '', `${name}.${entry}`);
  await runToEnd({
    dir: setting.dir,
    name: `${name}.${entry}`,
    log,
    file: process.execPath,
    args: [...(setting.nodeFlags ?? []), file],
    cwd: ROOT,
    env: await commandEnvironment(setting, name),
    timeoutMs,
    failure,
  });
  return logPath(setting.dir, log);
}

/**
 * @param {Setting} setting
 * @param {string} program
 * @param {string} entry
 */
export function entryOf({ dist = join(ROOT, 'dist') }, program, entry) {
  return join(dist, 'apps', program, 'src', `${entry}.js`);
}

/**
 * @param {Setting} setting
 * @param {readonly string[]} [healthNames]
 * @returns {Promise<Record<string, number>>} by name; `http` is the gateway's
 */
async function portsOf(setting, healthNames = []) {
  const claim = setting.claimPorts ?? ((names) => claimPorts(setting.dir, names));
  const ports = await claim([...SHARED_PORTS, ...healthNames]);
  return { ...ports, http: setting.httpPort ?? Number(ports.http) };
}
