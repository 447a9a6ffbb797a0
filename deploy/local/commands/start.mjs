// npm start: from a fresh clone to a running Peyk, and its end.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS } from '../../programs.mjs';
import { build, install, isBuilt, isInstalled } from '../lib/build.mjs';
import { endLeftovers, killLeftovers } from '../lib/leftovers.mjs';
import { LOCAL, LocalError, describe, runCommand } from '../lib/local.mjs';
import { checkMachine } from '../lib/machine.mjs';
import { fixedPort } from '../lib/ports.mjs';
import { ensurePostgres, foreignPostgres } from '../lib/postgres.mjs';
import { readOwner, tryLock, writeOwner } from '../lib/processes.mjs';
import { migrate, seed, workersWanted } from '../lib/programs.mjs';
import { ensureRabbit, foreignRabbit } from '../lib/rabbit.mjs';
import { step } from '../lib/steps.mjs';
import { answersOk, startPrograms, watchServer } from '../lib/supervisor.mjs';

const HTTP_PORT = 8080;
const READY_TIMEOUT_MS = 90_000;
const SECOND_SIGNAL_AFTER_MS = 1000;
const OWNER = join(LOCAL, 'run.json');

/** @type {import('../lib/supervisor.mjs').Running | undefined} */
let programs;
/** @type {(() => Promise<void>)[]} */
const endServers = [];
let stopping = false;

export function run() {
  return runCommand('npm start', async () => {
    checkMachine();
    const release = await tryLock(LOCAL);
    if (!release) return await sayAlreadyRunning();
    writeOwner(OWNER);
    const signalled = onSignal();
    let code = 1;
    try {
      // Whichever comes first; what the other still does is cut short by the shutdown.
      code = await Promise.race([signalled, bringUp().then(() => signalled)]);
    } catch (error) {
      console.error(`npm start: ${error instanceof LocalError ? error.message : describe(error)}`);
    }
    await shutDown();
    return code;
  });
}

async function bringUp() {
  const startedAt = Date.now();
  const workers = workersWanted();
  // First, since they hold the ports.
  const leftovers = await endLeftovers(LOCAL);
  if (leftovers.length > 0) say(`  ok ended what an earlier run left: ${leftovers.join(', ')}`);
  const httpPort = await fixedPort('PORT', HTTP_PORT);
  console.log('Starting Peyk (Ctrl-C ends it)');
  if (!isInstalled()) await doing('installing packages', install);

  const building = isBuilt() ? undefined : doing('building', build);
  const startingRabbit = doing('starting RabbitMQ', startRabbit, ({ way }) => way);
  const startingPostgres = doing('starting PostgreSQL', startPostgres);
  // A failure of one shows at once, when the others are awaited later.
  const all = Promise.all([building, startingRabbit, startingPostgres]);
  all.catch(() => undefined);
  const postgres = await Promise.race([startingPostgres, all.then(() => startingPostgres)]);
  const rabbit = await Promise.race([startingRabbit, all.then(() => startingRabbit)]);
  await all;

  /** @type {import('../lib/programs.mjs').Setting} */
  const setting = { dir: LOCAL, postgres, rabbit, httpPort, print: say };
  if (!rabbit.own)
    say('  !! RABBITMQ_URL is yours: all programs use its user (docs/runbook.md: a user for each)');
  await doing('migrating databases', () => migrate(setting));
  const demo = await doing('seeding demo data', () => seed(setting));
  const running = await doing(
    'starting programs',
    async () => {
      programs = await startPrograms({ ...setting, workers, print: say });
      await programs.waitReady(READY_TIMEOUT_MS);
      return programs;
    },
    ({ names }) => names.join(', '),
  );
  const missing = PROGRAMS.filter(
    ({ name, scales }) => !running.names.includes(name) && !(scales && !workers),
  );
  if (missing.length > 0)
    say(`  !! not built, so not started: ${missing.map(({ name }) => name).join(', ')}`);
  writeOwner(OWNER, { url: running.url, healthUrl: running.url && running.healthUrl('api-gateway') });
  sayReady(running, demo, Date.now() - startedAt);
}

async function startPostgres() {
  const named = process.env.DATABASE_URL;
  const server = named ? await foreignPostgres(named) : await ensurePostgres({ dir: LOCAL });
  return watched(server);
}

async function startRabbit() {
  const named = process.env.RABBITMQ_URL;
  const server = named ? await foreignRabbit(named) : await ensureRabbit({ dir: LOCAL, print: say });
  return watched(server);
}

/**
 * @template {import('../lib/postgres.mjs').Server} S
 * @param {S} server
 * @returns {S}
 */
function watched(server) {
  const unwatch = watchServer(server, say);
  endServers.push(async () => {
    await unwatch();
    await server.stop();
  });
  return server;
}

/**
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} body
 * @param {(value: T) => string | undefined} [note]
 */
function doing(title, body, note) {
  if (stopping) throw new LocalError('stopped');
  return step(say, title, body, note);
}

/** @param {string} line */
function say(line) {
  if (!stopping) console.log(line);
}

/** @returns {Promise<number>} the exit code, when a signal says to end; a second signal ends all by force */
function onSignal() {
  let firstAt = 0;
  return new Promise((resolve) => {
    for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(name, () => {
        // Ctrl-C may come twice at once: from the terminal, and again handed on by npm.
        if (firstAt !== 0 && Date.now() - firstAt < SECOND_SIGNAL_AFTER_MS) return;
        if (firstAt !== 0) {
          console.log('Ending at once');
          killLeftovers(LOCAL);
          process.exit(1);
        }
        firstAt = Date.now();
        console.log('\nDraining (once more to end at once) ...');
        stopping = true;
        resolve(0);
      });
    }
  });
}

/** Programs before the servers they stand on, then whatever a cut-short step has begun. */
async function shutDown() {
  stopping = true;
  const startedAt = Date.now();
  await programs?.stop();
  await Promise.all(endServers.map((end) => end()));
  await endLeftovers(LOCAL).catch((error) => console.error(describe(error)));
  killLeftovers(LOCAL);
  rmSync(OWNER, { force: true });
  console.log(`Ended (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

async function sayAlreadyRunning() {
  const owner = readOwner(OWNER);
  const url = owner?.url;
  if (typeof url !== 'string') {
    console.log(`Peyk is being started or stopped by another run${owner ? ` (pid ${owner.pid})` : ''}.`);
    return 1;
  }
  const healthy = await answersOk(String(owner?.healthUrl));
  console.log(`Peyk already runs at ${url} (pid ${owner?.pid})${healthy ? '' : ', but does not answer'}.`);
  console.log('End it with: npm run stop');
  return healthy ? 0 : 1;
}

/**
 * @param {import('../lib/supervisor.mjs').Running} running
 * @param {string[]} demo
 * @param {number} tookMs
 */
function sayReady({ url, arrivalsUrl }, demo, tookMs) {
  const lines = [
    '',
    `Peyk is ready after ${(tookMs / 1000).toFixed(1)} s: ${url ?? 'no gateway in this build'}`,
    ...(demo.length > 0 ? ['', 'Demo accounts and data:', ...demo.map((line) => `  ${line}`)] : []),
    '',
    ...(arrivalsUrl
      ? [
          `Codes, SMS, mails and payments of the demo reach no phone and no bank: read them at ${arrivalsUrl}`,
          '',
        ]
      : []),
    'Try:',
    '  npm run demo         a file of recipients, priced, sent, paused, reported',
    ...(url ? [`  ${url}/api/docs   every request, described`] : []),
    `  tail -f ${join(LOCAL, 'logs')}/*.log`,
    '',
  ];
  console.log(lines.join('\n'));
}
