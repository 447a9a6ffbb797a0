// npm test: all suites on servers of their own, gone afterwards. Several runs and a running npm start do not meet:
// each run has its own state folder, ports, PostgreSQL and RabbitMQ.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, install, isBuilt, isInstalled } from '../lib/build.mjs';
import { ensureChromium } from '../lib/chromium.mjs';
import { abandon } from '../lib/leftovers.mjs';
import { LOCAL, ROOT, TEST_STATES, readJson, runCommand } from '../lib/local.mjs';
import { checkMachine } from '../lib/machine.mjs';
import { ensurePostgres, removePostgres } from '../lib/postgres.mjs';
import { markOf, readOwner, writeOwner } from '../lib/processes.mjs';
import { ensureRabbit, removeRabbit } from '../lib/rabbit.mjs';
import { step } from '../lib/steps.mjs';

// Jest's workers, more than this machine may have cores, since suites with servers mostly wait. Each worker has servers of
// its own. On a broker that the user named there is one worker, because suites share queues.
const WORKERS = process.env.TEST_RABBITMQ_URL ? 1 : 3;
// The fault tests take long: npm run test:faults.
const PROJECTS = ['--selectProjects', 'unit', 'integration', 'e2e'];
const SLOWEST = 10;
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const FAILURE_LOGS = join(LOCAL, 'failed-test-logs');

/** @typedef {{ passed: number, failed: number }} Counts */

/** @param {string[]} args given to Jest */
export function run(args) {
  return runCommand('npm test', async () => {
    checkMachine();
    const dir = join(TEST_STATES, randomBytes(4).toString('hex'));
    const stop = new AbortController();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => stop.abort());
    const stopped = new Promise((resolve) => stop.signal.addEventListener('abort', () => resolve(undefined)));
    /** @type {Counts | undefined} */
    let counts;
    try {
      counts = await Promise.race([testAll(dir, args, stop.signal), stopped]);
      if (!counts) return 130;
    } finally {
      if (!counts || counts.failed > 0) keepLogs(dir);
      await removeState(dir);
    }
    if (counts.failed > 0 && existsSync(FAILURE_LOGS))
      say(`Logs of the servers and programs: ${FAILURE_LOGS}`);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    return counts.failed === 0 ? 0 : 1;
  });
}

/**
 * @param {string} dir
 * @param {string[]} args
 * @param {AbortSignal} signal ends Jest
 * @returns {Promise<Counts>}
 */
async function testAll(dir, args, signal) {
  await removeEarlierStates();
  writeOwner(join(dir, 'run.json'));
  if (!isInstalled()) await step(say, 'installing packages', install);

  const jestArgs = args.includes('--selectProjects') ? args : [...PROJECTS, ...args];
  const files = filesOf(jestArgs);
  const withServers = files.filter((file) => file.startsWith('test/'));
  const workers = Math.min(WORKERS, withServers.length);
  const places = Array.from({ length: workers }, (_, index) => join(dir, `worker-${index + 1}`));
  // Fault tests run on a PostgreSQL as in production.
  const forTests = !files.some((file) => file.startsWith('test/faults/'));

  const chromium = files.some((file) => file.includes('.e2e-spec.'))
    ? await ensureChromium(dir, say)
    : undefined;
  const [servers] = await together([
    step(say, 'starting PostgreSQL and RabbitMQ for the tests', () =>
      together(places.map((place) => startServers(place, forTests))),
    ),
    isBuilt() ? undefined : step(say, 'building', build),
  ]);
  const env = {
    NODE_ENV: 'test',
    // One for each worker: test/support/servers-of-worker.ts.
    TEST_SERVERS: JSON.stringify(servers),
    ...(chromium && { TEST_CHROMIUM: chromium }),
  };
  return jest(dir, [`--maxWorkers=${Math.max(1, workers)}`, ...jestArgs], env, signal);
}

/**
 * The spec files that Jest would run.
 * @param {string[]} jestArgs
 * @returns {string[]} their paths, from the root; none where Jest refuses, which it says itself when it runs
 */
function filesOf(jestArgs) {
  const { stdout } = spawnSync(process.execPath, [JEST, '--listTests', ...jestArgs], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith(ROOT))
    .map((line) => relative(ROOT, line));
}

/**
 * All of it side by side; when one fails, the others have ended too, so that nothing is started behind the clearing up.
 * @template {readonly unknown[]} T
 * @param {T} work
 * @returns {Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>}
 */
async function together(work) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/**
 * @param {string} dir
 * @param {boolean} forTests
 * @returns {Promise<Record<string, string>>} what the tests find them by
 */
async function startServers(dir, forTests) {
  mkdirSync(dir, { recursive: true });
  const { TEST_DATABASE_URL: database, TEST_RABBITMQ_URL: broker } = process.env;
  const [postgres, rabbit] = await together([
    database ? undefined : ensurePostgres({ dir, forTests }),
    broker ? undefined : ensureRabbit({ dir, print: say }),
  ]);
  /** @param {string} server */
  const manage = (server) =>
    JSON.stringify([process.execPath, join(ROOT, 'deploy/local/servers.mjs'), dir, server]);
  return {
    TEST_STATE_DIR: dir,
    ...(postgres && { TEST_DATABASE_URL: postgres.url, TEST_POSTGRES_MANAGE: manage('postgres') }),
    ...(rabbit && { TEST_RABBITMQ_URL: rabbit.url, TEST_RABBITMQ_MANAGE: manage('rabbitmq') }),
  };
}

/**
 * @param {string} dir
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @param {AbortSignal} signal
 * @returns {Promise<Counts>} a suite that could not run counts as one failure
 */
async function jest(dir, args, env, signal) {
  const outputFile = join(dir, 'result.json');
  const startedAt = Date.now();
  const child = spawn(process.execPath, [JEST, '--json', `--outputFile=${outputFile}`, ...args], {
    cwd: ROOT,
    // Marked, since its workers outlive it when it is killed.
    env: { ...process.env, ...env, ...markOf(dir, 'jest') },
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
    killSignal: 'SIGKILL',
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  const result = readJson(outputFile);
  if (!result) return { passed: 0, failed: code === 0 ? 0 : 1 };
  sayTimes(result.testResults, Date.now() - startedAt);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  // Jest may fail for another reason, such as a coverage threshold.
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/**
 * @param {{ name: string, startTime: number, endTime: number }[]} suites
 * @param {number} allMs
 */
function sayTimes(suites, allMs) {
  say(`Took ${Math.floor(allMs / 60_000)} min ${Math.round((allMs % 60_000) / 1000)} s; the slowest files:`);
  const times = suites.map(({ name, startTime, endTime }) => ({
    name,
    seconds: (endTime - startTime) / 1000,
  }));
  for (const { name, seconds } of times.sort((a, b) => b.seconds - a.seconds).slice(0, SLOWEST))
    say(`${seconds.toFixed(1).padStart(7)} s  ${relative(ROOT, name)}`);
}

/** States that runs left which were killed. */
async function removeEarlierStates() {
  mkdirSync(TEST_STATES, { recursive: true });
  for (const entry of readdirSync(TEST_STATES)) {
    const earlier = join(TEST_STATES, entry);
    if (!readOwner(join(earlier, 'run.json'))) await removeState(earlier);
  }
}

/** @param {string} dir */
async function removeState(dir) {
  await Promise.all(
    placesOf(dir).map(async (place) => {
      await abandon(place);
      await removePostgres(place);
      removeRabbit(place);
    }),
  );
  rmSync(dir, { recursive: true, force: true });
}

/** @param {string} dir */
function keepLogs(dir) {
  rmSync(FAILURE_LOGS, { recursive: true, force: true });
  for (const place of placesOf(dir)) {
    if (!existsSync(join(place, 'logs'))) continue;
    cpSync(join(place, 'logs'), join(FAILURE_LOGS, relative(dir, place)), { recursive: true });
  }
}

/**
 * State folders of a run: its own, and one for each worker.
 * @param {string} dir
 */
function placesOf(dir) {
  if (!existsSync(dir)) return [dir];
  const workers = readdirSync(dir).filter((name) => name.startsWith('worker-'));
  return [dir, ...workers.map((name) => join(dir, name))];
}

/** @param {string} line */
function say(line) {
  console.error(line);
}
