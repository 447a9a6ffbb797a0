// npm test: all suites on servers of their own, gone afterwards. Several runs and a running npm start do not meet:
// each run has its own state folder, ports, PostgreSQL and RabbitMQ.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { setPriority } from 'node:os';
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

// Jest's workers, side by side, since suites with servers mostly wait. Each has servers of its own, and on these suites
// take turns, because they share queues. On a broker that the user named there is one worker.
const LANES = process.env.TEST_RABBITMQ_URL ? ['lane-1'] : ['lane-1', 'lane-2', 'lane-3'];
const IN_LANES = ['e2e', 'integration'];
// Unit tests need no server: they run beside the lanes, on the processor time that these leave.
const BESIDE = ['unit'];
const NICENESS_BESIDE = 5;
// Of Jest and its workers. Most of what a spec runs, it runs a few times: V8 optimises only what runs nine times as much
// as it asks for otherwise, which takes an eighth less of the processor.
const V8_FLAGS = ['--interrupt-budget=600000'];
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');
const FAILURE_LOGS = join(LOCAL, 'failed-test-logs');

/** @typedef {{ passed: number, failed: number }} Counts */

/** @type {Set<import('node:child_process').ChildProcess>} */
const jestProcesses = new Set();

/**
 * @param {string[]} args given to Jest; with `--selectProjects` among them it is one run of those projects
 */
export function run(args) {
  return runCommand('npm test', async () => {
    checkMachine();
    const dir = join(TEST_STATES, randomBytes(4).toString('hex'));
    const stopped = onSignal();
    /** @type {Counts} */
    let counts = { passed: 0, failed: 1 };
    try {
      const result = await Promise.race([testAll(dir, args), stopped]);
      if (result === undefined) {
        for (const child of jestProcesses) child.kill('SIGKILL');
        return 130;
      }
      counts = result;
    } finally {
      if (counts.failed > 0) keepLogs(dir);
      await removeState(dir);
    }
    if (counts.failed > 0 && existsSync(FAILURE_LOGS))
      say(`Logs of the servers and programs: ${FAILURE_LOGS}`);
    console.log(`${counts.passed} passed, ${counts.failed} failed`);
    return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
  });
}

/**
 * @param {string} dir
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function testAll(dir, args) {
  mkdirSync(TEST_STATES, { recursive: true });
  for (const entry of readdirSync(TEST_STATES)) {
    const earlier = join(TEST_STATES, entry);
    if (!readOwner(join(earlier, 'run.json'))) await removeState(earlier);
  }
  writeOwner(join(dir, 'run.json'));
  // In turn: what is chosen may be end-to-end or fault tests.
  const inTurn = args.includes('--selectProjects');
  const chosenSuites = inTurn || args.length === 0 || !isInstalled() ? undefined : suitesInLanes(args);
  const lanes = LANES.slice(0, chosenSuites?.length);
  // Suites of the panel are among the end-to-end ones.
  const needsBrowser = chosenSuites
    ? chosenSuites.some((suite) => suite.includes('.e2e-spec.'))
    : !inTurn || args.includes('e2e');
  const installing = isInstalled() ? Promise.resolve() : step(say, 'installing packages', install);
  const browsing = needsBrowser ? ensureChromium(dir, say) : Promise.resolve();
  const building = installing.then(() => (isBuilt() ? undefined : step(say, 'building', build)));
  const places = inTurn ? [dir] : lanes.map((lane) => join(dir, lane));
  const starting = step(say, 'starting PostgreSQL and RabbitMQ for the tests', () =>
    together(places.map((place) => startServers(place, { inLane: !inTurn, installing, browsing }))),
  );
  const [chromium, servers] = await together([browsing, starting, building]);
  if (chromium) process.env.TEST_CHROMIUM = chromium;
  if (inTurn) return jest(join(dir, 'result.json'), ['--runInBand', ...args], { dir, lanes: servers });
  // Of what is chosen by a path or a name, either may have nothing.
  const chosen = [...args, '--passWithNoTests'];
  const inLanes = ['--selectProjects', ...IN_LANES, `--maxWorkers=${Math.max(1, lanes.length)}`, ...chosen];
  const beside = ['--selectProjects', ...BESIDE, '--runInBand', ...chosen];
  const counts = await together([
    lanes.length === 0
      ? { passed: 0, failed: 0 }
      : jest(join(dir, 'lanes.json'), inLanes, { dir, lanes: servers }),
    jest(join(dir, 'beside.json'), beside, { dir, niceness: NICENESS_BESIDE }),
  ]);
  return counts.reduce((sum, each) => ({
    passed: sum.passed + each.passed,
    failed: sum.failed + each.failed,
  }));
}

/**
 * Suites with servers that Jest would run: there are no more lanes than these, and none for unit tests alone.
 * @param {string[]} args given to Jest
 * @returns {string[]} their files
 */
function suitesInLanes(args) {
  const jestArgs = [JEST, '--selectProjects', ...IN_LANES, '--listTests', '--passWithNoTests', ...args];
  const { stdout, status } = spawnSync(process.execPath, jestArgs, { cwd: ROOT, encoding: 'utf8' });
  // What Jest does not understand it says itself, when it runs.
  if (status !== 0) return LANES;
  return stdout.split('\n').filter((line) => line.startsWith(ROOT));
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
 * @param {object} when
 * @param {boolean} when.inLane what is chosen by hand, such as the long fault tests, runs on a server as in production
 * @param {Promise<void>} when.installing PostgreSQL is one of the packages
 * @param {Promise<unknown>} when.browsing the distribution's packages come one after the other
 * @returns {Promise<Record<string, string>>} what the tests find them by
 */
async function startServers(dir, { inLane, installing, browsing }) {
  mkdirSync(dir, { recursive: true });
  const { TEST_DATABASE_URL: database, TEST_RABBITMQ_URL: broker } = process.env;
  const [postgres, rabbit] = await together([
    database ? undefined : installing.then(() => ensurePostgres({ dir, forTests: inLane })),
    broker ? undefined : browsing.then(() => ensureRabbit({ dir, print: say })),
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
 * @param {string} outputFile
 * @param {string[]} args
 * @param {object} where
 * @param {string} where.dir
 * @param {Record<string, string>[]} [where.lanes] environment of each worker
 * @param {number} [where.niceness]
 * @returns {Promise<Counts>} a suite that could not run counts as one failure
 */
async function jest(outputFile, args, { dir, lanes, niceness = 0 }) {
  const child = spawn(
    process.execPath,
    [...V8_FLAGS, JEST, '--json', `--outputFile=${outputFile}`, ...args],
    {
      cwd: ROOT,
      // Marked, since its workers outlive it when it is killed.
      env: {
        ...process.env,
        NODE_ENV: 'test',
        ...(lanes && { TEST_LANES: JSON.stringify(lanes) }),
        ...markOf(dir, 'jest'),
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  jestProcesses.add(child);
  if (child.pid && niceness) setPriority(child.pid, niceness);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  const result = readJson(outputFile);
  if (!result) return { passed: 0, failed: code === 0 ? 0 : 1 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  // Jest may fail for another reason, such as an open handle or a coverage threshold.
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
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
 * State folders of a run: its own, and one a lane.
 * @param {string} dir
 */
function placesOf(dir) {
  return [dir, ...LANES.map((lane) => join(dir, lane)).filter((place) => existsSync(place))];
}

/** @returns {Promise<undefined>} */
function onSignal() {
  return new Promise((resolve) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.once(name, () => resolve(undefined));
  });
}

/** @param {string} line */
function say(line) {
  console.error(line);
}
