import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Logger } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { billingEvents } from '@peyk/contracts/billing';
import { heartbeatEveryMs, sessionQueueOf, smsSendsRpc } from '@peyk/contracts/sms';
import type { Role, RpcContract } from '@peyk/contracts';
import type { DispatchBatchDto, HeartbeatAnswerDto, SendDto, SendRequestDto } from '@peyk/contracts/sms';
import { createDataSource, query, uuidv7 } from '@peyk/database';
import type { DatabaseOptions } from '@peyk/database';
import {
  HandleRpc,
  PeykTransport,
  createMessaging,
  deadQueue,
  exchanges,
  outcomesQueue,
} from '@peyk/messaging';
import type { CallAs, MessagingRuntime } from '@peyk/messaging';
import { loadConfig } from '@peyk/platform';
import {
  EventCollector,
  TestTokens,
  eventually,
  migratedDatabase,
  testMessaging,
  testProgram,
  testServers,
  testServiceEnv,
} from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import type { DataSource } from 'typeorm';
import { RabbitBroker } from '../../../apps/sms-dispatch-worker/src/rabbit.broker';
import { SmsGatewayConfig } from '../../../apps/sms-gateway/src/config';
import { databaseOptions } from '../../../apps/sms-gateway/src/data-source';
import { smsGatewayModule } from '../../../apps/sms-gateway/src/sms-gateway.module';
import { Report } from './report';
import { answersOf, World } from './world';

Logger.overrideLogger(false);
jest.setTimeout(90_000);

const queues = ['billing.charges', 'sms-gateway.accounts', 'sms-gateway.holds', outcomesQueue];

/** sms-gateway as main.ts makes it, on a scratch database and the broker of the tests; its neighbours are a `World`. */
export class Live {
  readonly world = new World();
  readonly tokens = new TestTokens();
  readonly gateways: INestMicroservice[] = [];
  readonly workers: LiveWorker[] = [];
  readonly others: INestMicroservice[] = [];
  caller!: MessagingRuntime;
  collector!: EventCollector;
  progress!: EventCollector;

  private constructor(
    readonly database: ScratchDatabase,
    readonly source: DataSource,
  ) {}

  static async start(): Promise<Live> {
    const options = (databaseUrl: string): DatabaseOptions =>
      databaseOptions({ databaseUrl, databasePoolMax: 3 });
    const database = await migratedDatabase(options);
    const source = await createDataSource(options(database.url)).initialize();
    // A connection that a spec breaks comes back with the next statement.
    const live = new Live(database, source);
    live.caller = await testMessaging('identity', { keyOf: live.tokens.keyOf });
    await live.purge();
    live.collector = await EventCollector.start(live.caller, ['sms.#']);
    live.progress = await EventCollector.start(live.caller, ['sms.#'], exchanges.live);
    live.others.push(
      await testProgram(await testMessaging('billing'), 'billing', {
        controllers: [controllerOf(live.world, answersOf('billing'))],
      }),
      await testProgram(await testMessaging('campaign-targeting'), 'targeting', {
        controllers: [controllerOf(live.world, answersOf('targeting'))],
      }),
    );
    await live.gateway();
    return live;
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) await worker.stop();
    for (const app of [...this.gateways, ...this.others]) await app.close();
    await this.purge();
    await this.collector.stop();
    await this.progress.stop();
    await this.caller.broker.close();
    await this.source.destroy();
    await this.database.drop();
  }

  /** One more process of sms-gateway, inside this one. */
  async gateway(): Promise<INestMicroservice> {
    const config = loadConfig(SmsGatewayConfig, {
      DATABASE_URL: this.database.url,
      RABBITMQ_URL: testServers().rabbitmqUrl,
      ...testServiceEnv('sms-gateway'),
      SEAL_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
      HEALTH_PORT: '0',
      LOG_LEVEL: 'fatal',
      NODE_ENV: 'test',
    });
    const runtime = createMessaging({
      service: 'sms-gateway',
      rabbitmqUrl: config.rabbitmqUrl,
      serviceKey: config.serviceKey,
      servicePublicKeys: config.servicePublicKeys,
      keyOf: this.tokens.keyOf,
      logLevel: 'fatal',
    });
    const app = await NestFactory.createMicroservice<MicroserviceOptions>(smsGatewayModule(config, runtime), {
      strategy: new PeykTransport(runtime, 'sms'),
      logger: false,
      abortOnError: false,
    });
    await app.listen();
    this.gateways.push(app);
    return app;
  }

  async end(gateway: INestMicroservice): Promise<void> {
    this.gateways.splice(this.gateways.indexOf(gateway), 1);
    await gateway.close();
  }

  async worker(style: WorkerStyle = {}): Promise<LiveWorker> {
    const worker = new LiveWorker(await testMessaging('sms-dispatch-worker'), style);
    await worker.start();
    this.workers.push(worker);
    return worker;
  }

  // --- asking

  as(customerId: string, ...roles: Role[]): CallAs {
    return {
      token: this.tokens.tokenOf({
        accountId: customerId,
        roles: roles.length > 0 ? roles : ['sms_customer'],
      }),
    };
  }

  call<I extends object, O extends object>(contract: RpcContract<I, O>, input: I, as: CallAs): Promise<O> {
    return this.caller.rpc.call(contract, input, as);
  }

  /** A customer with a line on a link of its own; all other links are off. */
  async customer(
    link: Record<string, number | string | null> = {},
  ): Promise<{ customerId: string; lineId: string; linkId: string }> {
    const customerId = this.world.customer();
    const [linkId, lineId] = [uuidv7(), uuidv7()];
    const columns = { parts_per_second: 0, window_size: 10, binds: 2, receipt_wait_seconds: 600, ...link };
    await this.sql('UPDATE links SET active = false');
    const names = Object.keys(columns);
    await this.sql(
      `INSERT INTO links (id, name, host, port, system_id, password, ${names.join(', ')})
       VALUES ($1, 'live', '127.0.0.1', 2775, 'peyk', 'secret', ${names.map((_, index) => `$${index + 2}`).join(', ')})`,
      [linkId, ...Object.values(columns)],
    );
    await this.sql(
      `INSERT INTO lines (id, customer_id, link_id, number, line_class) VALUES ($1, $2, $3, $4, 'service')`,
      [lineId, customerId, linkId, `98${Math.floor(Math.random() * 1e10)}`],
    );
    return { customerId, lineId, linkId };
  }

  async send(
    { customerId, lineId }: { customerId: string; lineId: string },
    count: number,
    over: Partial<SendRequestDto> = {},
  ): Promise<SendDto> {
    const listId = this.world.list(customerId, count);
    return this.call(
      smsSendsRpc.create,
      {
        idempotencyKey: randomUUID(),
        lineId,
        text: 'سلام',
        recipients: { listId },
        lane: 'bulk',
        ...over,
      },
      this.as(customerId),
    );
  }

  read(customerId: string, sendId: string): Promise<SendDto> {
    return this.call(smsSendsRpc.read, { sendId }, this.as(customerId));
  }

  /** The send once `isSo`; waits at most 30 s. */
  until(customerId: string, sendId: string, isSo: (send: SendDto) => boolean): Promise<SendDto> {
    return eventually(
      async () => {
        const send = await this.read(customerId, sendId);
        if (!isSo(send)) throw new Error(`it is ${JSON.stringify({ ...send, line: undefined, text: '' })}`);
        return send;
      },
      { timeoutMs: 50_000, everyMs: 50 },
    );
  }

  sql<T extends object = object>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return query<T>(this.source, text, parameters);
  }

  /** Billing has ended the hold of a send. */
  async endHold(sendId: string, customerId: string, messageId: string = uuidv7()): Promise<void> {
    const payload = { holdId: sendId, customerId, state: 'closed', capturedRials: 0, releasedRials: 0 };
    await this.caller.broker.publish({
      exchange: exchanges.events,
      routingKey: billingEvents.holdEnded.name,
      type: billingEvents.holdEnded.name,
      messageId,
      body: Buffer.from(JSON.stringify(payload)),
    });
  }

  /** Puts bytes into a queue as a program of another version might. */
  async put(queue: string, type: string, body: Buffer): Promise<string> {
    const messageId = randomUUID();
    await this.caller.broker.publish({ exchange: exchanges.work, routingKey: queue, type, messageId, body });
    return messageId;
  }

  /** Dead letters of a queue, taken out. */
  async dead(queue: string): Promise<{ id: string; reason: string }[]> {
    const letters: { id: string; reason: string }[] = [];
    const opened = this.caller.broker.open('dead letters', async (channel) => {
      for (;;) {
        const message = await channel.get(deadQueue(queue), { noAck: true });
        if (!message) return;
        letters.push({
          id: String(message.properties.messageId),
          reason: String(message.properties.headers?.['x-reason']),
        });
      }
    });
    await opened.waitForConnect();
    await opened.close();
    return letters;
  }

  /** The database takes nobody for a while, as when its server restarts. */
  async withoutDatabase(act: () => Promise<void>): Promise<void> {
    const name = new URL(this.database.url).pathname.slice(1);
    const admin = createDataSource({
      url: testServers().databaseUrl,
      entities: [],
      migrations: [],
      poolMax: 1,
      applicationName: 'peyk-spec',
    });
    await admin.initialize();
    try {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
      await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      await act();
    } finally {
      await admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
      await admin.destroy();
    }
  }

  private async purge(): Promise<void> {
    const opened = this.caller.broker.open('purge', async (channel) => {
      for (const queue of queues) {
        await channel.purgeQueue(queue);
        await channel.purgeQueue(deadQueue(queue));
      }
    });
    await opened.waitForConnect();
    await opened.close();
  }
}

export interface WorkerStyle {
  /** `all`: sends and reports everything; `hold`: takes batches and does nothing; `start`: starts all, answers none. */
  readonly does?: 'all' | 'hold' | 'start';
  /** Milliseconds a message, a few together. */
  readonly everyMs?: number;
  /** How many batches it loses when they first arrive. */
  readonly loses?: number;
}

/** Each report costs sms-gateway a transaction, so that one a message would be most of what the specs compute. */
const pacedTogether = 5;

/** A worker without SMPP: speaks the protocol over RabbitMQ, and keeps what it "wrote to the operator". */
export class LiveWorker {
  readonly session = { id: uuidv7(), queue: sessionQueueOf(randomUUID()) };
  /** `<send> <seq>` of every message written, in order, with repetitions. */
  readonly written: { readonly key: string; readonly at: number }[] = [];
  readonly batches = new Map<string, DispatchBatchDto>();
  readonly arrived: string[] = [];
  readonly answers: HeartbeatAnswerDto[] = [];
  private readonly broker: RabbitBroker;
  private readonly withdrawn = new Set<string>();
  private consumer: { cancel(): Promise<void> } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private binds: { linkId: string; bindNo: number }[] = [];
  private losses: number;
  private ended = false;
  private queue = Promise.resolve();

  constructor(
    private readonly runtime: MessagingRuntime,
    private readonly style: WorkerStyle,
  ) {
    this.broker = new RabbitBroker(runtime);
    this.losses = style.loses ?? 0;
  }

  async start(): Promise<void> {
    this.consumer = await this.broker.consume(this.session.queue, {
      onBatch: (batch) => this.onBatch(batch),
      onWithdraw: ({ sendId }) => this.withdrawn.add(sendId),
    });
    await this.beat();
    this.timer = setInterval(() => void this.beat().catch(() => undefined), heartbeatEveryMs);
  }

  /**
   * As kill -9: nothing more is said, and the queue is gone. Not between a mark and the writing that it announces, so that
   * `written` is what was started.
   */
  async stop(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.timer);
    await this.queue;
    await this.consumer?.cancel();
    await this.runtime.broker.close();
  }

  async publish(report: Report): Promise<void> {
    await this.broker.publishOutcomes(report.dto);
  }

  private async beat(): Promise<void> {
    const links = new Map<string, string[]>();
    for (const { linkId } of this.binds) links.set(linkId, []);
    for (const batch of this.batches.values()) links.get(batch.linkId)?.push(batch.batchId);
    const answer = await this.broker.heartbeat({
      sessionId: this.session.id,
      worker: 'spec',
      queue: this.session.queue,
      leaving: false,
      binds: this.binds.map((bind) => ({ ...bind, state: 'bound' as const })),
      links: [...links].map(([linkId, batchIds]) => ({
        linkId,
        appliedShare: this.answers.at(-1)?.links.find((link) => link.linkId === linkId)?.share ?? 0,
        batchIds,
        partsPerSecond: 0,
        throttled: 0,
      })),
    });
    this.answers.push(answer);
    this.binds = answer.links.flatMap(({ linkId, bindNos }) => bindNos.map((bindNo) => ({ linkId, bindNo })));
  }

  private onBatch(batch: DispatchBatchDto): void {
    this.arrived.push(batch.batchId);
    if (this.losses > 0) {
      this.losses -= 1;
      return;
    }
    if (this.batches.has(batch.batchId) || this.style.does === 'hold') return;
    this.batches.set(batch.batchId, batch);
    this.queue = this.queue.then(() => this.submit(batch)).catch(() => undefined);
  }

  private async submit(batch: DispatchBatchDto): Promise<void> {
    // Given back already, behind another of its send.
    if (!this.batches.has(batch.batchId)) return;
    const { everyMs = 0, does = 'all' } = this.style;
    const step = everyMs > 0 ? pacedTogether : batch.seqs.length;
    for (let from = 0; from < batch.seqs.length && !this.ended; from += step) {
      const next = Math.min(from + step, batch.seqs.length);
      if (this.withdrawn.has(batch.sendId)) {
        this.withdrawn.delete(batch.sendId);
        await this.giveBack(batch, from);
        return;
      }
      await this.publish(this.report(batch.linkId).started(batch.batchId, next));
      const said = this.report(batch.linkId);
      for (let index = from; index < next; index++) {
        this.written.push({ key: `${batch.sendId} ${batch.seqs[index] ?? 0}`, at: Date.now() });
        const id = `${batch.batchId.slice(-12)}${index}x`;
        said
          .sent({ batchId: batch.batchId, index }, id)
          .receipt(id, 'delivered', { place: { batchId: batch.batchId, index } });
      }
      if (does === 'all') await this.publish(said);
      if (everyMs > 0) await sleep(everyMs * (next - from));
    }
    if (does === 'all') this.batches.delete(batch.batchId);
  }

  /** What is not started of it, and all of the send behind it. */
  private async giveBack(batch: DispatchBatchDto, from: number): Promise<void> {
    const said = this.report(batch.linkId).returned(batch.batchId, from);
    this.batches.delete(batch.batchId);
    for (const other of [...this.batches.values()]) {
      if (other.sendId !== batch.sendId) continue;
      said.returned(other.batchId, 0);
      this.batches.delete(other.batchId);
    }
    await this.publish(said);
  }

  private report(linkId: string): Report {
    return new Report(this.session.id, linkId);
  }
}

/** Answers these RPCs out of the world. */
function controllerOf(world: World, contracts: readonly object[]): Type {
  @Controller()
  class Stub {}
  for (const [index, contract] of (contracts as RpcContract[]).entries()) {
    const key = `answer${index}`;
    const handler = (input: object): Promise<object> => world.answer(contract.name, input);
    Object.defineProperty(Stub.prototype, key, { value: handler, writable: true, configurable: true });
    const descriptor = Object.getOwnPropertyDescriptor(Stub.prototype, key) as TypedPropertyDescriptor<
      typeof handler
    >;
    HandleRpc(contract)(Stub.prototype, key, descriptor);
    Object.defineProperty(Stub.prototype, key, descriptor);
  }
  return Stub;
}
