import 'reflect-metadata';
import type { INestApplicationContext, INestMicroservice, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import type { ServiceConfig } from './config';
import { HealthModule, HealthRegistry, HealthServer } from './health';
import { createLogger, PeykNestLogger, type Logger } from './logger';
import { collectProcessMetrics } from './metrics';

/** Longest that a drain may take after SIGTERM or SIGINT (ms); then the process ends with code 1. */
export const shutdownTimeoutMs = 15_000;

export interface ServiceOptions {
  /** The app's name, e.g. `sms-gateway`. */
  readonly name: string;
  readonly module: Type;
  readonly config: Pick<ServiceConfig, 'logLevel' | 'healthHost' | 'healthPort'>;
  /** Answers messages. Its `close()` is called first of all at a stop and has to drain. */
  readonly microservice?: { readonly strategy: CustomTransportStrategy };
  /** Answers HTTP of its own (controllers), apart from the health port. */
  readonly http?: {
    readonly host: string;
    readonly port: number;
    readonly fastify?: FastifyServerOptions;
    /** Plugins, prefix, filters, OpenAPI: before the routes are made. */
    readonly configure?: (app: NestFastifyApplication) => Promise<void> | void;
  };
}

/**
 * Starts one program: health server, then the module (and with it database and broker), then messages, then HTTP; only
 * then is it ready. SIGTERM or SIGINT: not ready, drain within 15 s, exit 0. An error that nobody caught, and a start
 * that fails: a fatal line, exit 1.
 */
export async function startService(options: ServiceOptions): Promise<INestApplicationContext> {
  const { name, config } = options;
  const logger = createLogger(name, { level: config.logLevel });
  dieOnUncaught(logger);
  collectProcessMetrics();
  const health = new HealthServer();
  try {
    const healthPort = await health.listen(config.healthHost, config.healthPort);
    const app = await startApp(options, new PeykNestLogger(logger));
    stopOnSignal(app, health, logger);
    health.up(app.get(HealthRegistry, { strict: false }));
    logger.info({ healthPort, startMs: Math.round(process.uptime() * 1000) }, 'ready');
    return app;
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

async function startApp(options: ServiceOptions, logger: PeykNestLogger): Promise<INestApplicationContext> {
  const root = rootOf(options.module);
  const settings = { logger, abortOnError: false } as const;
  if (options.http) return startHttp(root, options, options.http, settings);
  if (!options.microservice) return NestFactory.createApplicationContext(root, settings);
  const app: INestMicroservice = await NestFactory.createMicroservice(root, {
    ...settings,
    ...options.microservice,
  });
  await app.listen();
  return app;
}

async function startHttp(
  root: Type,
  { microservice }: ServiceOptions,
  http: NonNullable<ServiceOptions['http']>,
  settings: { logger: PeykNestLogger; abortOnError: false },
): Promise<INestApplicationContext> {
  // Loaded here: a program without HTTP of its own does without Fastify's memory.
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const app = await NestFactory.create<NestFastifyApplication>(
    root,
    new FastifyAdapter(http.fastify),
    settings,
  );
  await http.configure?.(app);
  if (microservice) {
    app.connectMicroservice(microservice, { inheritAppConfig: true });
    await app.startAllMicroservices();
  }
  await app.listen(http.port, http.host);
  return app;
}

function rootOf(module: Type): Type {
  @Module({ imports: [HealthModule, module] })
  class ServiceRoot {}
  return ServiceRoot;
}

function stopOnSignal(app: INestApplicationContext, health: HealthServer, logger: Logger): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // Ctrl-C reaches the whole process group and the supervisor sends SIGTERM besides: the second changes nothing.
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    health.stopping();
    setTimeout(() => {
      logger.fatal({ shutdownTimeoutMs }, 'could not drain in time');
      process.exit(1);
    }, shutdownTimeoutMs).unref();
    try {
      await app.close();
      await health.close();
      logger.info('stopped');
      process.exit(0);
    } catch (error) {
      logger.fatal({ err: error }, 'could not stop cleanly');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
}

function dieOnUncaught(logger: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error }, event);
      process.exit(1);
    });
  }
}
