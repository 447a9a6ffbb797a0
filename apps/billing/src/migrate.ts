import { runMigrateCommand } from '@peyk/database';
import { BillingConfig } from './config';
import { databaseOptions } from './data-source';
import { EntryPartitions } from './ledger/entry.partitions';
import { applyRights, serviceRole } from './ledger/ledger.rights';

runMigrateCommand(
  { program: 'billing', config: BillingConfig, database: databaseOptions },
  async ({ dataSource, logger }) => {
    const partitions = await new EntryPartitions(dataSource).ensure();
    const restricted = await applyRights(dataSource);
    if (!restricted)
      logger.warn(
        { role: serviceRole },
        'the role of the service does not exist and this user may not make it: the service will work with all rights of its user',
      );
    return { partitions, restricted };
  },
);
