import { createDataSource, runMigrations } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';

/** Creates sms-gateway's database where it is missing and brings it to the newest schema; safe to repeat. */
async function main(): Promise<void> {
  const dataSource = createDataSource(databaseOptions(readCommandConfig()));
  try {
    const report = await runMigrations(dataSource, { createDatabase: true });
    createLogger('sms-gateway').info(report, 'migrated');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('sms-gateway').fatal({ err: error }, 'could not migrate');
  process.exit(1);
});
