import { runPruneCommand } from '@peyk/database';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';
import { identityLives } from './retention';

runPruneCommand({ program: 'identity', config: IdentityConfig, database: databaseOptions }, () =>
  identityLives(),
);
