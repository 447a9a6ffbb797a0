import { PeykTransport, createMessaging } from '@peyk/messaging';
import { startService } from '@peyk/platform';
import { readConfig } from './config';
import { smsGatewayModule } from './sms-gateway.module';

async function main(): Promise<void> {
  const config = readConfig();
  const runtime = createMessaging({
    service: 'sms-gateway',
    rabbitmqUrl: config.rabbitmqUrl,
    serviceKey: config.serviceKey,
    servicePublicKeys: config.servicePublicKeys,
    logLevel: config.logLevel,
  });
  await startService({
    name: 'sms-gateway',
    module: smsGatewayModule(config, runtime),
    config,
    microservice: { strategy: new PeykTransport(runtime, 'sms') },
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
