import { createMessaging, PeykTransport } from '@peyk/messaging';
import { createLogger, startService } from '@peyk/platform';
import { billingModule } from './billing.module';
import { readConfig } from './config';

async function main(): Promise<void> {
  const config = readConfig();
  const runtime = createMessaging({
    service: 'billing',
    rabbitmqUrl: config.rabbitmqUrl,
    serviceKey: config.serviceKey,
    servicePublicKeys: config.servicePublicKeys,
    logLevel: config.logLevel,
  });
  await startService({
    name: 'billing',
    module: billingModule(config, runtime),
    config,
    microservice: { strategy: new PeykTransport(runtime, 'billing') },
  });
}

main().catch((error: unknown) => {
  createLogger('billing').fatal({ err: error }, 'cannot start');
  process.exit(1);
});
