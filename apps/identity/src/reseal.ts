import { runResealCommand } from '@peyk/database';
import { IdentityConfig } from './config';
import { databaseOptions } from './data-source';
import { sealedColumns } from './sealed-columns';

runResealCommand({ program: 'identity', config: IdentityConfig, database: databaseOptions }, sealedColumns);
