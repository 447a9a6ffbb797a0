import type { ModuleMetadata } from '@nestjs/common';
import { Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { MessagingModule, PeykTransport, createMessaging } from '@peyk/messaging';
import type { KeySource, MessagingRuntime, RevocationSource } from '@peyk/messaging';
import { HealthModule } from '@peyk/platform';
import type { LogLevelName } from '@peyk/platform';
import { testServers } from './config';
import { testServiceKeys } from './test-keys';

export interface TestMessagingOptions {
  /** The broker of `npm test` unless said otherwise. */
  readonly rabbitmqUrl?: string;
  /** `new TestTokens().keyOf`; nobody's tokens are known unless said otherwise. */
  readonly keyOf?: KeySource;
  /** Tokens that are refused from the beginning; none unless said otherwise. */
  readonly revocations?: RevocationSource;
  /** `fatal` unless said otherwise: failures are what specs are about. */
  readonly logLevel?: LogLevelName;
}

/** The broker connection of a program of this name, ready. Close it by `runtime.broker.close()`. */
export async function testMessaging(
  service: string,
  options: TestMessagingOptions = {},
): Promise<MessagingRuntime> {
  const runtime = createMessaging({
    service,
    rabbitmqUrl: options.rabbitmqUrl ?? testServers().rabbitmqUrl,
    ...testServiceKeys(service),
    keyOf: options.keyOf ?? (() => Promise.resolve(undefined)),
    revocations: options.revocations,
    logLevel: options.logLevel ?? 'fatal',
  });
  await runtime.broker.ready();
  return runtime;
}

/**
 * A program over `runtime`, as `main.ts` would start it: its handlers answer when this resolves. `app.close()` drains it
 * and closes the runtime.
 */
export async function testProgram(
  runtime: MessagingRuntime,
  serves: string | undefined,
  parts: Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'>,
): Promise<INestMicroservice> {
  @Module({ ...parts, imports: [HealthModule, MessagingModule.forRoot(runtime), ...(parts.imports ?? [])] })
  class SpecModule {}
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(SpecModule, {
    strategy: new PeykTransport(runtime, serves),
    logger: ['fatal'],
    abortOnError: false,
  });
  await app.listen();
  return app;
}
