// Starts, stops or kills a server of a state folder: for tests that want it to crash and come back. See README.md.
import { LocalError, runCommand } from '../lib/local.mjs';
import { ensurePostgres, killPostgres, stopPostgres } from '../lib/postgres.mjs';
import { ensureRabbit, killRabbit, stopRabbit } from '../lib/rabbit.mjs';

/** @type {Record<string, Record<string, (dir: string) => Promise<unknown>>>} */
const ACTS = {
  postgres: { start: (dir) => ensurePostgres({ dir }), stop: stopPostgres, kill: killPostgres },
  rabbitmq: { start: (dir) => ensureRabbit({ dir }), stop: stopRabbit, kill: killRabbit },
};

/**
 * @param {string[]} args state folder, server, act
 */
export function run([dir, server = '', act = '']) {
  return runCommand('servers', async () => {
    const body = ACTS[server]?.[act];
    if (!dir?.startsWith('/') || !body) {
      throw new LocalError('usage: servers.mjs <absolute state folder> postgres|rabbitmq start|stop|kill');
    }
    await body(dir);
    return 0;
  });
}
