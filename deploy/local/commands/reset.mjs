// npm run reset: ends Peyk and forgets its data, secrets, ports and logs. Downloaded binaries and test runs stay.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL, runCommand } from '../lib/local.mjs';
import { removePostgres } from '../lib/postgres.mjs';
import { removeRabbit } from '../lib/rabbit.mjs';
import { stopAll } from './stop.mjs';

export function run() {
  return runCommand('npm run reset', async () => {
    await stopAll();
    await removePostgres(LOCAL);
    removeRabbit(LOCAL);
    for (const entry of ['secrets.json', 'ports.json', 'run.json', 'logs']) {
      rmSync(join(LOCAL, entry), { recursive: true, force: true });
    }
    console.log('Peyk’s local data are gone; the next npm start begins anew.');
    if (process.env.DATABASE_URL)
      console.log('The databases peyk_* of your own DATABASE_URL were not touched.');
    return 0;
  });
}
