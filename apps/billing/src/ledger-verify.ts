import { runDatabaseCommand } from '@peyk/database';
import { BillingConfig } from './config';
import { databaseOptions } from './data-source';
import { auditLedger } from './ledger/ledger.audit';

/** Prints the audit as one JSON object; exit code 1 when anything differs. */
runDatabaseCommand(
  { program: 'billing', action: 'verify the ledger', config: BillingConfig, database: databaseOptions },
  async ({ dataSource }) => {
    const audit = await auditLedger(dataSource);
    process.stdout.write(`${JSON.stringify(audit, undefined, 2)}\n`);
    return audit.differences.length > 0 ? 1 : 0;
  },
);
