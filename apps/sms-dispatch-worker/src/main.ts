import { PeykTransport, createMessaging } from '@peyk/messaging';
import { createLogger, startService } from '@peyk/platform';
import { workerConfig, workerName } from './config';
import { workerModule } from './worker.module';

const name = 'sms-dispatch-worker';

async function main(): Promise<void> {
  const config = workerConfig();
  const runtime = createMessaging({
    service: name,
    rabbitmqUrl: config.rabbitmqUrl,
    serviceKey: config.serviceKey,
    servicePublicKeys: config.servicePublicKeys,
    logLevel: config.logLevel,
  });
  const options = { worker: workerName(config), referenceTlv: config.referenceTlv };
  await startService({
    name,
    module: workerModule(runtime, options),
    config,
    microservice: { strategy: new PeykTransport(runtime, 'dispatch') },
  });
}

main().catch((error: unknown) => {
  createLogger(name).fatal({ err: error }, 'could not start');
  process.exit(1);
});
