import { randomBytes } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { identitySessionsRpc, identitySubscriptions } from '@peyk/contracts/identity';
import type { RpcContract } from '@peyk/contracts';
import type { ClientDto, SessionGrantDto, SignInResultDto } from '@peyk/contracts/identity';
import { query, uuidv7 } from '@peyk/database';
import { createMessaging, exchanges, PeykTransport } from '@peyk/messaging';
import type { CallAs, MessagingRuntime } from '@peyk/messaging';
import { loadConfig } from '@peyk/platform';
import { migratedDatabase, testServiceEnv, testServiceKeys } from '@peyk/testing';
import { DataSource } from 'typeorm';
import { DemoAccounts } from '../../../apps/identity/src/demo-accounts';
import type { NewAccount } from '../../../apps/identity/src/demo-accounts';
import { IdentityConfig } from '../../../apps/identity/src/config';
import { databaseOptions } from '../../../apps/identity/src/data-source';
import { identityModule } from '../../../apps/identity/src/identity.module';
import { PasswordHasher } from '../../../apps/identity/src/passwords/password-hasher';
import { dropScratch } from '../database/scratch';

// Each spec file creates a database and starts a program; on a busy machine that takes a while.
jest.setTimeout(90_000);

// What a hash has to cost is proved in password-hasher.spec.ts and on a whole platform; here it would be most of the time.
PasswordHasher.cost = { memoryCost: 1_024, timeCost: 1, parallelism: 1 };

/** Of every replica of this file's specs, unless a spec says otherwise. */
const sealKeys = `1:${randomBytes(32).toString('base64')}`;

export function specConfig(
  databaseUrl: string,
  hashSecret = randomBytes(32).toString('hex'),
  env: Readonly<Record<string, string>> = {},
): IdentityConfig {
  return loadConfig(IdentityConfig, {
    DATABASE_URL: databaseUrl,
    RABBITMQ_URL: process.env['TEST_RABBITMQ_URL'],
    ...testServiceEnv('identity'),
    HASH_SECRET: hashSecret,
    SEAL_KEYS: sealKeys,
    HEALTH_PORT: '0',
    LOG_LEVEL: 'fatal',
    NODE_ENV: 'test',
    ...env,
  });
}

export async function migrated(): Promise<string> {
  Logger.overrideLogger(['fatal']);
  return (await migratedDatabase((databaseUrl) => databaseOptions({ databaseUrl, databasePoolMax: 2 }))).url;
}

/** One process of identity as main.ts makes it, inside this one. */
export async function startReplica(config: IdentityConfig): Promise<INestMicroservice> {
  const runtime = createMessaging({ service: 'identity', ...config });
  runtime.logger.level = 'fatal';
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(identityModule(config, runtime), {
    strategy: new PeykTransport(runtime, 'identity'),
    logger: ['fatal'],
    abortOnError: false,
  });
  try {
    await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

export const laptop: ClientDto = { address: '192.0.2.7', device: 'Firefox on a laptop' };

export interface SeenEvent {
  readonly name: string;
  readonly payload: Record<string, unknown>;
}

/** What other specs sent to identity when it did not run. */
async function forget({ broker }: MessagingRuntime): Promise<void> {
  const purged = broker.open('purge', async (channel) => {
    await channel.purgeQueue(identitySubscriptions.audit.queue);
  });
  await purged.waitForConnect();
  await purged.close();
}

/** Identity over a scratch database and the broker of the tests, and another program that calls it. */
export class IdentitySpec {
  private constructor(
    readonly config: IdentityConfig,
    readonly app: INestMicroservice,
    readonly caller: MessagingRuntime,
    readonly events: readonly SeenEvent[],
  ) {}

  /** @param env above what specs have, such as the simulators' addresses */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<IdentitySpec> {
    const config = specConfig(await migrated(), undefined, env);
    const caller = createMessaging({ service: 'spec', ...config, ...testServiceKeys('api-gateway') });
    caller.logger.level = 'fatal';
    await caller.broker.ready();
    await forget(caller);
    const app = await startReplica(config);
    const events: SeenEvent[] = [];
    const wrapper = caller.broker.open('spec events', async (channel) => {
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, exchanges.events, 'identity.#');
      await channel.consume(
        queue,
        (message) => {
          if (!message) return;
          const payload = JSON.parse(message.content.toString()) as SeenEvent['payload'];
          events.push({ name: String(message.properties.type), payload });
        },
        { noAck: true },
      );
    });
    await wrapper.waitForConnect();
    return new IdentitySpec(config, app, caller, events);
  }

  async stop(): Promise<void> {
    await this.caller.broker.close();
    await this.app.close();
    await dropScratch(this.config.databaseUrl);
  }

  call<I extends object, O extends object>(
    contract: RpcContract<I, O>,
    input: I,
    as: CallAs = 'nobody',
  ): Promise<O> {
    return this.caller.rpc.call(contract, input, as);
  }

  /** What signing in answers. */
  trySignIn(
    username: string,
    password: string,
    remember?: boolean,
    client: ClientDto = laptop,
  ): Promise<SignInResultDto> {
    return this.call(identitySessionsRpc.signIn, { username, password, remember, client });
  }

  /** The session of a sign-in that opens one. */
  async signIn(
    username: string,
    password: string,
    remember?: boolean,
    client: ClientDto = laptop,
  ): Promise<SessionGrantDto> {
    const { session } = await this.trySignIn(username, password, remember, client);
    if (!session) throw new Error('no session was opened');
    return session;
  }

  refresh(refreshToken: string, client = laptop): Promise<SessionGrantDto> {
    return this.call(identitySessionsRpc.refresh, { refreshToken, client });
  }

  /** An account of its own for each test, so that no throttle reaches another test. */
  async account(override: Partial<NewAccount> = {}): Promise<NewAccount> {
    const account: NewAccount = {
      id: uuidv7(),
      username: `user-${randomBytes(5).toString('hex')}`,
      name: 'رضا احمدی',
      roles: ['sms_customer'],
      password: 'correct horse',
      ...override,
    };
    await this.app.get(DemoAccounts).createAccount(account);
    return account;
  }

  sql<T extends object>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return query<T>(this.app.get(DataSource), text, parameters);
  }

  /** The event of this name about the thing whose `key` is `value`; waits for it, at most 5 s. */
  async event(name: string, key: string, value: string): Promise<SeenEvent['payload']> {
    for (let waitedMs = 0; waitedMs < 5_000; waitedMs += 20) {
      const seen = this.events.find((event) => event.name === name && event.payload[key] === value);
      if (seen) return seen.payload;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${name} of ${value} did not come`);
  }
}
