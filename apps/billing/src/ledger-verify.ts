import { createDataSource } from '@peyk/database';
import { createLogger } from '@peyk/platform';
import { readCommandConfig } from './config';
import { databaseOptions } from './data-source';
import { auditLedger } from './ledger/ledger.audit';

/** Prints the audit as one JSON object; exit code 1 when anything differs. */
async function main(): Promise<void> {
  const dataSource = await createDataSource(databaseOptions(readCommandConfig().databaseUrl, 1)).initialize();
  try {
    const audit = await auditLedger(dataSource);
    process.stdout.write(`${JSON.stringify(audit, undefined, 2)}\n`);
    if (audit.differences.length > 0) process.exitCode = 1;
  } finally {
    await dataSource.destroy();
  }
}

main().catch((error: unknown) => {
  createLogger('billing').fatal({ err: error }, 'cannot verify the ledger');
  process.exitCode = 1;
});
