import 'reflect-metadata';
import { createDataSource, runMigrations } from '@peyk/database';
import { readConfig } from './config';
import { databaseOptions } from './data-source';

async function main(): Promise<void> {
  const dataSource = createDataSource(databaseOptions(readConfig()));
  const { ran } = await runMigrations(dataSource, { createDatabase: true });
  await dataSource.destroy();
  process.stdout.write(`sms: ${ran.length === 0 ? 'at its head' : ran.join(', ')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
