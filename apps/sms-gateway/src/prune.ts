import { runPruneCommand } from '@peyk/database';
import { SmsGatewayConfig } from './config';
import { databaseOptions } from './data-source';
import { smsLives } from './retention';

runPruneCommand({ program: 'sms-gateway', config: SmsGatewayConfig, database: databaseOptions }, smsLives);
