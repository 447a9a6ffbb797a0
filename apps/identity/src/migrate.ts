import { runMigrateCommand } from '@peyk/database';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';

runMigrateCommand({ program: 'identity', config: IdentityConfig, database: databaseOptions });
