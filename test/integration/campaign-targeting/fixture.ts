import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Controller, Logger, Module } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { DomainError, uploadChunkBytes } from '@peyk/contracts';
import { identityAccessRpc, identityKeysRpc } from '@peyk/contracts/identity';
import { smsSendsRpc } from '@peyk/contracts/sms';
import { targetingListsRpc, targetingRecipientsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { Role, RpcContract } from '@peyk/contracts';
import type { RevocationsDto, VerificationKeysDto } from '@peyk/contracts/identity';
import type { ListUseQueryDto, ListUsesDto } from '@peyk/contracts/sms';
import type { ListReadDto, RecipientListDto, RowErrorDto } from '@peyk/contracts/targeting';
import { query } from '@peyk/database';
import {
  createMessaging,
  exchanges,
  HandleRpc,
  MessagingModule,
  PeykTransport,
  userTokenAudience,
  userTokenIssuer,
} from '@peyk/messaging';
import type { CallAs, MessagingRuntime } from '@peyk/messaging';
import { migratedDatabase, testServiceEnv, testServiceKeys } from '@peyk/testing';
import { HealthModule, loadConfig } from '@peyk/platform';
import { sign } from 'jsonwebtoken';
import { DataSource } from 'typeorm';
import { TargetingConfig } from '../../../apps/campaign-targeting/src/config';
import { databaseOptions } from '../../../apps/campaign-targeting/src/data-source';
import { targetingModule } from '../../../apps/campaign-targeting/src/targeting.module';
import { dropScratch } from '../database/scratch';

const keys = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const kid = randomUUID();

/** Says with which key this spec signs its users' tokens; the rest of identity is not needed here. */
@Controller()
class KeysOfTheSpec {
  @HandleRpc(identityKeysRpc.list)
  async list(): Promise<VerificationKeysDto> {
    return { keys: [{ kid, publicKey: keys.publicKey }] };
  }
  @HandleRpc(identityAccessRpc.revocations)
  async revocations(): Promise<RevocationsDto> {
    return { accountIds: [], stamps: [], sessionIds: [] };
  }
}

/** The authority of a signed-in account. */
export function userOf(accountId: string, ...roles: Role[]): CallAs {
  const claims = {
    sid: randomUUID(),
    name: 'شرکت آزمون',
    roles: roles.length > 0 ? roles : ['sms_customer'],
    scopes: {},
    stamp: 1,
  };
  const token = sign(claims, keys.privateKey, {
    algorithm: 'ES256',
    keyid: kid,
    subject: accountId,
    issuer: userTokenIssuer,
    audience: userTokenAudience,
    expiresIn: 600,
  });
  return { token };
}

export function specConfig(databaseUrl: string, settings: Record<string, string> = {}): TargetingConfig {
  return loadConfig(TargetingConfig, {
    DATABASE_URL: databaseUrl,
    RABBITMQ_URL: process.env['TEST_RABBITMQ_URL'],
    ...testServiceEnv('campaign-targeting'),
    HEALTH_PORT: '0',
    LOG_LEVEL: 'fatal',
    NODE_ENV: 'test',
    ...settings,
  });
}

export async function migrated(): Promise<string> {
  Logger.overrideLogger(['fatal']);
  return (await migratedDatabase((databaseUrl) => databaseOptions({ databaseUrl, databasePoolMax: 2 }))).url;
}

async function serve(
  module: (runtime: MessagingRuntime) => Type,
  service: string,
  serves: string,
  config: TargetingConfig,
): Promise<INestMicroservice> {
  const runtime = createMessaging({ service, ...config, ...testServiceKeys(service) });
  runtime.logger.level = 'fatal';
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module(runtime), {
    strategy: new PeykTransport(runtime, serves),
    logger: ['fatal'],
    abortOnError: false,
  });
  await app.listen();
  return app;
}

/** One process of campaign-targeting as main.ts makes it, inside this one. */
export function startReplica(config: TargetingConfig): Promise<INestMicroservice> {
  return serve((runtime) => targetingModule(config, runtime), 'campaign-targeting', 'targeting', config);
}

/** Answers the keys of `userOf`, as identity does. */
export function startKeys(config: TargetingConfig): Promise<INestMicroservice> {
  return serve(
    (runtime) => {
      @Module({ imports: [HealthModule, MessagingModule.forRoot(runtime)], controllers: [KeysOfTheSpec] })
      class KeysModule {}
      return KeysModule;
    },
    'identity',
    'identity',
    config,
  );
}

/** Answers as sms-gateway which sends use a list. */
export function startSms(
  config: TargetingConfig,
  uses: (asked: ListUseQueryDto) => ListUsesDto | Promise<ListUsesDto>,
): Promise<INestMicroservice> {
  @Controller()
  class UsesOfTheSpec {
    @HandleRpc(smsSendsRpc.ofList)
    async uses(asked: ListUseQueryDto): Promise<ListUsesDto> {
      return uses(asked);
    }
  }
  return serve(
    (runtime) => {
      @Module({
        imports: [HealthModule, MessagingModule.forRoot(runtime)],
        controllers: [UsesOfTheSpec],
      })
      class SmsModule {}
      return SmsModule;
    },
    'sms-gateway',
    'sms',
    config,
  );
}

/** A program that calls, and sees what targeting tells. */
export class Caller {
  private constructor(
    readonly runtime: MessagingRuntime,
    readonly events: ListReadDto[],
  ) {}

  static async connect(config: TargetingConfig): Promise<Caller> {
    const runtime = createMessaging({ service: 'spec', ...config, ...testServiceKeys('sms-gateway') });
    runtime.logger.level = 'fatal';
    await runtime.broker.ready();
    const events: ListReadDto[] = [];
    const wrapper = runtime.broker.open('spec events', async (channel) => {
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, exchanges.events, 'targeting.list.read');
      await channel.consume(
        queue,
        (message) => {
          if (message) events.push(JSON.parse(message.content.toString()) as ListReadDto);
        },
        { noAck: true },
      );
    });
    await wrapper.waitForConnect();
    return new Caller(runtime, events);
  }

  call<I extends object, O extends object>(contract: RpcContract<I, O>, input: I, as: CallAs): Promise<O> {
    return this.runtime.rpc.call(contract, input, as);
  }

  /** Opens and fills an upload; the list id and the number of chunks. */
  async send(
    fileName: string,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
    as: CallAs,
  ): Promise<{ listId: string; chunks: number }> {
    const { id: listId } = await this.call(targetingUploadsRpc.open, { fileName }, as);
    let chunks = 0;
    const append = (bytes: Buffer): Promise<object> =>
      this.call(targetingUploadsRpc.append, { listId, no: chunks++, data: bytes.toString('base64') }, as);
    let gathered: Buffer[] = [];
    let length = 0;
    for await (const piece of content) {
      gathered.push(piece);
      length += piece.length;
      if (length < uploadChunkBytes) continue;
      const whole = Buffer.concat(gathered);
      const end = whole.length - (whole.length % uploadChunkBytes);
      for (let at = 0; at < end; at += uploadChunkBytes)
        await append(whole.subarray(at, at + uploadChunkBytes));
      gathered = [whole.subarray(end)];
      length = whole.length - end;
    }
    if (length > 0) await append(Buffer.concat(gathered));
    return { listId, chunks };
  }

  /** Uploads a file and waits until it is read or refused. */
  async upload(
    fileName: string,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
    as: CallAs,
  ): Promise<RecipientListDto> {
    const upload = await this.send(fileName, content, as);
    await this.call(targetingUploadsRpc.close, upload, as);
    return this.whenRead(upload.listId, as);
  }

  /** The list once it is ready or refused; waits at most 30 s. */
  async whenRead(listId: string, as: CallAs): Promise<RecipientListDto> {
    for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 50) {
      const list = await this.call(targetingListsRpc.read, { listId }, as);
      if (list.state === 'ready' || list.state === 'refused') return list;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`list ${listId} was not read`);
  }

  /** All row errors, page by page. */
  async errors(listId: string, as: CallAs, limit = 200): Promise<RowErrorDto[]> {
    const errors: RowErrorDto[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.call(targetingListsRpc.errors, { listId, cursor, limit }, as);
      errors.push(...page.errors);
      cursor = page.nextCursor;
    } while (cursor);
    return errors;
  }

  /** All recipients, pulled as sms-gateway pulls them. */
  async recipients(listId: string, customerId: string, limit = 1_000): Promise<[number, number][]> {
    const all: [number, number][] = [];
    for (;;) {
      const page = await this.call(
        targetingRecipientsRpc.page,
        { listId, customerId, fromPosition: all.length + 1, limit },
        'service',
      );
      if (page.msisdns.length === 0) return all;
      page.msisdns.forEach((msisdn, index) => all.push([msisdn, page.operators[index] ?? -1]));
    }
  }
}

/** Campaign-targeting over a scratch database and the broker of the tests, and a program that calls it. */
export class TargetingSpec {
  private constructor(
    readonly config: TargetingConfig,
    readonly app: INestMicroservice,
    readonly caller: Caller,
    private readonly keysApp: INestMicroservice,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<TargetingSpec> {
    const config = specConfig(await migrated(), settings);
    const app = await startReplica(config);
    return new TargetingSpec(config, app, await Caller.connect(config), await startKeys(config));
  }

  async stop(): Promise<void> {
    await this.caller.runtime.broker.close();
    await this.app.close();
    await this.keysApp.close();
    await dropScratch(this.config.databaseUrl);
  }

  sql<T extends object>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return query<T>(this.app.get(DataSource), text, parameters);
  }
}

/** Code and details of the refusal that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; details?: unknown }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof DomainError) {
      return { code: error.code, ...(error.details && { details: error.details }) };
    }
    throw error;
  }
  return { code: 'accepted' };
}

export async function waitFor(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 20) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen`);
}
