import { runMigrateCommand } from '@peyk/database';
import { SmsGatewayConfig } from './config';
import { databaseOptions } from './data-source';

runMigrateCommand({ program: 'sms-gateway', config: SmsGatewayConfig, database: databaseOptions });
