// Where a RabbitMQ to run comes from: this machine's, or the distribution's packages unpacked into our own folder.
// Unpacking was chosen over `apt-get install`: it needs no root, and starts or changes nothing on the machine.
import { execFile, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LocalError, TOOLS } from './local.mjs';
import { runToEnd, withLock } from './processes.mjs';

const UPDATE_TIMEOUT_MS = 120_000;
const DOWNLOAD_TIMEOUT_MS = 150_000;
const UNPACK_TIMEOUT_MS = 60_000;
const DOCKER_TIMEOUT_MS = 4000;
const UNPACKED = join(TOOLS, 'rabbitmq');

/**
 * @typedef {object} RabbitBinaries
 * @property {'path' | 'docker' | 'unpacked'} way
 * @property {string} script the server's start script, or the docker client
 * @property {Record<string, string>} env what it needs beside our own settings
 */

/**
 * The first way that this machine offers. Downloads only in the last one.
 * @param {string} dir state folder, for logs
 * @param {import('./steps.mjs').Print} print
 * @returns {Promise<RabbitBinaries>}
 */
export async function findRabbit(dir, print) {
  const script = installedScript();
  if (script) return { way: 'path', script, env: {} };
  const way = rabbitWay();
  if (way === undefined) {
    throw new LocalError(
      'no RabbitMQ here: set RABBITMQ_URL to a broker of yours, or install rabbitmq-server, or start a Docker ' +
        'engine, or use a Debian-like system, whose packages are then unpacked into .local',
    );
  }
  const docker = onPath('docker');
  if (way === 'docker' && docker) return { way, script: docker, env: {} };
  if (way === 'to be unpacked')
    await withLock(UNPACKED, () => (existsSync(UNPACKED) ? Promise.resolve() : unpack(dir, UNPACKED, print)));
  return unpackedBinaries(UNPACKED);
}

/**
 * @returns {'installed' | 'unpacked' | 'docker' | 'to be unpacked' | undefined} how this machine runs RabbitMQ; the last one
 *   downloads the distribution's packages first
 */
export function rabbitWay() {
  if (installedScript()) return 'installed';
  if (existsSync(UNPACKED)) return 'unpacked';
  const docker = onPath('docker');
  if (docker && spawnSync(docker, ['version'], { stdio: 'ignore', timeout: DOCKER_TIMEOUT_MS }).status === 0)
    return 'docker';
  return onPath('apt-get') && onPath('dpkg-deb') ? 'to be unpacked' : undefined;
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function onPath(name) {
  // An ordinary user's PATH on Debian leaves the sbin folders out.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @returns {string | undefined} */
function installedScript() {
  const found = onPath('rabbitmq-server');
  if (!found || !onPath('erl')) return undefined;
  const script = realpathSync(found);
  // Debian's command is a wrapper that turns into the user rabbitmq and into /var/lib/rabbitmq; the real one is beside.
  if (!readFileSync(script, 'utf8').includes('su rabbitmq')) return script;
  const real = join(dirname(script), 'rabbitmq-server');
  return existsSync(real) ? realpathSync(real) : undefined;
}

/**
 * @param {string} dir
 * @param {string} target
 * @param {import('./steps.mjs').Print} print
 */
async function unpack(dir, target, print) {
  const work = `${target}.new`;
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs', 'root']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  const noPackages = join(work, 'no-packages');
  writeFileSync(noPackages, '');
  /** @param {string} status file with the packages that apt is to take as installed */
  const apt = (status) => [
    ...['-o', `Dir::State::lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`],
    ...['-o', `Dir::State::status=${status}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='],
    ...['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'],
  ];
  const common = {
    dir,
    cwd: join(work, 'debs'),
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
  };
  const hint = 'set RABBITMQ_URL to a broker of yours, install rabbitmq-server, or start a Docker engine';

  print('  .. RabbitMQ: none here; unpacking the distribution’s packages into .local (about 40 MB)');
  await runToEnd({
    ...common,
    name: 'apt-update',
    file: 'apt-get',
    args: [...apt('/var/lib/dpkg/status'), 'update'],
    timeoutMs: UPDATE_TIMEOUT_MS,
    failure: `cannot read the distribution's package lists; ${hint}`,
  });
  /** @param {string} status */
  const closure = async (status) => {
    const args = [
      ...apt(status),
      'install',
      '--print-uris',
      '-qq',
      '--no-install-recommends',
      'rabbitmq-server',
    ];
    const options = { env: common.env, timeout: UPDATE_TIMEOUT_MS };
    const { stdout } = await promisify(execFile)('apt-get', args, options).catch(() => ({ stdout: '' }));
    // Lines are 'address' file size checksum; the package's name ends at the first underscore of the file.
    return stdout.split('\n').flatMap((line) => /^'\S+' ([^_\s]+)_/.exec(line)?.[1] ?? []);
  };
  // Erlang and RabbitMQ whatever is installed; of the libraries below them only those that this machine lacks.
  const packages = new Set([
    ...(await closure(noPackages)).filter((name) => /^(rabbitmq-server|erlang-)/.test(name)),
    ...(await closure('/var/lib/dpkg/status')).filter((name) => /^lib/.test(name)),
  ]);
  if (!packages.has('rabbitmq-server')) {
    throw new LocalError(`the distribution's package lists have no rabbitmq-server; ${hint}`);
  }
  await runToEnd({
    ...common,
    name: 'apt-download',
    file: 'apt-get',
    args: [...apt('/var/lib/dpkg/status'), 'download', ...packages],
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    failure: `cannot download RabbitMQ's packages; ${hint}`,
  });
  await runToEnd({
    ...common,
    name: 'apt-unpack',
    file: '/bin/sh',
    args: ['-ec', 'for deb in *.deb; do dpkg-deb -x "$deb" "$1"; done', 'sh', join(work, 'root')],
    timeoutMs: UNPACK_TIMEOUT_MS,
    failure: "cannot unpack RabbitMQ's packages",
  });
  relocateErlang(join(work, 'root'), target);
  renameSync(join(work, 'root'), target);
  rmSync(work, { recursive: true, force: true });
}

/**
 * Debian's `erl` has /usr/lib/erlang written into it and would silently use an Erlang of the machine.
 * @param {string} root unpacked files
 * @param {string} target where they will be
 */
function relocateErlang(root, target) {
  const erlang = join(root, 'usr/lib/erlang');
  const folders = [
    'bin',
    ...readdirSync(erlang)
      .filter((entry) => entry.startsWith('erts-'))
      .map((entry) => `${entry}/bin`),
  ];
  for (const file of folders.flatMap((folder) => [
    join(erlang, folder, 'erl'),
    join(erlang, folder, 'start'),
  ])) {
    if (!existsSync(file)) continue;
    const script = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      script.replace(/ROOTDIR=\/usr\/lib\/erlang$/gm, `ROOTDIR="${target}/usr/lib/erlang"`),
    );
  }
}

/**
 * @param {string} root
 * @returns {RabbitBinaries}
 */
function unpackedBinaries(root) {
  const rabbit = join(root, 'usr/lib/rabbitmq/lib');
  const version = readdirSync(rabbit).find((entry) => entry.startsWith('rabbitmq_server-')) ?? '';
  const libraries = ['usr/lib', 'lib'].flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder))
          .filter((entry) => entry.includes('-linux-gnu'))
          .map((entry) => join(root, folder, entry))
      : [],
  );
  return {
    way: 'unpacked',
    script: join(rabbit, version, 'sbin', 'rabbitmq-server'),
    env: {
      PATH: `${join(root, 'usr/lib/erlang/bin')}${delimiter}${process.env.PATH}`,
      LD_LIBRARY_PATH: libraries.join(delimiter),
    },
  };
}
