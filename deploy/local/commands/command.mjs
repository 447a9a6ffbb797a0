// Runs a command of the build (npm run reconcile, ledger, dead-letters) beside a running npm start, with the environment
// of the program that it belongs to: the same database, broker and secrets, wherever these came from.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LOCAL, LocalError, ROOT, runCommand, sleep } from '../lib/local.mjs';
import { findOwn, readOwner } from '../lib/processes.mjs';
import { PROGRAMS } from '../../programs.mjs';
import { RABBIT_ADMINISTRATOR } from '../lib/rabbit.mjs';
import { secretsOf } from '../lib/secrets.mjs';

/** A program that has just crashed is back after so long. */
const WAIT_MS = 10_000;
const POLL_MS = 200;

/**
 * @param {string[]} args files of the build, relative to `dist`, run in turn, and what each is given; `apps/*` stands for all
 *   programs that have such a file
 * @param {{ dir?: string, dist?: string }} [where] state folder and build, by default those of `npm start`
 */
export function run(args, { dir = LOCAL, dist = join(ROOT, 'dist') } = {}) {
  return runCommand(`npm run ${process.env.npm_lifecycle_event ?? 'command'}`, async () => {
    const other = args.findIndex((arg) => !arg.endsWith('.js'));
    const named = other < 0 ? args : args.slice(0, other);
    const files = named.flatMap((file) => filesNamed(file, dist));
    if (files.length === 0 || files.some((file) => relative(dist, join(dist, file)).startsWith('..'))) {
      throw new LocalError('usage: node deploy/local/command.mjs <files below dist> [arguments]');
    }
    let code = 0;
    for (const file of files) {
      const path = join(dist, file);
      if (!existsSync(path)) throw new LocalError(`${file} is not built: run npm run build`);
      const env = await environmentFor(dir, programOf(dist, path));
      code = (await runInFront(path, args.slice(named.length), env)) || code;
    }
    return code;
  });
}

/**
 * @param {string} file
 * @param {string} dist
 * @returns {string[]}
 */
function filesNamed(file, dist) {
  if (!file.startsWith('apps/*/')) return [file];
  const files = PROGRAMS.map(({ name }) => file.replace('*', name)).filter((each) =>
    existsSync(join(dist, each)),
  );
  if (files.length === 0) throw new LocalError(`no program has ${file}: run npm run build`);
  return files;
}

/**
 * @param {string} dist
 * @param {string} path
 * @returns {string | undefined} the program whose command it is; undefined of a library's
 */
function programOf(dist, path) {
  const [folder, name] = relative(dist, path).split(sep);
  return folder === 'apps' ? name : undefined;
}

/**
 * @param {string} dir state folder
 * @param {string | undefined} program undefined: any
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
async function environmentFor(dir, program) {
  const names = program ? [program] : PROGRAMS.map(({ name }) => name);
  for (let waited = 0; ; waited += POLL_MS) {
    if (!readOwner(join(dir, 'run.json'))) throw new LocalError('Peyk does not run: start it with npm start');
    for (const { pid, name } of findOwn(dir)) {
      const env = names.includes(name) ? environmentOf(pid) : undefined;
      if (env) return program ? env : asAdministrator(dir, env);
    }
    if (waited >= WAIT_MS)
      throw new LocalError(
        `Peyk runs, but ${program ?? 'none of its programs'} ${program ? 'is not' : 'is'} up: see .local/logs`,
      );
    await sleep(POLL_MS);
  }
}

/**
 * A command of a library is about the queues of all programs, of which each program's user has its own only.
 * @param {string} dir state folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function asAdministrator(dir, env) {
  const url = new URL(String(env.RABBITMQ_URL));
  if (!PROGRAMS.some(({ name }) => name === url.username)) return env;
  url.username = RABBIT_ADMINISTRATOR;
  url.password = secretsOf(dir).rabbitPassword;
  return { ...env, RABBITMQ_URL: url.href };
}

/**
 * @param {number} pid
 * @returns {NodeJS.ProcessEnv | undefined} without the mark that makes a process one of the run; undefined when it has ended
 */
function environmentOf(pid) {
  try {
    const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
    const pairs = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
    const { PEYK_STATE_DIR: _dir, PEYK_PROCESS: _name, ...env } = Object.fromEntries(pairs);
    return env.RABBITMQ_URL ? env : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} path
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
function runInFront(path, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path, ...args], { env, stdio: 'inherit' });
    // Ctrl-C reaches it too: it ends, and then this.
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(name, () => child.kill(name));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
