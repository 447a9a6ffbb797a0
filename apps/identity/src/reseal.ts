import { createDataSource, reseal } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { sealedColumns } from './sealed-columns';

/** Seals anew under the first of SEAL_KEYS what is sealed under others, while all runs; prints what each column holds. */
async function main(): Promise<void> {
  const config = readCommandConfig();
  const dataSource = await createDataSource(
    databaseOptions({ databaseUrl: config.databaseUrl, databasePoolMax: 1 }),
  ).initialize();
  try {
    const columns = await reseal(dataSource, sealedColumns(config));
    process.stdout.write(`${JSON.stringify({ program: 'identity', columns }, undefined, 2)}\n`);
  } finally {
    await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('identity').fatal({ err: error }, 'could not seal anew');
  process.exitCode = 1;
});
