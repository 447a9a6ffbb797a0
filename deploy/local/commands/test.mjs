// npm test: all suites on servers of their own, gone afterwards. Several runs and a running npm start do not meet:
// each run has its own state folder, ports, PostgreSQL and RabbitMQ.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, install, isBuilt, isInstalled } from '../lib/build.mjs';
import { endLeftovers, killLeftovers } from '../lib/leftovers.mjs';
import { LOCAL, ROOT, TEST_STATES, readJson, runCommand } from '../lib/local.mjs';
import { checkMachine } from '../lib/machine.mjs';
import { ensurePostgres, removePostgres } from '../lib/postgres.mjs';
import { readOwner, writeOwner } from '../lib/processes.mjs';
import { ensureRabbit, removeRabbit } from '../lib/rabbit.mjs';
import { step } from '../lib/steps.mjs';

// Side by side, since suites with servers mostly wait. Each lane has servers of its own, and within it suites take turns,
// because they share its broker and databases. A lane that is free takes the next work: half of them from the front,
// where end-to-end suites stand, half from the end, so that not all start whole systems at once.
const LANES = ['lane-1', 'lane-2', 'lane-3'];
const INTEGRATION_SHARDS = 6;
/** One suite each: every suite starts a whole system. */
const E2E_SHARDS = readdirSync(join(ROOT, 'test/e2e')).filter((name) => name.endsWith('.e2e-spec.ts')).length;
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
  if (!isInstalled()) await step(say, 'installing packages', install);
  if (!isBuilt()) await step(say, 'building', build);

  // In turn: what is chosen may be end-to-end or fault tests.
  if (args.includes('--selectProjects')) {
    return jest(dir, 'chosen', ['--runInBand', ...args], await servers(dir));
  }
  const work = [...shards('e2e', E2E_SHARDS), ['unit'], ...shards('integration', INTEGRATION_SHARDS)];
  /** @type {Counts} */
  const counts = { passed: 0, failed: 0 };
  await Promise.all(
    LANES.map(async (lane, index) => {
      const take = () => (index % 2 === 0 ? work.shift() : work.pop());
      const place = join(dir, lane);
      const env = await servers(place, ` (${lane})`);
      for (let next = take(); next; next = take()) {
        const [project = '', ...shard] = next;
        const name = next.join('').replace(/\W+/g, '-');
        const options = ['--selectProjects', project, '--passWithNoTests', '--runInBand', ...shard, ...args];
        const { passed, failed } = await jest(dir, name, options, env);
        counts.passed += passed;
        counts.failed += failed;
      }
      // Their memory is for the lanes that still run.
      await endLeftovers(place);
    }),
  );
  return counts;
}

/**
 * @param {string} project
 * @param {number} count
 */
function shards(project, count) {
  return Array.from({ length: count }, (_, index) => [project, `--shard=${index + 1}/${count}`]);
}

/**
 * @param {string} dir
 * @param {string} [which]
 */
function servers(dir, which = '') {
  mkdirSync(dir, { recursive: true });
  return step(say, `starting PostgreSQL and RabbitMQ for the tests${which}`, () =>
    startServers(dir, which !== ''),
  );
}

/**
 * @param {string} dir
 * @param {boolean} inLane what is chosen by hand, such as the long fault tests, runs on a server as in production
 * @returns {Promise<Record<string, string>>} what the tests find them by
 */
async function startServers(dir, inLane) {
  const { TEST_DATABASE_URL: database, TEST_RABBITMQ_URL: broker } = process.env;
  const [postgres, rabbit] = await Promise.all([
    database ? undefined : ensurePostgres({ dir, forTests: inLane }),
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
 * @param {string} name
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<Counts>} a suite that could not run counts as one failure
 */
async function jest(dir, name, args, env) {
  const outputFile = join(dir, `${name}.json`);
  const child = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/jest/bin/jest.js'), '--json', `--outputFile=${outputFile}`, ...args],
    { cwd: ROOT, env: { ...process.env, NODE_ENV: 'test', ...env }, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  jestProcesses.add(child);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (status) => resolve(status ?? 1));
  });
  jestProcesses.delete(child);
  const result = readJson(outputFile);
  if (!result) return { passed: 0, failed: code === 0 ? 0 : 1 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  // Jest may fail for another reason, such as an open handle or a coverage threshold.
  return { passed: result.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

/** @param {string} dir */
async function removeState(dir) {
  for (const place of placesOf(dir)) {
    await endLeftovers(place);
    killLeftovers(place);
    await removePostgres(place);
    removeRabbit(place);
  }
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
