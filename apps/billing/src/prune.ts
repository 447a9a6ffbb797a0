import { createDataSource, runRetention } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { billingLives } from './retention';

/** `npm run retention`: what of billing's tables is old goes; with `--dry-run` it is only told. */
async function main(): Promise<void> {
  const config = readCommandConfig();
  const dataSource = await createDataSource(databaseOptions(config.databaseUrl, 2)).initialize();
  try {
    process.exitCode = await runRetention(dataSource, {
      program: 'billing',
      lives: () => billingLives(),
      args: process.argv.slice(2),
      say: (line) => void process.stdout.write(`${line}\n`),
    });
  } finally {
    await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('billing').fatal({ err: error }, 'could not prune');
  process.exitCode = 1;
});
