import { runPruneCommand } from '@peyk/database';
import { BillingConfig } from './config';
import { databaseOptions } from './data-source';
import { billingLives } from './retention';

runPruneCommand({ program: 'billing', config: BillingConfig, database: databaseOptions }, () =>
  billingLives(),
);
