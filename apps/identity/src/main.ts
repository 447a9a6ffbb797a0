import { createMessaging, PeykTransport } from '@peyk/messaging';
import { createLogger, startService } from '@peyk/platform';
import { readConfig } from './config';
import { identityModule } from './identity.module';

async function main(): Promise<void> {
  const config = readConfig();
  const runtime = createMessaging({ service: 'identity', ...config });
  await startService({
    name: 'identity',
    module: identityModule(config, runtime),
    config,
    microservice: { strategy: new PeykTransport(runtime, 'identity') },
  });
}

main().catch((error: unknown) => {
  createLogger('identity').fatal({ err: error }, 'could not start');
  process.exit(1);
});
