// The programs of Peyk and what each is given: the one list of them for every local run.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError, ROOT } from './local.mjs';
import { loginUrl } from './logins.mjs';
import { claimPorts } from './ports.mjs';
import { createDatabases, databaseUrl } from './postgres.mjs';
import { logPath, runToEnd } from './processes.mjs';
import { secretsOf, sealKeysOf, serviceKeysOf } from './secrets.mjs';

/** @typedef {import('./postgres.mjs').Server} Server */

/**
 * @typedef {object} Program
 * @property {string} name folder below apps/
 * @property {string} [database] its own, and the login that alone may enter it; prefixed, since the server may be the user's
 * @property {string} [worksAs] role without login that its service works as
 * @property {true} [talks] to the others over RabbitMQ: it has keys of its own, and a user of its name
 * @property {string} [serves] first segment of the names of the contracts that it owns
 * @property {true} [seals] what it stores: it has SEAL_KEYS of its own
 * @property {number} drain turn in which it ends: first the door, then the services, last what they talk to
 */

/** @type {readonly Program[]} In the order in which demo data are seeded. */
export const PROGRAMS = [
  { name: 'identity', serves: 'identity', database: 'peyk_identity', talks: true, seals: true, drain: 2 },
  {
    name: 'billing',
    serves: 'billing',
    database: 'peyk_billing',
    worksAs: 'peyk_billing_service',
    talks: true,
    drain: 2,
  },
  { name: 'campaign-targeting', serves: 'targeting', database: 'peyk_targeting', talks: true, drain: 2 },
  { name: 'sms-gateway', serves: 'sms', database: 'peyk_sms', talks: true, seals: true, drain: 2 },
  { name: 'sms-dispatch-worker', serves: 'dispatch', talks: true, drain: 2 },
  { name: 'simulators', drain: 3 },
  { name: 'api-gateway', talks: true, drain: 1 },
];

const TALKING = PROGRAMS.filter(({ talks }) => talks).map(({ name }) => name);
const WORKER = 'sms-dispatch-worker';
const WORKERS_MAX = 16;
const MIGRATE_TIMEOUT_MS = 120_000;
const SEED_TIMEOUT_MS = 60_000;

/**
 * How Node runs a program. A small young generation: these programs make little garbage that lives, and ten of them
 * share a machine. The worker's bounds are small (its session's batches, 100,000 ids), so its heap may be too. Identity reads large files
 * of people: what lives of them is 30 MB, but without a bound garbage of 200 MB is left lying first.
 * @param {string} program
 * @returns {string[]}
 */
export function nodeArgsOf(program) {
  const heap =
    program === WORKER
      ? ['--max-old-space-size=96']
      : program === 'identity'
        ? ['--max-old-space-size=192']
        : [];
  return ['--max-semi-space-size=4', '--enable-source-maps', ...heap];
}

/**
 * What a run of the programs stands on.
 * @typedef {object} Setting
 * @property {string} dir absolute state folder
 * @property {Server} postgres
 * @property {Server} rabbit
 * @property {string} [dist] folder of the build, the clone's `dist` by default
 * @property {number} [httpPort] the gateway's; chosen and remembered by default
 * @property {Record<string, string>} [env] for every program, above the rest
 * @property {Record<string, string>} [databaseUrls] by database, with the logins that `migrate` found or made
 * @property {(line: string) => void} [print]
 */

/**
 * @typedef {object} Instance one process
 * @property {string} name the program's; of further workers with -2, -3, ...
 * @property {Program} program
 * @property {string} main
 * @property {NodeJS.ProcessEnv} env
 * @property {string} healthUrl answers 200 when it is ready
 */

/**
 * @param {string} dist
 * @param {string} program
 * @param {'main' | 'migrate' | 'seed'} entry
 */
function entryOf(dist, program, entry) {
  return join(dist, 'apps', program, 'src', `${entry}.js`);
}

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
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    ...(program.name === 'identity' && simulatedChannels(ports, setting.httpPort ?? ports.http)),
    ...(program.name === 'billing' && simulatedBanks(ports, setting.httpPort ?? ports.http)),
    ...inherited,
    // A broker that the user named has the users that it has.
    RABBITMQ_URL:
      setting.rabbit.own && program.talks ? loginUrl(setting.rabbit.url, program.name) : setting.rabbit.url,
    ...(program.talks && serviceKeysOf(setting.dir, program.name, TALKING)),
    ...(program.seals && { SEAL_KEYS: sealKeysOf(setting.dir, program.name) }),
    // It was the secret of all programs; what identity hashed with it stays searchable.
    ...(program.name === 'identity' && { HASH_SECRET: secretsOf(setting.dir).hashSecret }),
    SIM_SMPP_PORT: String(ports.smpp),
    SIM_HTTP_PORT: String(ports.simulator),
    SIM_BALE_PORT: String(ports.bale),
    SIM_SMTP_PORT: String(ports.smtp),
    SIM_MELLAT_PORT: String(ports.mellat),
    SIM_ZARINPAL_PORT: String(ports.zarinpal),
    ...(program.database && {
      DATABASE_URL:
        setting.databaseUrls?.[program.database] ?? databaseUrl(setting.postgres.url, program.database),
    }),
    ...(program.name === 'api-gateway' && {
      HOST: '127.0.0.1',
      PORT: String(setting.httpPort ?? ports.http),
    }),
    ...setting.env,
  };
}

/**
 * Codes go to the simulated Bale, operator and mailbox, unless the user's environment names others.
 * @param {Record<string, number>} ports
 * @param {number | undefined} httpPort the gateway's
 * @returns {NodeJS.ProcessEnv}
 */
function simulatedChannels(ports, httpPort) {
  const bale = `http://127.0.0.1:${ports.bale}`;
  return {
    PUBLIC_URL: `http://127.0.0.1:${httpPort}`,
    CODES_BY_SMS: 'true',
    BALE_API_URL: bale,
    BALE_BOT_TOKEN: '1:peyk-sim',
    SAFIR_URL: bale,
    SAFIR_CLIENT_ID: 'peyk',
    SAFIR_CLIENT_SECRET: 'peyk-sim',
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  };
}

/**
 * Payments go to the simulated banks, unless the user's environment names others.
 * @param {Record<string, number>} ports
 * @param {number | undefined} httpPort the gateway's
 * @returns {NodeJS.ProcessEnv}
 */
function simulatedBanks(ports, httpPort) {
  const mellat = `http://127.0.0.1:${ports.mellat}/pgwchannel`;
  return {
    PUBLIC_URL: `http://127.0.0.1:${httpPort}`,
    MELLAT_WSDL_URL: `${mellat}/services/pgw?wsdl`,
    MELLAT_START_URL: `${mellat}/startpay.mellat`,
    MELLAT_TERMINAL_ID: '1234567',
    MELLAT_USER: 'peyk',
    MELLAT_PASSWORD: 'peyk-sim',
    ZARINPAL_URL: `http://127.0.0.1:${ports.zarinpal}`,
    ZARINPAL_MERCHANT_ID: '00000000-0000-4000-8000-000000000001',
  };
}

/**
 * Ports that are the same in seeds and programs: the demo operator's link names the simulator's.
 * @param {Setting} setting
 * @param {string[]} healthNames
 */
async function portsOf(setting, healthNames) {
  return claimPorts(setting.dir, [
    'http',
    'smpp',
    'simulator',
    'bale',
    'smtp',
    'mellat',
    'zarinpal',
    ...healthNames,
  ]);
}

/**
 * The processes to run. Call it while none of them runs: it chooses their ports.
 * @param {Setting} setting
 * @param {{ names?: string[], workers?: number }} [options] names: only these programs
 * @returns {Promise<Instance[]>} without the programs that are not built
 */
export async function instancesOf(setting, { names, workers = 1 } = {}) {
  const dist = setting.dist ?? join(ROOT, 'dist');
  const programs = PROGRAMS.filter(
    ({ name }) => (!names || names.includes(name)) && existsSync(entryOf(dist, name, 'main')),
  );
  const named = programs.flatMap((program) => {
    const count = program.name === WORKER ? workers : 1;
    return Array.from({ length: count }, (_, index) => ({
      program,
      name: index === 0 ? program.name : `${program.name}-${index + 1}`,
    }));
  });
  const healthNames = named.map(({ name }) => `health:${name}`);
  const ports = await portsOf(setting, healthNames);
  return named.map(({ program, name }) => {
    const healthPort = ports[`health:${name}`];
    // The simulator is no Nest program: its HTTP face says that it is up.
    const isSimulator = program.name === 'simulators';
    return {
      name,
      program,
      main: entryOf(dist, program.name, 'main'),
      env: { ...environmentOf(setting, program, ports), HEALTH_PORT: String(healthPort) },
      healthUrl: isSimulator
        ? `http://127.0.0.1:${ports.simulator}/health`
        : `http://127.0.0.1:${healthPort}/health/ready`,
    };
  });
}

/**
 * Creates each program's database and login where they are missing and brings it to the newest schema, all at once.
 * @param {Setting} setting is told with which URLs
 */
export async function migrate(setting) {
  const dist = setting.dist ?? join(ROOT, 'dist');
  const owners = PROGRAMS.filter(
    ({ name, database }) => database && existsSync(entryOf(dist, name, 'migrate')),
  );
  setting.databaseUrls = await createDatabases(
    setting.postgres.url,
    PROGRAMS.flatMap(({ database, worksAs }) => (database ? [{ database, worksAs }] : [])),
    {
      own: setting.postgres.own,
      secret: decodeURIComponent(new URL(setting.postgres.url).password) || secretsOf(setting.dir).hashSecret,
      print: setting.print,
    },
  );
  const ports = await portsOf(setting, []);
  await Promise.all(
    owners.map((program) =>
      runToEnd({
        dir: setting.dir,
        name: `${program.name}.migrate`,
        file: process.execPath,
        args: [entryOf(dist, program.name, 'migrate')],
        cwd: ROOT,
        env: environmentOf(setting, program, ports),
        timeoutMs: MIGRATE_TIMEOUT_MS,
        failure: `migrating the database of ${program.name} failed`,
      }),
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
  const dist = setting.dist ?? join(ROOT, 'dist');
  const ports = await portsOf(setting, []);
  /** @type {string[]} */
  const lines = [];
  for (const program of PROGRAMS.filter(({ name }) => existsSync(entryOf(dist, name, 'seed')))) {
    const name = `${program.name}.seed`;
    await runToEnd({
      dir: setting.dir,
      name,
      file: process.execPath,
      args: [entryOf(dist, program.name, 'seed')],
      cwd: ROOT,
      env: environmentOf(setting, program, ports),
      timeoutMs: SEED_TIMEOUT_MS,
      failure: `seeding the demo data of ${program.name} failed`,
    });
    const output = readFileSync(logPath(setting.dir, name), 'utf8').split('\n');
    lines.push(
      ...output.filter((line) => line.startsWith('demo: ')).map((line) => line.slice('demo: '.length)),
    );
  }
  return lines;
}
