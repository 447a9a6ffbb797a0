import { createDataSource, runMigrations, Transactions } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { ListPartitions } from './lists/list.partitions';

/** Creates the database where it is missing and brings it to the newest schema; safe to repeat. */
async function main(): Promise<void> {
  const dataSource = createDataSource(databaseOptions(readCommandConfig()));
  try {
    const report = await runMigrations(dataSource, { createDatabase: true });
    const partitions = await new ListPartitions(new Transactions(dataSource)).ensure();
    createLogger('campaign-targeting').info({ ...report, partitions }, 'migrated');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('campaign-targeting').fatal({ err: error }, 'could not migrate');
  process.exit(1);
});
