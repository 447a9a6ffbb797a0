import { createDataSource, runMigrations } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { EntryPartitions } from './ledger/entry.partitions';
import { applyRights, serviceRole } from './ledger/ledger.rights';

async function main(): Promise<void> {
  const dataSource = createDataSource(databaseOptions(readCommandConfig().databaseUrl, 2));
  try {
    const report = await runMigrations(dataSource, { createDatabase: true });
    const partitions = await new EntryPartitions(dataSource).ensure();
    const restricted = await applyRights(dataSource);
    const logger = createLogger('billing');
    logger.info({ ...report, partitions, restricted }, 'database is up to date');
    if (!restricted)
      logger.warn(
        { role: serviceRole },
        'the role of the service does not exist and this user may not make it: the service will work with all rights of its user',
      );
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('billing').fatal({ err: error }, 'cannot migrate');
  process.exitCode = 1;
});
