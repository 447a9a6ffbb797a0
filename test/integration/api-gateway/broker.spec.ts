import { createServer, connect as connectTo } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Controller, Module } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError, hasRole } from '@peyk/contracts';
import { smsEvents, smsLinesRpc, smsSendsRpc, smsSubscriptions } from '@peyk/contracts/sms';
import type { LinesDto, SendDto, SendIdDto, SendProgressedDto } from '@peyk/contracts/sms';
import {
  HandleRpc,
  PeykTransport,
  createMessaging,
  deadQueue,
  exchanges,
  publishLive,
} from '@peyk/messaging';
import type { Caller, MessagingRuntime } from '@peyk/messaging';
import { HealthModule, loadConfig } from '@peyk/platform';
import {
  TestTokens,
  eventually,
  testMessaging,
  testProgram,
  testServers,
  testServiceEnv,
  testServiceKeys,
} from '@peyk/testing';
import { GatewayConfig } from '../../../apps/api-gateway/src/config';
import { gatewayModule } from '../../../apps/api-gateway/src/gateway.module';
import { configureHttp, fastifyOptions } from '../../../apps/api-gateway/src/application';

const accountId = '0198f000-0000-7000-8000-00000000000a';
const strangerId = '0198f000-0000-7000-8000-00000000000b';
const sendId = '0198f000-0000-7000-8000-0000000000c1';
const tokens = new TestTokens();
const { counts, ...progress }: SendProgressedDto = {
  sendId,
  customerId: accountId,
  state: 'sending',
  recipients: 10,
  counts: {
    queued: 10,
    sent: 0,
    delivered: 0,
    undelivered: 0,
    failed: 0,
    blocked: 0,
    cancelled: 0,
    inDoubt: 0,
    unreported: 0,
  },
  chargedRials: 1_330,
  partsPerSecond: 1,
  at: '2026-11-21T08:00:00.000Z',
};
const send: SendDto = {
  id: sendId,
  title: 'خبر',
  state: 'sending',
  kind: 'group',
  lane: 'bulk',
  line: {
    id: '0198f000-0000-7000-8000-0000000000a1',
    number: '982000001',
    lineClass: 'service',
    hoursFrom: 0,
    hoursTo: 24,
    is66Char: false,
    refundPolicy: 'submitted',
    active: true,
  },
  text: 'سلام',
  parts: 1,
  recipients: 10,
  listId: sendId,
  row: 1,
  counts,
  money: { quotedRials: 13_300, chargedRials: 0, releasedRials: 0, refundedRials: 0, settled: false },
  partsPerSecond: 0,
  createdAt: '2026-11-21T08:00:00.000Z',
};

/** Stands in for sms-gateway: checks the caller as a service has to. */
@Controller()
class SmsStub {
  @HandleRpc(smsLinesRpc.list)
  async lines(_input: object, { principal }: Caller): Promise<LinesDto> {
    if (!principal || !hasRole(principal, 'sms_customer')) throw new DomainError('access.denied');
    return { lines: [] };
  }

  @HandleRpc(smsSendsRpc.read)
  async read(_input: SendIdDto, { principal }: Caller): Promise<SendDto> {
    if (principal?.kind !== 'user' || principal.accountId !== accountId)
      throw new DomainError('send.notFound');
    return send;
  }
}

/** Between the gateway and the broker, so that the broker can go away for the gateway alone. */
class Cable {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  port = 0;

  constructor(private readonly target: URL) {}

  async plug(): Promise<void> {
    this.server = createServer((near) => {
      const far = connectTo(Number(this.target.port || 5_672), this.target.hostname);
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async pull(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/** What was redriven is for nobody here. */
async function purgeDead({ broker }: MessagingRuntime, queue: string): Promise<void> {
  const opened = broker.open('purge', async (channel) => {
    await channel.purgeQueue(queue);
    await channel.purgeQueue(deadQueue(queue));
  });
  await opened.waitForConnect();
  await opened.close();
}

describe('api-gateway over a broker', () => {
  const cable = new Cable(new URL(testServers().rabbitmqUrl));
  let sms: MessagingRuntime;
  let smsProgram: INestMicroservice;
  let runtime: MessagingRuntime;
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    sms = await testMessaging('sms-gateway', { keyOf: tokens.keyOf });
    smsProgram = await testProgram(sms, 'sms', { controllers: [SmsStub] });
    await cable.plug();
    const rabbitmqUrl = new URL(testServers().rabbitmqUrl);
    rabbitmqUrl.host = `127.0.0.1:${cable.port}`;
    const config = loadConfig(GatewayConfig, {
      HEALTH_PORT: '0',
      RABBITMQ_URL: rabbitmqUrl.href,
      ...testServiceEnv('api-gateway'),
    });
    runtime = createMessaging({
      service: 'api-gateway',
      rabbitmqUrl: rabbitmqUrl.href,
      ...testServiceKeys('api-gateway'),
      keyOf: tokens.keyOf,
      logLevel: 'fatal',
    });
    @Module({ imports: [HealthModule, gatewayModule(config, runtime)] })
    class Root {}
    app = await NestFactory.create<NestFastifyApplication>(Root, new FastifyAdapter(fastifyOptions(config)), {
      logger: ['fatal'],
      abortOnError: false,
    });
    await configureHttp(app, config, runtime.logger);
    app.connectMicroservice({ strategy: new PeykTransport(runtime, undefined) }, { inheritAppConfig: true });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/api/v1`;
  }, 90_000);
  afterAll(async () => {
    await app.close();
    await smsProgram.close();
    await cable.pull();
  }, 90_000);

  function post(
    path: string,
    body: object,
    { roles }: { roles: 'sms_customer' | 'admin' },
  ): Promise<Response> {
    const token = tokens.tokenOf({ accountId, roles: [roles] });
    return fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  function get(
    path: string,
    user: { accountId?: string; roles?: 'sms_customer' | 'admin' } = {},
  ): Promise<Response> {
    const { roles = 'sms_customer' } = user;
    const token = tokens.tokenOf({ accountId: user.accountId ?? accountId, roles: [roles] });
    return fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
  }

  it('carries the token to the service, which decides', async () => {
    const lines = await get('/lines');
    expect([lines.status, await lines.json()]).toEqual([200, { lines: [] }]);
    // The gateway lets an administrator in; the stub does not.
    const refused = await get('/lines', { roles: 'admin' });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      403,
      'access.denied',
    ]);
    const foreign = await get(`/sends/${sendId}`, { accountId: strangerId });
    expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([
      404,
      'send.notFound',
    ]);
  });

  it('answers 503 at once for a service that does not run', async () => {
    const startedMs = performance.now();
    const response = await get('/wallet');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('2');
    // The deadline of the RPC is 5 s.
    expect(performance.now() - startedMs).toBeLessThan(7_000);
  }, 90_000);

  it('streams live events of the send to its owner, and to nobody else', async () => {
    expect((await get(`/sends/${sendId}/progress`, { accountId: strangerId })).status).toBe(404);
    const leaving = new AbortController();
    const token = tokens.tokenOf({ accountId, roles: ['sms_customer'] });
    const response = await fetch(`${url}/sends/${sendId}/progress`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reading = (async () => {
      for await (const piece of response.body ?? [])
        text += Buffer.from(piece as Uint8Array).toString('utf8');
    })().catch(() => undefined);
    await eventually(() => expect(text).toContain('event: snapshot'));
    publishLive(sms, smsEvents.sendProgressed, { ...progress, counts, sendId: strangerId });
    publishLive(sms, smsEvents.sendProgressed, { ...progress, counts, chargedRials: 2_660 });
    await eventually(() => expect(text).toContain('"chargedRials":2660'));
    expect(text).not.toContain(strangerId);
    leaving.abort();
    await reading;
  }, 90_000);

  it('lets administrators look at dead letters and send them on, and says who did', async () => {
    const { queue } = smsSubscriptions.holds;
    await purgeDead(sms, queue);
    const die = (messageId: string): Promise<void> =>
      sms.broker.publish({
        exchange: exchanges.dead,
        routingKey: queue,
        type: 'billing.hold.ended',
        messageId,
        body: Buffer.from(
          `{"holdId":"${messageId}","password":"never","to":"989121234567","text":"رمز 1234"}`,
        ),
        headers: {
          'x-attempt': 8,
          'x-reason': 'Error: no such hold',
          'x-died-at': '2026-11-21T10:00:00.000Z',
        },
      });
    for (const id of ['first', 'second', 'third']) await die(id);
    const admin = { roles: 'admin' } as const;
    const json = async (response: Response): Promise<unknown> => [response.status, await response.json()];
    expect(await json(await get(`/dead-letters/${queue}?limit=2`, admin))).toEqual([
      200,
      {
        letters: ['first', 'second'].map((id) => ({
          id,
          type: 'billing.hold.ended',
          reason: 'Error: no such hold',
          diedAt: '2026-11-21T10:00:00.000Z',
          attempts: 8,
          body: `{"holdId":"${id}","password":"[hidden]","to":"98912***4567","text":"[hidden]"}`,
        })),
      },
    ]);
    await eventually(async () =>
      expect(await json(await get('/dead-letters', admin))).toEqual([
        200,
        { queues: expect.arrayContaining([{ queue, count: 3 }]) as object[] },
      ]),
    );
    const redrive = (body: object, path = queue): Promise<Response> =>
      post(`/dead-letters/${path}/redrive`, body, admin);
    const said = jest.spyOn(runtime.logger, 'info');
    expect(await json(await redrive({ id: 'second' }))).toEqual([200, { redriven: 1 }]);
    expect(said).toHaveBeenCalledWith(
      { by: accountId, queue, id: 'second', limit: 1_000, redriven: 1 },
      expect.any(String),
    );
    said.mockRestore();
    expect(await json(await redrive({ id: 'second' }))).toMatchObject([404, { code: 'deadLetter.notFound' }]);
    expect(await json(await redrive({}))).toEqual([200, { redriven: 2 }]);
    expect(await json(await get(`/dead-letters/${queue}`, admin))).toEqual([200, { letters: [] }]);
    expect(await json(await redrive({}, 'peyk.unknown'))).toMatchObject([404, { code: 'queue.notFound' }]);
    expect(await json(await get(`/dead-letters/${queue}`))).toMatchObject([403, { code: 'access.denied' }]);
    await purgeDead(sms, queue);
  }, 90_000);

  it('answers 503 in bounded time while the broker is away, and goes on after', async () => {
    expect((await get('/lines')).status).toBe(200);
    await cable.pull();
    expect((await get('/dead-letters', { roles: 'admin' })).status).toBe(503);
    const startedMs = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/lines')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    const [first] = answers;
    expect(first?.headers.get('retry-after')).toBe('2');
    expect(await first?.json()).toMatchObject({
      code: 'service.unavailable',
      message: 'بخشی از سامانه اکنون پاسخ نمی‌دهد؛ دوباره تلاش کنید.',
    });
    expect(performance.now() - startedMs).toBeLessThan(6_000);
    await cable.plug();
    await eventually(async () => expect((await get('/lines')).status).toBe(200), { timeoutMs: 20_000 });
  }, 90_000);
});
