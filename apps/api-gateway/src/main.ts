import { runService } from '@peyk/messaging';
import { GatewayConfig } from './config';
import { gatewayModule } from './gateway.module';
import { configureHttp, fastifyOptions } from './application';

// It answers no RPC; it listens to live events.
runService({
  name: 'api-gateway',
  config: GatewayConfig,
  module: gatewayModule,
  http: (config, { logger }) => ({
    host: config.host,
    port: config.port,
    fastify: fastifyOptions(config),
    configure: (app) => configureHttp(app, config, logger),
  }),
});
