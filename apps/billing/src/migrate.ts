import { createDataSource, runMigrations, Transactions } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { EntryPartitions } from './ledger/entry.partitions';

async function main(): Promise<void> {
  const dataSource = createDataSource(databaseOptions(readCommandConfig().databaseUrl, 2));
  try {
    const report = await runMigrations(dataSource, { createDatabase: true });
    const partitions = await new EntryPartitions(new Transactions(dataSource)).ensure();
    createLogger('billing').info({ ...report, partitions }, 'database is up to date');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('billing').fatal({ err: error }, 'cannot migrate');
  process.exitCode = 1;
});
