import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EmptyDto, type EventContract, type Role } from '@peyk/contracts';
import {
  billingHoldsRpc,
  billingSubscriptions,
  billingTariffsRpc,
  billingWalletsRpc,
} from '@peyk/contracts/billing';
import {
  identityAccessRpc,
  identityKeysRpc,
  type RevocationsDto,
  type VerificationKeysDto,
} from '@peyk/contracts/identity';
import { smsEvents, smsSubscriptions } from '@peyk/contracts/sms';
import {
  consumeQueue,
  createMessaging,
  deadQueue,
  exchanges,
  HandleRpc,
  MessagingModule,
  PeykTransport,
  userTokenAudience,
  userTokenIssuer,
  type MessagingRuntime,
} from '@peyk/messaging';
import { createDataSource } from '@peyk/database';
import { HealthModule, loadConfig } from '@peyk/platform';
import { testServiceEnv, testServiceKeys } from '@peyk/testing';
import { DataSource } from 'typeorm';
import { sign } from 'jsonwebtoken';
import { billingModule } from '../../../apps/billing/src/billing.module';
import { BillingConfig } from '../../../apps/billing/src/config';
import { databaseOptions } from '../../../apps/billing/src/data-source';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { dropScratch } from '../database/scratch';
import { inAnHour, refusal, scratchDatabase } from './fixture';

const rabbitmqUrl = process.env['TEST_RABBITMQ_URL'] ?? '';
const waitMaxMs = 8_000;

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys: VerificationKeysDto = {
  keys: [{ kid: 'spec', publicKey: key.publicKey.export({ type: 'spki', format: 'pem' }).toString() }],
};

/** Stands for identity: billing asks it whose signature a token carries. */
@Controller()
class IdentityKeys {
  @HandleRpc(identityKeysRpc.list)
  keys(): Promise<VerificationKeysDto> {
    return Promise.resolve(keys);
  }
  @HandleRpc(identityAccessRpc.revocations)
  revocations(): Promise<RevocationsDto> {
    return Promise.resolve({ accountIds: [], stamps: [], sessionIds: [] });
  }
}

function tokenOf(accountId: string, ...roles: Role[]): { token: string } {
  return {
    token: sign({ sid: randomUUID(), name: '', roles, scopes: {}, stamp: 1 }, key.privateKey, {
      algorithm: 'ES256',
      keyid: 'spec',
      subject: accountId,
      audience: userTokenAudience,
      issuer: userTokenIssuer,
      expiresIn: 60,
    }),
  };
}

function configOf(databaseUrl: string): BillingConfig {
  return loadConfig(BillingConfig, {
    HEALTH_PORT: '0',
    RABBITMQ_URL: rabbitmqUrl,
    ...testServiceEnv('billing'),
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_MAX: '5',
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + waitMaxMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${waitMaxMs} ms in vain`);
    await sleep(20);
  }
}

describe('billing over RabbitMQ', () => {
  let url: string;
  let identity: INestMicroservice;
  let caller: MessagingRuntime;
  const replicas: INestMicroservice[] = [];
  const heard = new Map<
    string,
    { holdId: string; state: string; capturedRials: number; releasedRials: number }[]
  >();
  const dead: { messageId: string; reason: string }[] = [];

  const start = async (
    service: string,
    module: (runtime: MessagingRuntime) => Parameters<typeof NestFactory.createMicroservice>[0],
  ): Promise<INestMicroservice> => {
    const runtime = createMessaging({ service, rabbitmqUrl, ...testServiceKeys(service) });
    runtime.logger.level = 'error';
    const app = await NestFactory.createMicroservice(module(runtime), {
      logger: false,
      strategy: new PeykTransport(runtime, service),
    });
    await app.listen();
    return app;
  };

  beforeAll(async () => {
    url = await scratchDatabase();
    caller = createMessaging({ service: 'sms-gateway', rabbitmqUrl, ...testServiceKeys('sms-gateway') });
    caller.logger.level = 'silent';
    await caller.broker.ready();
    // What an earlier run may have left.
    const queues = [billingSubscriptions.charges, billingSubscriptions.accounts, smsSubscriptions.holds].map(
      ({ queue }) => queue,
    );
    const purged = caller.broker.open('purge', async (channel) => {
      for (const queue of queues) {
        await channel.purgeQueue(queue);
        await channel.purgeQueue(deadQueue(queue));
      }
    });
    await purged.waitForConnect();
    await purged.close();
    identity = await start('identity', (runtime) => {
      @Module({ imports: [HealthModule, MessagingModule.forRoot(runtime)], controllers: [IdentityKeys] })
      class Identity {}
      return Identity;
    });
    for (let replica = 0; replica < 2; replica += 1)
      replicas.push(await start('billing', (runtime) => billingModule(configOf(url), runtime)));
    consumeQueue(caller.broker, caller.logger, smsSubscriptions.holds.queue, 10, (message) => {
      const event = JSON.parse(message.content.toString()) as {
        holdId: string;
        state: string;
        capturedRials: number;
        releasedRials: number;
      };
      heard.set(event.holdId, [...(heard.get(event.holdId) ?? []), event]);
      return Promise.resolve();
    });
    consumeQueue(
      caller.broker,
      caller.logger,
      deadQueue(billingSubscriptions.charges.queue),
      10,
      (message) => {
        dead.push({
          messageId: String(message.properties.messageId),
          reason: String(message.properties.headers?.['x-reason']),
        });
        return Promise.resolve();
      },
    );
  }, 60_000);

  afterAll(async () => {
    for (const replica of replicas) await replica.close();
    await identity.close();
    await caller.broker.close();
    await dropScratch(url);
  }, 90_000);

  const publish = <P extends object>(
    contract: EventContract<P>,
    payload: P,
    messageId: string = randomUUID(),
  ) =>
    caller.broker.publish({
      exchange: exchanges.events,
      routingKey: contract.name,
      type: contract.name,
      messageId,
      headers: { version: contract.version },
      body: Buffer.from(JSON.stringify(payload)),
    });

  const credited = async (amountRials: number): Promise<string> => {
    const customerId = randomUUID();
    // No program may credit over the broker.
    await replicas[0]
      ?.get(DataSource)
      .query(`SELECT ledger_credit($1, 'credit', $2, $3, $4)`, [
        randomUUID(),
        customerId,
        amountRials,
        'شارژ',
      ]);
    return customerId;
  };
  const held = async (customerId: string, amountRials: number): Promise<string> => {
    const holdId = randomUUID();
    const terms = { holdId, customerId, amountRials, purpose: 'send', expiresAt: inAnHour() } as const;
    const [first, again] = await Promise.all([
      caller.rpc.call(billingHoldsRpc.place, terms, 'service'),
      caller.rpc.call(billingHoldsRpc.place, terms, 'service'),
    ]);
    expect(again).toEqual(first);
    return holdId;
  };
  const wallet = (customerId: string) => caller.rpc.call(billingWalletsRpc.read, { customerId }, 'service');

  it('BIL-202 captures, pays back and closes a send by its events, each twice, over two replicas', async () => {
    const customerId = await credited(1_000_000);
    const sendId = await held(customerId, 600_000);
    const charges = Array.from({ length: 40 }, (_, at) => ({
      id: randomUUID(),
      payload: { sendId, customerId, captureRials: 10_000, refundRials: at % 4 === 3 ? 1_000 : 0 },
    }));
    const closing = { id: randomUUID(), payload: { sendId, customerId, chargedRials: 400_000 } };
    for (const { id, payload } of charges) {
      await publish(smsEvents.sendCharged, payload, id);
      await publish(smsEvents.sendCharged, payload, id);
    }
    await publish(smsEvents.sendClosed, closing.payload, closing.id);
    await publish(smsEvents.sendClosed, closing.payload, closing.id);
    await until(() => heard.has(sendId));
    expect(await wallet(customerId)).toMatchObject({ postedRials: 610_000, heldRials: 0 });
    // All of it once more, as after a restored broker.
    for (const { id, payload } of charges) await publish(smsEvents.sendCharged, payload, id);
    await publish(smsEvents.sendClosed, closing.payload, closing.id);
    const marker = await held(customerId, 10);
    await publish(smsEvents.sendClosed, { sendId: marker, customerId, chargedRials: 0 });
    await until(() => heard.has(marker));
    expect(await wallet(customerId)).toMatchObject({ postedRials: 610_000, heldRials: 0 });
    expect(heard.get(sendId)).toMatchObject([
      { state: 'closed', capturedRials: 400_000, releasedRials: 200_000 },
    ]);
    expect(dead).toEqual([]);
  }, 90_000);

  it('closes a send also when the closing overtakes its last charge', async () => {
    const customerId = await credited(1_000);
    const sendId = await held(customerId, 1_000);
    await publish(smsEvents.sendClosed, { sendId, customerId, chargedRials: 700 });
    await sleep(100);
    expect(
      (await caller.rpc.call(billingHoldsRpc.read, { holdIds: [sendId] }, 'service')).holds,
    ).toMatchObject([{ state: 'open' }]);
    await publish(smsEvents.sendCharged, { sendId, customerId, captureRials: 700, refundRials: 0 });
    await until(() => heard.has(sendId));
    expect(heard.get(sendId)).toMatchObject([{ state: 'closed', capturedRials: 700, releasedRials: 300 }]);
  }, 90_000);

  it('lays what can never be right in the dead letters with its reason, and goes on', async () => {
    const customerId = await credited(1_000);
    const sendId = await held(customerId, 500);
    const [tooMuch, tooLittle] = [randomUUID(), randomUUID()];
    await publish(smsEvents.sendCharged, { sendId, customerId, captureRials: 501, refundRials: 0 }, tooMuch);
    await publish(smsEvents.sendCharged, { sendId, customerId, captureRials: 300, refundRials: 0 });
    await until(async () => (await wallet(customerId)).postedRials === 700);
    await publish(smsEvents.sendClosed, { sendId, customerId, chargedRials: 299 }, tooLittle);
    await until(() => dead.length >= 2);
    expect(dead.find(({ messageId }) => messageId === tooMuch)?.reason).toContain('hold.exceeded');
    expect(dead.find(({ messageId }) => messageId === tooLittle)?.reason).toContain('300 were captured');
    expect(await wallet(customerId)).toMatchObject({ postedRials: 700, heldRials: 200 });
  }, 90_000);

  it('SMS-209 answers refusals by their codes, with what a person needs to know', async () => {
    const customerId = await credited(100);
    const place = (amountRials: number, holdId: string = randomUUID()) =>
      caller.rpc.call(
        billingHoldsRpc.place,
        { holdId, customerId, amountRials, purpose: 'send', expiresAt: inAnHour() },
        'service',
      );
    await expect(place(101)).rejects.toMatchObject({
      code: 'wallet.insufficientCredit',
      details: { availableRials: 100, amountRials: 101 },
    });
    const { holdId } = await place(60);
    expect(await refusal(place(61, holdId))).toBe('hold.conflict');
    expect(await caller.rpc.call(billingHoldsRpc.release, { holdId }, 'service')).toMatchObject({
      state: 'released',
      releasedRials: 60,
    });
    expect(await refusal(place(60, holdId))).toBe('hold.ended');
    expect(await refusal(caller.rpc.call(billingHoldsRpc.release, { holdId: randomUUID() }, 'service'))).toBe(
      'hold.notFound',
    );
    expect(await refusal(place(0.5))).toBe('input.invalid');
    await until(() => heard.has(holdId));
  });

  it('BIL-013 shows a wallet and its statement to its owner, the wallet to administrators, to nobody else', async () => {
    const [owner, other] = [await credited(100), await credited(50)];
    const read = (as: Parameters<typeof caller.rpc.call>[2], customerId?: string) =>
      caller.rpc.call(billingWalletsRpc.read, { customerId }, as);
    expect(await read(tokenOf(owner, 'sms_customer'))).toMatchObject({ customerId: owner, postedRials: 100 });
    expect(await read(tokenOf(randomUUID(), 'admin'), owner)).toMatchObject({ postedRials: 100 });
    expect(await refusal(read(tokenOf(other, 'sms_customer', 'reseller'), owner))).toBe('access.denied');
    expect(await refusal(read(tokenOf(owner, 'student')))).toBe('access.denied');
    expect(await refusal(read('nobody', owner))).toBe('access.tokenMissing');
    expect(await refusal(read(tokenOf(randomUUID(), 'sms_customer')))).toBe('wallet.notFound');

    const statement = (as: Parameters<typeof caller.rpc.call>[2]) =>
      caller.rpc.call(billingWalletsRpc.statement, {}, as);
    expect(await statement(tokenOf(owner, 'sms_customer'))).toMatchObject({
      entries: [{ kind: 'credit', amountRials: 100, balanceRials: 100, reason: 'شارژ' }],
    });
    expect((await statement(tokenOf(other, 'sms_customer'))).entries).toMatchObject([{ amountRials: 50 }]);
    expect(await refusal(statement('service'))).toBe('access.denied');

    // Only programs move money.
    const credit = { transferId: randomUUID(), customerId: owner, amountRials: 1, reason: 'x' };
    for (const as of [tokenOf(owner, 'sms_customer'), tokenOf(owner, 'admin')]) {
      expect(await refusal(caller.rpc.call(billingWalletsRpc.credit, credit, as))).toBe('access.denied');
      expect(await refusal(caller.rpc.call(billingHoldsRpc.release, { holdId: randomUUID() }, as))).toBe(
        'access.denied',
      );
    }
    // For people without a session the gateway asks, and no other program.
    expect(await refusal(caller.rpc.call(billingTariffsRpc.list, new EmptyDto(), 'nobody'))).toBe(
      'access.denied',
    );
    const gateway = createMessaging({
      service: 'api-gateway',
      rabbitmqUrl,
      ...testServiceKeys('api-gateway'),
    });
    gateway.logger.level = 'silent';
    await gateway.broker.ready();
    expect((await gateway.rpc.call(billingTariffsRpc.list, new EmptyDto(), 'nobody')).tariffs).toEqual([]);
    await gateway.broker.close();
  });

  it('has books that balance after all that', async () => {
    const source = await createDataSource(
      databaseOptions({ databaseUrl: url, databasePoolMax: 1 }),
    ).initialize();
    try {
      const audit = await auditLedger(source);
      expect(audit.differences).toEqual([]);
      expect(audit.transfers).toBeGreaterThan(40);
    } finally {
      await source.destroy();
    }
  });
});
