import { runService } from '@peyk/messaging';
import { billingModule } from './billing.module';
import { BillingConfig } from './config';

runService({ name: 'billing', serves: 'billing', config: BillingConfig, module: billingModule });
