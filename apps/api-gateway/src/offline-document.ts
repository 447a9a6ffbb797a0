import { generateKeyPairSync } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MessagingRuntime } from '@peyk/messaging';
import { HealthModule, createLogger, loadConfig } from '@peyk/platform';
import { GatewayConfig } from './config';
import { allRoutes, gatewayModule } from './gateway.module';
import { configureHttp, fastifyOptions } from './application';
import { buildDocument } from './openapi/document';

/** Text of docs/openapi.json. Nothing is connected to and nothing listens. */
export async function renderOpenApi(): Promise<string> {
  // Only to describe the routes, never used.
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const config = loadConfig(GatewayConfig, {
    HEALTH_PORT: '0',
    RABBITMQ_URL: 'amqp://127.0.0.1',
    SERVICE_KEY: pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    SERVICE_PUBLIC_KEYS: `api-gateway:${publicKey}`,
  });
  const logger = createLogger('api-gateway', { level: 'fatal' });
  const nobody = {
    service: 'api-gateway',
    logger,
    broker: { connected: false, close: async () => undefined },
  };
  const gateway = gatewayModule(config, nobody as unknown as MessagingRuntime);
  @Module({ imports: [HealthModule, gateway] })
  class Root {}
  const app = await NestFactory.create<NestFastifyApplication>(
    Root,
    new FastifyAdapter(fastifyOptions(config)),
    {
      logger: false,
      abortOnError: false,
    },
  );
  try {
    await configureHttp(app, config, logger);
    return `${JSON.stringify(buildDocument(app, allRoutes()), undefined, 2)}\n`;
  } finally {
    await app.close();
  }
}
