// npm run stop: ends exactly what npm start started.
import { join } from 'node:path';
import { endLeftovers } from '../lib/leftovers.mjs';
import { LOCAL, LocalError, runCommand } from '../lib/local.mjs';
import { readOwner, signal, waitGone } from '../lib/processes.mjs';

/** Three turns of draining of 20 s each, and the two servers. */
const STOP_TIMEOUT_MS = 90_000;

export function run() {
  return runCommand('npm run stop', async () => {
    console.log((await stopAll()) ? 'Peyk has ended.' : 'Peyk was not running.');
    return 0;
  });
}

/** @returns {Promise<boolean>} whether anything ran */
export async function stopAll() {
  const owner = readOwner(join(LOCAL, 'run.json'));
  if (owner) {
    console.log(`Draining (pid ${owner.pid}) ...`);
    signal(owner.pid, 'SIGTERM');
    if (!(await waitGone([owner.pid], STOP_TIMEOUT_MS))) {
      throw new LocalError(`pid ${owner.pid} did not end in ${STOP_TIMEOUT_MS / 1000} s; may you signal it?`);
    }
  }
  // What a supervisor that was killed has left.
  const leftovers = await endLeftovers(LOCAL);
  return owner !== undefined || leftovers.length > 0;
}
