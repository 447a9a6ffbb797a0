import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, loadConfig, PeykNestLogger, startService } from '@peyk/platform';
import type { Logger, ServiceConfig, ServiceOptions } from '@peyk/platform';
import { createMessaging } from './runtime';
import type { MessagingRuntime } from './tokens';
import { PeykTransport } from './transport';

/** A program that talks to the others. */
export interface ServiceProgram<C extends ServiceConfig> {
  /** Its name in deploy/programs.mjs. */
  readonly name: string;
  /** First segment of the names of the RPCs that it answers; none where it answers none. */
  readonly serves?: string;
  readonly config: new () => C;
  readonly module: (config: C, runtime: MessagingRuntime) => Type;
  /** HTTP of its own, apart from the health port. */
  readonly http?: (config: C, runtime: MessagingRuntime) => ServiceOptions['http'];
}

/**
 * `main.ts` of a program: settings, broker, then `startService`, until a signal ends it. What fails before that is one
 * fatal line and exit code 1.
 */
export function runService<C extends ServiceConfig>(program: ServiceProgram<C>): void {
  start(program).catch((error: unknown) => {
    createLogger(program.name).fatal({ err: error }, 'could not start');
    process.exit(1);
  });
}

async function start<C extends ServiceConfig>(program: ServiceProgram<C>): Promise<void> {
  const { name, serves } = program;
  const config = loadConfig(program.config);
  const { rabbitmqUrl, serviceKey, servicePublicKeys, logLevel } = config;
  const runtime = createMessaging({ service: name, rabbitmqUrl, serviceKey, servicePublicKeys, logLevel });
  await startService({
    name,
    module: program.module(config, runtime),
    config,
    // Also of a program that answers nothing: it may listen to events.
    microservice: { strategy: new PeykTransport(runtime, serves) },
    http: program.http?.(config, runtime),
  });
}

export interface ModuleCommand<C extends ServiceConfig> {
  /** Name of its connection at the broker, such as `identity-seed`. */
  readonly service: string;
  readonly config: C;
  readonly module: ServiceProgram<C>['module'];
  readonly logger: Logger;
}

/** For a command that needs the module of its program: gives it, answering nobody, and closes it at the end. */
export async function withModule<C extends ServiceConfig, R>(
  { service, config, module, logger }: ModuleCommand<C>,
  body: (app: INestApplicationContext) => Promise<R>,
): Promise<R> {
  const { rabbitmqUrl, serviceKey, servicePublicKeys } = config;
  const logLevel = logger.level as C['logLevel'];
  const runtime = createMessaging({ service, rabbitmqUrl, serviceKey, servicePublicKeys, logLevel });
  const app = await NestFactory.createApplicationContext(module(config, runtime), {
    logger: new PeykNestLogger(logger),
    abortOnError: false,
  });
  try {
    return await body(app);
  } finally {
    await app.close();
  }
}
