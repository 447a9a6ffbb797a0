// RabbitMQ of a state folder: its own node, data, ports, cookie and user, all on loopback.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { LocalError, ROOT, readJson, shortHash, sleep, tailOf } from './local.mjs';
import { claimPorts } from './ports.mjs';
import { endAll, findOwn, launch, logPath, signal, waitGone } from './processes.mjs';
import { loginPassword } from './logins.mjs';
import { findRabbit } from './rabbit-binaries.mjs';
import { secretsOf } from './secrets.mjs';

export const RABBIT_ADMINISTRATOR = 'peyk';
const VHOST = 'peyk';
const IMAGE = 'rabbitmq:4';
const READY_TIMEOUT_MS = 60_000;
/** The first `docker run` pulls the image. */
const DOCKER_READY_TIMEOUT_MS = 170_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** @typedef {import('./postgres.mjs').Server} Server */

/**
 * Starts the RabbitMQ of a state folder, on the ports it had before where those are free.
 * @param {{ dir: string, print?: import('./steps.mjs').Print }} options `dir`: absolute state folder
 * @returns {Promise<Server & { way: string }>}
 */
export async function ensureRabbit({ dir, print = () => undefined }) {
  const binaries = await findRabbit(dir, print);
  /** @type {number} */
  let port = readJson(join(dir, 'ports.json'))?.amqp;
  const isRunning = () => serversOf(dir).length > 0;

  const start = async () => {
    // One that an earlier version started lacks queues and users of this one.
    if (isRunning() && hasDefinitions(dir) && (await answersAmqp(port))) return;
    await stopRabbit(dir);
    const ports = await claimPorts(dir, ['amqp', 'erlang', 'epmd']);
    port = ports.amqp;
    const child =
      binaries.way === 'docker' ? launchDocker(dir, binaries, ports) : launchNode(dir, binaries, ports);
    const timeoutMs = binaries.way === 'docker' ? DOCKER_READY_TIMEOUT_MS : READY_TIMEOUT_MS;
    const startedAt = Date.now();
    while (!(await answersAmqp(port))) {
      const ended = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
      if (ended || Date.now() - startedAt > timeoutMs) {
        await killRabbit(dir);
        const log = logPath(dir, 'rabbitmq');
        throw new LocalError(`RabbitMQ did not start, see ${log}\n${tailOf(log, 5)}`);
      }
      await sleep(POLL_MS);
    }
  };

  await start();
  return {
    name: 'rabbitmq',
    own: true,
    way: binaries.way,
    url: `amqp://${RABBIT_ADMINISTRATOR}:${secretsOf(dir).rabbitPassword}@127.0.0.1:${port}/${VHOST}`,
    start,
    isRunning,
    stop: () => stopRabbit(dir),
    kill: () => killRabbit(dir),
  };
}

/**
 * The broker that the user named; our own is run where none is named.
 * @param {string} url with user, password and vhost
 * @returns {Promise<Server & { way: string }>}
 */
export async function foreignRabbit(url) {
  const { hostname, port, protocol } = new URL(url);
  // Under TLS the greeting comes after a handshake that is the client library's business.
  if (protocol === 'amqp:' && !(await answersAmqp(Number(port || 5672), hostname))) {
    throw new LocalError(`RABBITMQ_URL is set but no AMQP broker answers at ${hostname}:${port || 5672}`);
  }
  const nothing = () => Promise.resolve();
  const server = { start: nothing, isRunning: () => true, stop: nothing, kill: nothing };
  return { name: 'rabbitmq', own: false, way: 'RABBITMQ_URL', url, ...server };
}

/**
 * Ends the RabbitMQ of a state folder with all that belongs to it, if it runs.
 * @param {string} dir state folder
 */
export async function stopRabbit(dir) {
  await endAll(serversOf(dir), STOP_TIMEOUT_MS);
  // The start script, Erlang's helpers and epmd, which outlives its node by design.
  await endAll(findOwn(dir, 'rabbitmq'), 1000);
}

/**
 * Forgets the data of a state folder whose server is stopped.
 * @param {string} dir state folder
 */
export function removeRabbit(dir) {
  const folder = folderOf(dir);
  if (existsSync(join(folder, 'docker'))) {
    spawnSync('docker', ['rm', '-f', containerOf(dir)], { stdio: 'ignore' });
    spawnSync('docker', ['volume', 'rm', '-f', containerOf(dir)], { stdio: 'ignore' });
  }
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Ends it as a crash would.
 * @param {string} dir state folder
 */
export async function killRabbit(dir) {
  const servers = serversOf(dir);
  if (existsSync(join(folderOf(dir), 'docker'))) {
    spawnSync('docker', ['kill', containerOf(dir)], { stdio: 'ignore' });
  }
  for (const { pid } of servers) signal(pid, 'SIGKILL');
  await waitGone(
    servers.map(({ pid }) => pid),
    STOP_TIMEOUT_MS,
  );
}

/**
 * @param {string} dir
 * @returns {import('./processes.mjs').OwnProcess[]} the Erlang machine, or the docker client that is attached to it
 */
function serversOf(dir) {
  return findOwn(dir, 'rabbitmq').filter(({ argv }) =>
    /^(beam(\.smp)?|docker)$/.test(basename(argv[0] ?? '')),
  );
}

/** @param {string} dir */
const folderOf = (dir) => join(dir, 'rabbitmq');

/** @param {string} dir */
const containerOf = (dir) => `peyk-${shortHash(dir)}-rabbitmq`;

/**
 * @param {string} dir
 * @param {import('./rabbit-binaries.mjs').RabbitBinaries} binaries
 * @param {{ amqp: number, erlang: number, epmd: number }} ports
 */
function launchNode(dir, binaries, ports) {
  const folder = folderOf(dir);
  mkdirSync(join(folder, 'conf.d'), { recursive: true });
  const cookie = join(folder, '.erlang.cookie');
  rmSync(cookie, { force: true });
  writeFileSync(cookie, secretsOf(dir).erlangCookie, { mode: 0o400 });
  const config = join(folder, 'rabbitmq.conf');
  writeFileSync(
    config,
    [
      `listeners.tcp.1 = 127.0.0.1:${ports.amqp}`,
      `load_definitions = ${writeDefinitions(dir)}`,
      'vm_memory_high_watermark.absolute = 1GB',
      'disk_free_limit.absolute = 200MB',
      '',
    ].join('\n'),
  );
  chmodSync(config, 0o600);
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  writeFileSync(join(folder, 'env.conf'), '');
  return launch({
    dir,
    name: 'rabbitmq',
    file: '/bin/sh',
    args: [binaries.script],
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...binaries.env,
      HOME: folder,
      ...leanHome(folder, binaries.script),
      // A name with an address: a bare machine may not even resolve "localhost".
      RABBITMQ_USE_LONGNAME: 'true',
      RABBITMQ_NODENAME: 'peyk@127.0.0.1',
      RABBITMQ_DIST_PORT: String(ports.erlang),
      ERL_EPMD_PORT: String(ports.epmd),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      // Schedulers that spin while idle would take the cores from everything else on the machine.
      RABBITMQ_SCHEDULER_BUSY_WAIT_THRESHOLD: 'none',
      // Every file that the scripts would otherwise take from /etc, /var/lib or /var/log.
      RABBITMQ_CONF_ENV_FILE: join(folder, 'env.conf'),
      RABBITMQ_CONFIG_FILE: config,
      RABBITMQ_CONFIG_FILES: join(folder, 'conf.d'),
      RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_GENERATED_CONFIG_DIR: join(folder, 'generated'),
      RABBITMQ_MNESIA_BASE: join(folder, 'data'),
      RABBITMQ_LOG_BASE: join(dir, 'logs'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_PID_FILE: join(folder, 'pid'),
    },
  });
}

/**
 * A home of RabbitMQ without its 40 plugins. Erlang looks for each of some 800 modules in every folder of its code
 * path: with the plugins that is 50,000 failed opens and 8.3 s of processor time a start, without them 3.7 s.
 * @param {string} folder
 * @param {string} script
 * @returns {Record<string, string>} nothing where the installation is laid out otherwise
 */
function leanHome(folder, script) {
  const installed = join(dirname(script), '..');
  if (!existsSync(join(installed, 'sbin', 'rabbitmq-defaults')) || !existsSync(join(installed, 'plugins')))
    return {};
  const home = join(folder, 'home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(join(home, 'plugins'), { recursive: true });
  symlinkSync(join(installed, 'sbin'), join(home, 'sbin'));
  for (const entry of readdirSync(join(installed, 'plugins'))) {
    if (/^rabbitmq_(?!prelaunch)/.test(entry)) continue;
    symlinkSync(join(installed, 'plugins', entry), join(home, 'plugins', entry));
  }
  return { RABBITMQ_SCRIPTS_DIR: join(home, 'sbin') };
}

/**
 * What every installation begins with, and the users of this one: an administrator, and one of each program.
 * @param {string} dir
 * @returns {string} the file; passwords are in it as hashes only
 */
function writeDefinitions(dir) {
  const file = join(folderOf(dir), 'definitions.json');
  // The container's user reads it too.
  writeFileSync(file, definitionsOf(dir), { mode: 0o644 });
  return file;
}

/**
 * @param {string} dir
 * @returns {boolean} whether it was started with those of this version
 */
function hasDefinitions(dir) {
  const file = join(folderOf(dir), 'definitions.json');
  return existsSync(file) && readFileSync(file, 'utf8') === definitionsOf(dir);
}

/**
 * @param {string} dir
 * @returns {string} the same each time
 */
function definitionsOf(dir) {
  const definitions = JSON.parse(readFileSync(join(ROOT, 'deploy/docker/rabbitmq-definitions.json'), 'utf8'));
  const { rabbitPassword } = secretsOf(dir);
  const all = { user: RABBIT_ADMINISTRATOR, vhost: VHOST, configure: '.*', write: '.*', read: '.*' };
  /** @type {string[]} */
  const programs = definitions.permissions.map((/** @type {{ user: string }} */ { user }) => user);
  const users = [
    userOf(RABBIT_ADMINISTRATOR, rabbitPassword, ['administrator']),
    ...programs.map((name) => userOf(name, loginPassword(rabbitPassword, name), [])),
  ];
  return JSON.stringify({ ...definitions, users, permissions: [all, ...definitions.permissions] });
}

/**
 * @param {string} name
 * @param {string} password
 * @param {string[]} tags
 */
function userOf(name, password, tags) {
  // Of a random password, so a salt adds nothing: one that stays the same lets definitions be compared.
  const salt = createHash('sha256').update(`${name} ${password}`).digest().subarray(0, 4);
  const hash = createHash('sha256').update(salt).update(password).digest();
  const hashing = { hashing_algorithm: 'rabbit_password_hashing_sha256' };
  return { name, password_hash: Buffer.concat([salt, hash]).toString('base64'), ...hashing, tags };
}

/**
 * Attached, not detached: the client lives as long as the container does and hands SIGTERM on to it.
 * @param {string} dir
 * @param {import('./rabbit-binaries.mjs').RabbitBinaries} binaries
 * @param {{ amqp: number }} ports
 */
function launchDocker(dir, binaries, ports) {
  const folder = folderOf(dir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'docker'), containerOf(dir));
  const config = join(folder, 'docker.conf');
  writeFileSync(
    config,
    [
      'vm_memory_high_watermark.absolute = 1GB',
      'disk_free_limit.absolute = 200MB',
      'load_definitions = /etc/rabbitmq/peyk.json',
      '',
    ].join('\n'),
    { mode: 0o644 },
  );
  spawnSync(binaries.script, ['rm', '-f', containerOf(dir)], { stdio: 'ignore' });
  return launch({
    dir,
    name: 'rabbitmq',
    file: binaries.script,
    args: [
      ...[
        'run',
        '--rm',
        '--name',
        containerOf(dir),
        '--hostname',
        'peyk',
        '-p',
        `127.0.0.1:${ports.amqp}:5672`,
      ],
      ...[
        '-v',
        `${containerOf(dir)}:/var/lib/rabbitmq`,
        '-v',
        `${config}:/etc/rabbitmq/conf.d/20-peyk.conf:ro`,
        '-v',
        `${writeDefinitions(dir)}:/etc/rabbitmq/peyk.json:ro`,
        IMAGE,
      ],
    ],
    env: process.env,
  });
}

/**
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>} whether a broker greets an AMQP 0-9-1 client there
 */
function answersAmqp(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 3000 }, () => socket.write('AMQP\0\0\x09\x01', 'latin1'));
    /** @param {boolean} answer */
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    // The first octet of connection.start, a method frame, is 1; a version it does not speak is answered by 'A'.
    socket.once('data', (data) => settle(data[0] === 1));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
    socket.once('close', () => resolve(false));
  });
}
