import { Logger } from '@nestjs/common';
import { createDataSource, runMigrations } from '@peyk/database';
import { createLogger, PeykNestLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';

/** Creates identity's database where it is missing and brings it to the newest schema; safe to repeat. */
async function main(): Promise<void> {
  const config = readCommandConfig();
  const logger = createLogger('identity', { level: config.logLevel });
  Logger.overrideLogger(new PeykNestLogger(logger));
  const dataSource = createDataSource(databaseOptions(config));
  try {
    logger.info(await runMigrations(dataSource, { createDatabase: true }), 'migrated');
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('identity').fatal({ err: error }, 'could not migrate');
  process.exit(1);
});
