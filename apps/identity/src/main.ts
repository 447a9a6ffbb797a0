import { runService } from '@peyk/messaging';
import { IdentityConfig } from './config';
import { identityModule } from './identity.module';

runService({ name: 'identity', serves: 'identity', config: IdentityConfig, module: identityModule });
