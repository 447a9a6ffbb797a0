// Which processes are ours. Everything started here carries the state folder and its own name in its environment, so
// that a later run finds what an earlier one left (also after kill -9 of the supervisor, also grandchildren such as
// Erlang's epmd), and can never mistake a stranger with a reused pid for ours.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { LocalError, readJson, shortHash, sleep, tailOf } from './local.mjs';

const POLL_MS = 50;

/** @typedef {{ pid: number, name: string, argv: string[] }} OwnProcess */

/**
 * @param {string} dir state folder
 * @param {string} name
 * @returns {{ PEYK_STATE_DIR: string, PEYK_PROCESS: string }}
 */
export function markOf(dir, name) {
  return { PEYK_STATE_DIR: dir, PEYK_PROCESS: name };
}

/**
 * @param {number | string} pid
 * @returns {{ state: string, startTicks: string } | undefined} undefined where there is no such process
 */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command name is in brackets and may hold spaces and brackets itself: fields start after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/**
 * @param {number | string} pid
 * @returns {boolean} false also for a zombie: in a container nobody may ever reap it
 */
export function isAlive(pid) {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/**
 * All live processes of a state folder but PostgreSQL's, which rewrite their own environment (see postgres.mjs).
 * @param {string} dir
 * @param {string} [name] only processes of this name
 * @returns {OwnProcess[]}
 */
export function findOwn(dir, name) {
  /** @type {OwnProcess[]} */
  const own = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0');
      if (!environment.includes(`PEYK_STATE_DIR=${dir}`)) continue;
      const mark = environment.find((line) => line.startsWith('PEYK_PROCESS='));
      const found = mark?.slice('PEYK_PROCESS='.length) ?? '';
      if (found === 'postgres' || (name !== undefined && found !== name) || !isAlive(entry)) continue;
      const argv = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0').slice(0, -1);
      own.push({ pid: Number(entry), name: found, argv });
    } catch {
      // Another user's process, or one that has just ended.
    }
  }
  return own;
}

/**
 * @param {number} pid a negative one means a process group
 * @param {NodeJS.Signals} signal
 */
export function signal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

/**
 * @param {number[]} pids
 * @param {number} timeoutMs
 * @returns {Promise<boolean>} false where one of them is still there after the time
 */
export async function waitGone(pids, timeoutMs) {
  for (let waited = 0; pids.some(isAlive); waited += POLL_MS) {
    if (waited >= timeoutMs) return false;
    await sleep(POLL_MS);
  }
  return true;
}

/**
 * Ends processes: the gentle signal, then SIGKILL for what is left after `graceMs`.
 * @param {OwnProcess[]} processes
 * @param {number} graceMs
 */
export async function endAll(processes, graceMs) {
  const pids = processes.map((own) => own.pid);
  for (const pid of pids) signal(pid, 'SIGTERM');
  if (await waitGone(pids, graceMs)) return;
  for (const pid of pids.filter(isAlive)) signal(pid, 'SIGKILL');
  await waitGone(pids, 5000);
}

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches the supervisor only, which ends
 * the rest in order. Output goes straight to the log file: it survives the supervisor and costs it nothing.
 * @param {object} what
 * @param {string} what.dir state folder
 * @param {string} what.name
 * @param {string} what.file
 * @param {string[]} what.args
 * @param {NodeJS.ProcessEnv} what.env
 * @param {string} [what.cwd]
 * @param {number} [what.uid]
 * @param {number} [what.gid]
 * @param {string} [what.log] name of the log, `name` by default
 * @returns {import('node:child_process').ChildProcess}
 */
export function launch({ dir, name, file, args, env, cwd, uid, gid, log = name }) {
  const path = logPath(dir, log);
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, 'a');
  try {
    const child = spawn(file, args, {
      env: { ...env, ...markOf(dir, name) },
      cwd,
      uid,
      gid,
      detached: true,
      stdio: ['ignore', fd, fd],
    });
    // Without a listener a failed spawn would end the supervisor; the exit is seen by the one who waits for it.
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(fd);
  }
}

/**
 * @param {string} dir
 * @param {string} name
 */
export function logPath(dir, name) {
  return join(dir, 'logs', `${name}.log`);
}

/**
 * Runs a command to its end, its output into a log of the state folder.
 * @param {Parameters<typeof launch>[0] & { timeoutMs: number, failure: string }} what
 * @returns {Promise<void>} refused with `failure` and the log's last lines
 */
export async function runToEnd(what) {
  const log = logPath(what.dir, what.log ?? what.name);
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  const child = launch(what);
  const endAtOnce = () => {
    if (child.pid) signal(-child.pid, 'SIGKILL');
  };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endAtOnce();
  }, what.timeoutMs);
  // It is in a session of its own: Ctrl-C in the terminal would leave it behind.
  process.once('exit', endAtOnce);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (status, by) => resolve(status ?? by));
  });
  clearTimeout(timer);
  process.off('exit', endAtOnce);
  if (code === 0) return;
  const why = late ? `took over ${what.timeoutMs / 1000} s` : `ended with ${code}`;
  throw new LocalError(`${what.failure} (${why}), see ${log}\n${tailOf(log, 15)}`);
}

/**
 * Takes a lock that the kernel gives back when this process ends, however it ends: an abstract socket.
 * @param {string} name
 * @returns {Promise<(() => void) | undefined>} gives it back; undefined where another process has it
 */
export function tryLock(name) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(`\0peyk-${shortHash(name)}`, () => {
      server.unref();
      resolve(() => void server.close());
    });
  });
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withLock(name, body) {
  const deadline = Date.now() + 300_000;
  let release = await tryLock(name);
  while (!release) {
    if (Date.now() > deadline) throw new LocalError(`another run has held "${name}" for 5 minutes`);
    await sleep(200);
    release = await tryLock(name);
  }
  try {
    return await body();
  } finally {
    release();
  }
}

const BOOT_ID = '/proc/sys/kernel/random/boot_id';

/** @returns {string} names this process among all that ever had its pid */
function ownIdentity() {
  return identityOf(process.pid) ?? '';
}

/** @param {number} pid */
function identityOf(pid) {
  const stat = statOf(pid);
  return stat && isAlive(pid) ? `${readFileSync(BOOT_ID, 'utf8').trim()}:${stat.startTicks}` : undefined;
}

/**
 * Says in a file who owns a state folder.
 * @param {string} file
 * @param {Record<string, unknown>} [facts]
 */
export function writeOwner(file, facts = {}) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: ownIdentity(), ...facts }, null, 2));
}

/**
 * @param {string} file
 * @returns {{ pid: number, [fact: string]: unknown } | undefined} undefined unless that very process still lives
 */
export function readOwner(file) {
  const owner = readJson(file);
  return owner && identityOf(owner.pid) === owner.identity ? owner : undefined;
}
