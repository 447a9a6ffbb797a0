// Runs the programs, each as a process of its own; brings back what crashes; ends all in order.
//
// Ours instead of `concurrently`, which was tried on paper against its source (9.2): its restart delay is fixed or
// doubles without a cap and never falls back after a healthy hour, a program that ends with 0 stays down, Ctrl-C has
// no second stage for a program that ignores it, programs all end at once instead of door first, and their output is
// piped, so that killing the supervisor breaks them. pm2 can do most of it and is AGPL. What is left is small.
import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { LocalError, ROOT, sleep, tailOf } from './local.mjs';
import { instancesOf } from './programs.mjs';
import { launch, logPath, signal } from './processes.mjs';

const RESTART_FIRST_MS = 500;
const RESTART_MAX_MS = 10_000;
/** A process that lived this long starts again at the first delay. */
const HEALTHY_AFTER_MS = 30_000;
const DRAIN_TIMEOUT_MS = 15_000;
const KILL_TIMEOUT_MS = 5000;
const HEALTH_POLL_MS = 100;
const HEALTH_REQUEST_TIMEOUT_MS = 2000;
const SERVER_POLL_MS = 1000;
const LOG_CHECK_MS = 60_000;
const LOG_BYTES_MAX = 50 * 1024 * 1024;

/** @typedef {import('./programs.mjs').Instance} Instance */
/** @typedef {import('./steps.mjs').Print} Print */

/**
 * The programs of one run.
 * @typedef {object} Running
 * @property {string[]} names
 * @property {string | undefined} url the gateway's, without a slash at its end
 * @property {string | undefined} arrivalsUrl the page of the simulators with the codes, texts, mails and payments of the demo
 * @property {(name: string) => number | undefined} pid of a program that is up now
 * @property {(name: string) => number} restarts how often it was brought back
 * @property {(name: string) => string} healthUrl
 * @property {(name: string, signal: NodeJS.Signals) => void} kill sends a signal; what ends is brought back
 * @property {(timeoutMs: number, names?: string[]) => Promise<void>} waitReady until all (or these) are ready
 * @property {() => Promise<void>} stop drains and ends all: SIGTERM, after 15 s SIGKILL
 * @property {() => void} killAll SIGKILL to all at once, brought back by nobody
 */

/**
 * Starts the programs of a state folder under supervision. They must have been built and their databases migrated.
 * @param {import('./programs.mjs').Setting & { names?: string[], workers?: number, print?: Print }} options
 * @returns {Promise<Running>} before they are ready: see `waitReady`
 */
export async function startPrograms({ names, workers, print = () => undefined, ...setting }) {
  const instances = await instancesOf(setting, { names, workers });
  const children = new Map(
    instances.map((instance) => [instance.name, new Supervised(setting.dir, instance, print)]),
  );
  for (const child of children.values()) child.start();
  const logs = setInterval(
    () => instances.forEach(({ name }) => limitLog(logPath(setting.dir, name))),
    LOG_CHECK_MS,
  );
  logs.unref();

  /** @param {string} name */
  const child = (name) => {
    const found = children.get(name);
    if (!found) throw new LocalError(`no program ${name} in this run`);
    return found;
  };
  const gateway = children.get('api-gateway');
  const simulators = children.get('simulators');

  return {
    names: [...children.keys()],
    url: gateway && `http://127.0.0.1:${gateway.instance.env.PORT}`,
    arrivalsUrl: simulators && `http://127.0.0.1:${simulators.instance.env.SIM_HTTP_PORT}/`,
    pid: (name) => child(name).pid,
    restarts: (name) => child(name).restarts,
    healthUrl: (name) => child(name).instance.healthUrl,
    kill: (name, by) => child(name).signal(by),
    waitReady: (timeoutMs, wanted = [...children.keys()]) =>
      waitReady(
        setting.dir,
        wanted.map((name) => child(name).instance),
        timeoutMs,
        print,
      ),
    stop: async () => {
      clearInterval(logs);
      const turns = [...new Set(instances.map(({ program }) => program.drain))].sort((a, b) => a - b);
      // Nobody is brought back from here on, also not in a later turn.
      for (const each of children.values()) each.retire();
      for (const turn of turns) {
        const leaving = [...children.values()].filter(({ instance }) => instance.program.drain === turn);
        await Promise.all(leaving.map((each) => each.stop()));
      }
    },
    killAll: () => {
      clearInterval(logs);
      for (const each of children.values()) {
        each.retire();
        each.signal('SIGKILL');
      }
    },
  };
}

/** One program: its process now, and the one after it. */
class Supervised {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {Promise<void>} */
  #gone = Promise.resolve();
  /** @type {NodeJS.Timeout | undefined} */
  #restart;
  #retired = false;
  #delayMs = RESTART_FIRST_MS;
  restarts = 0;

  /**
   * @param {string} dir
   * @param {Instance} instance
   * @param {Print} print
   */
  constructor(dir, instance, print) {
    this.dir = dir;
    this.instance = instance;
    this.print = print;
  }

  get pid() {
    return this.#child?.pid;
  }

  start() {
    const { name, args, env } = this.instance;
    const startedAt = Date.now();
    const child = launch({
      dir: this.dir,
      name,
      file: process.execPath,
      args,
      cwd: ROOT,
      env,
    });
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      /** @param {string} how */
      const onGone = (how) => {
        this.#child = undefined;
        resolve();
        if (this.#retired) return;
        if (Date.now() - startedAt > HEALTHY_AFTER_MS) this.#delayMs = RESTART_FIRST_MS;
        this.print(
          `  !! ${name} ended (${how}); again in ${this.#delayMs / 1000} s, see ${logPath(this.dir, name)}`,
        );
        this.#restart = setTimeout(() => {
          this.restarts += 1;
          this.start();
        }, this.#delayMs);
        this.#delayMs = Math.min(this.#delayMs * 2, RESTART_MAX_MS);
      };
      child.once('exit', (code, by) => onGone(by ?? `exit code ${code}`));
      child.once('error', (error) => child.pid === undefined && onGone(error.message));
    });
  }

  retire() {
    this.#retired = true;
    clearTimeout(this.#restart);
  }

  async stop() {
    this.retire();
    this.signal('SIGTERM');
    const late = setTimeout(() => {
      this.print(`  !! ${this.instance.name} did not end in ${DRAIN_TIMEOUT_MS / 1000} s: SIGKILL`);
      this.signal('SIGKILL');
    }, DRAIN_TIMEOUT_MS);
    const given = sleepUnref(DRAIN_TIMEOUT_MS + KILL_TIMEOUT_MS);
    await Promise.race([this.#gone, given]);
    clearTimeout(late);
  }

  /** @param {NodeJS.Signals} by */
  signal(by) {
    if (this.pid !== undefined) signal(this.pid, by);
  }
}

/**
 * @param {number} ms
 * @returns {Promise<void>}
 */
function sleepUnref(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/**
 * @param {string} dir
 * @param {Instance[]} instances
 * @param {number} timeoutMs
 * @param {Print} print
 */
async function waitReady(dir, instances, timeoutMs, print) {
  const startedAt = Date.now();
  let waiting = instances;
  let announced = Date.now();
  while (waiting.length > 0) {
    const ready = await Promise.all(waiting.map(({ healthUrl }) => answersOk(healthUrl)));
    waiting = waiting.filter((_, index) => !ready[index]);
    const first = waiting[0];
    if (!first) return;
    const names = waiting.map(({ name }) => name).join(', ');
    if (Date.now() - startedAt > timeoutMs) {
      const log = logPath(dir, first.name);
      throw new LocalError(`not ready after ${timeoutMs / 1000} s: ${names}; see ${log}\n${tailOf(log, 5)}`);
    }
    if (Date.now() - announced > 5000) {
      announced = Date.now();
      print(`  .. waiting for ${names}`);
    }
    await sleep(HEALTH_POLL_MS);
  }
}

/**
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export async function answersOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(HEALTH_REQUEST_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Starts a server of ours again whenever it is gone.
 * @param {import('./postgres.mjs').Server} server
 * @param {Print} print
 * @returns {() => Promise<void>} ends the watch, not the server; resolves when no start is under way
 */
export function watchServer(server, print) {
  let watching = server.own;
  const watch = async () => {
    let delayMs = RESTART_FIRST_MS;
    while (watching) {
      await sleep(SERVER_POLL_MS);
      if (!watching || server.isRunning()) continue;
      print(`  !! ${server.name} is gone; starting it again`);
      try {
        await server.start();
        print(`  ok ${server.name} is back`);
        delayMs = RESTART_FIRST_MS;
      } catch (error) {
        print(`  !! ${error instanceof Error ? error.message : String(error)}`);
        await sleep(delayMs);
        delayMs = Math.min(delayMs * 2, RESTART_MAX_MS);
      }
    }
  };
  const done = watch();
  return async () => {
    watching = false;
    await done;
  };
}

/**
 * Keeps a log and the one before it. The program appends, so that its next line starts the emptied file.
 * @param {string} log
 */
function limitLog(log) {
  try {
    if (statSync(log).size < LOG_BYTES_MAX) return;
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
  } catch {
    // Not there yet.
  }
}
