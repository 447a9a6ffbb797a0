import { runResealCommand } from '@peyk/database';
import { SmsGatewayConfig } from './config';
import { databaseOptions } from './data-source';
import { sealedColumns } from './links/sealed-columns';

runResealCommand(
  { program: 'sms-gateway', config: SmsGatewayConfig, database: databaseOptions },
  sealedColumns,
);
