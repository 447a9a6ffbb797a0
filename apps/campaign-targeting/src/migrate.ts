import { runMigrateCommand, Transactions } from '@peyk/database';
import { TargetingConfig } from './config';
import { databaseOptions } from './data-source';
import { ListPartitions } from './lists/list.partitions';

runMigrateCommand(
  { program: 'campaign-targeting', config: TargetingConfig, database: databaseOptions },
  async ({ dataSource }) => ({
    partitions: await new ListPartitions(new Transactions(dataSource)).ensure(),
  }),
);
