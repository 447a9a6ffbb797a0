import { createMessaging, PeykTransport } from '@peyk/messaging';
import { ConfigError, createLogger, startService } from '@peyk/platform';
import { readConfig } from './config';
import { gatewayModule } from './gateway.module';
import { configureHttp, fastifyOptions } from './application';

const name = 'api-gateway';

async function main(): Promise<void> {
  const config = readConfig();
  const runtime = createMessaging({
    service: name,
    rabbitmqUrl: config.rabbitmqUrl,
    logLevel: config.logLevel,
    serviceKey: config.serviceKey,
    servicePublicKeys: config.servicePublicKeys,
  });
  await startService({
    name,
    module: gatewayModule(config, runtime),
    config,
    // Answers no RPC; it listens to live events.
    microservice: { strategy: new PeykTransport(runtime, undefined) },
    http: {
      host: config.host,
      port: config.port,
      fastify: fastifyOptions(config),
      configure: (app) => configureHttp(app, config, runtime.logger),
    },
  });
}

main().catch((error: unknown) => {
  createLogger(name).fatal(error instanceof ConfigError ? error.message : { err: error });
  process.exit(1);
});
