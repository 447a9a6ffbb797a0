import { runService } from '@peyk/messaging';
import { SmsGatewayConfig } from './config';
import { smsGatewayModule } from './sms-gateway.module';

runService({ name: 'sms-gateway', serves: 'sms', config: SmsGatewayConfig, module: smsGatewayModule });
