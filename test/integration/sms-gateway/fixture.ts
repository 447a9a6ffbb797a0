import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { DomainError, messageStates, parseDto } from '@peyk/contracts';
import { sessionQueueOf, sessionQueues, shareLeaseMs, smsEvents } from '@peyk/contracts/sms';
import type { EventContract, MessageState, RpcContract, WorkContract } from '@peyk/contracts';
import type { HeartbeatDto, LinkStatusDto, SendRequestDto } from '@peyk/contracts/sms';
import { Transactions, createDataSource, execute, query, uuidv7 } from '@peyk/database';
import type { DatabaseOptions } from '@peyk/database';
import { Outbox, UnroutableError, exchanges } from '@peyk/messaging';
import type { MessagingRuntime, Outgoing } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { eventually, migratedDatabase } from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { databaseOptions } from '../../../apps/sms-gateway/src/data-source';
import { Closer } from '../../../apps/sms-gateway/src/dispatch/closer';
import { Recorder } from '../../../apps/sms-gateway/src/dispatch/recorder';
import { Releaser } from '../../../apps/sms-gateway/src/dispatch/releaser';
import { Runner } from '../../../apps/sms-gateway/src/dispatch/runner';
import { InboxService } from '../../../apps/sms-gateway/src/inbox/inbox.service';
import { LinesService } from '../../../apps/sms-gateway/src/lines/lines.service';
import { LinkPasswords } from '../../../apps/sms-gateway/src/links/link-passwords';
import { LinksService } from '../../../apps/sms-gateway/src/links/links.service';
import { ReceiptRulesCache } from '../../../apps/sms-gateway/src/receipts/receipt-rules';
import { Message } from '../../../apps/sms-gateway/src/messages/message.entity';
import { MessagesService } from '../../../apps/sms-gateway/src/reports/messages.service';
import { DoubtResolution } from '../../../apps/sms-gateway/src/doubts/doubt-resolution';
import { MessageRecorder } from '../../../apps/sms-gateway/src/receipts/message-recorder';
import { OrphanReceipts } from '../../../apps/sms-gateway/src/receipts/orphan-receipts';
import { ReceiptWaits } from '../../../apps/sms-gateway/src/receipts/receipt-waits';
import { SecretaryAnswers } from '../../../apps/sms-gateway/src/secretary/secretary-answers';
import { DispatchSignals } from '../../../apps/sms-gateway/src/signals/dispatch-signals';
import { SendPaces } from '../../../apps/sms-gateway/src/signals/send-paces';
import { Send } from '../../../apps/sms-gateway/src/sends/send.entity';
import { SendControl } from '../../../apps/sms-gateway/src/sends/send-control';
import { SendEdits } from '../../../apps/sms-gateway/src/sends/send-edits';
import { SendPlacement } from '../../../apps/sms-gateway/src/sends/send-placement';
import { SendPrices } from '../../../apps/sms-gateway/src/sends/send-prices';
import { SendReads } from '../../../apps/sms-gateway/src/sends/send-reads';
import { SendSchedule } from '../../../apps/sms-gateway/src/sends/send-schedule';
import { SendsService } from '../../../apps/sms-gateway/src/sends/sends.service';
import { Report } from './report';
import { dutiesOf, wireServices } from './services';
import { answersOf, FakeServices } from './fake-services';

// Refusals are what these specs provoke; their log lines say nothing more.
Logger.overrideLogger(false);
/** Set up and torn down with a database of their own; a busy machine is no failure. */
jest.setTimeout(90_000);

const contracts = new Map(
  [...answersOf('billing'), ...answersOf('targeting')].map((each) => [each.name, each]),
);

export interface Published {
  readonly queue: string;
  readonly type: string;
  readonly payload: unknown;
}

/** A broker without RabbitMQ: keeps what is published, and knows which queues of sessions are there. */
export class FakeBroker {
  connected = true;
  connectedMs = Infinity;
  readonly queues = new Set<string>();
  readonly published: Published[] = [];

  publish(message: Outgoing): Promise<void> {
    const { exchange, routingKey: queue, type = '', body } = message;
    if (queue.startsWith(sessionQueues) && !this.queues.has(queue))
      return Promise.reject(new UnroutableError(`no queue takes ${queue}`));
    this.published.push({
      queue: exchange === exchanges.events ? 'events' : queue,
      type,
      payload: JSON.parse(body.toString()),
    });
    return Promise.resolve();
  }

  publishTransient(): void {
    return;
  }

  work<P extends object>(contract: WorkContract<P>, queue?: string): P[] {
    return this.published
      .filter((one) => one.type === contract.name && (queue === undefined || one.queue === queue))
      .map((one) => one.payload as P);
  }
}

export interface Session {
  readonly id: string;
  readonly queue: string;
}

export interface BatchRow {
  readonly id: string;
  readonly first_seq: number;
  readonly count: number;
  readonly state: number;
  readonly session_id: string | null;
}

export const keepDays = { messagesKeepDays: 400, sendsKeepDays: 1_830, inboxKeepDays: 730 };

/**
 * Everything of sms-gateway but its edge: the real services and loops on a real PostgreSQL, each loop run step by step
 * by the spec; billing and campaign-targeting are a `FakeServices`, the broker keeps what it is given.
 */
export class Core {
  readonly answered: { sessionId: string; parts: number }[] = [];
  readonly moved = new Set<string>();
  readonly signals: DispatchSignals;
  readonly lines: LinesService;
  readonly links: LinksService;
  readonly passwords: LinkPasswords;
  readonly rules: ReceiptRulesCache;
  readonly inbox: InboxService;
  readonly secretary: SecretaryAnswers;
  readonly sends: SendsService;
  readonly sendReads: SendReads;
  readonly sendSchedule: SendSchedule;
  readonly sendPlacement: SendPlacement;
  readonly sendControl: SendControl;
  readonly sendEdits: SendEdits;
  readonly sendPrices: SendPrices;
  readonly messages: MessagesService;
  readonly doubts: DoubtResolution;
  readonly waits: ReceiptWaits;
  readonly orphans: OrphanReceipts;
  readonly recorder: Recorder;
  readonly closer: Closer;
  private readonly duties: ReadonlyMap<string, () => Promise<boolean>>;

  private constructor(
    readonly source: DataSource,
    readonly database: ScratchDatabase,
    readonly broker: FakeBroker,
    readonly runtime: MessagingRuntime,
    readonly outbox: Outbox,
    readonly transactions: Transactions,
    readonly fakes: FakeServices,
    private readonly services: INestApplicationContext,
  ) {
    this.signals = services.get(DispatchSignals);
    this.lines = services.get(LinesService);
    this.passwords = services.get(LinkPasswords);
    this.rules = services.get(ReceiptRulesCache);
    this.links = services.get(LinksService);
    // It has listened for long: silence means something at once.
    Object.assign(this.links, { writingSinceMs: 0 });
    this.inbox = services.get(InboxService);
    this.secretary = services.get(SecretaryAnswers);
    this.sends = services.get(SendsService);
    this.sendReads = services.get(SendReads);
    this.sendSchedule = services.get(SendSchedule);
    this.sendPlacement = services.get(SendPlacement);
    this.sendControl = services.get(SendControl);
    this.sendEdits = services.get(SendEdits);
    this.sendPrices = services.get(SendPrices);
    this.messages = services.get(MessagesService);
    this.doubts = services.get(DoubtResolution);
    this.waits = services.get(ReceiptWaits);
    this.orphans = services.get(OrphanReceipts);
    this.closer = new Closer(source, this.transactions, this.outbox, this.runtime.logger);
    this.signals.onMovedSends = (ids) => this.closer.mark(ids);
    this.recorder = this.newRecorder();
    this.duties = dutiesOf(services);
  }

  static async start(): Promise<Core> {
    const options = (databaseUrl: string): DatabaseOptions =>
      databaseOptions({ databaseUrl, databasePoolMax: 10 });
    const database = await migratedDatabase(options);
    const source = await createDataSource(options(database.url)).initialize();
    const fakes = new FakeServices();
    const broker = new FakeBroker();
    const runtime = {
      service: 'sms-gateway',
      logger: createLogger('sms-gateway', { level: 'fatal' }),
      broker,
      rpc: { call: (contract: RpcContract, input: object) => callFake(fakes, contract, input) },
    } as unknown as MessagingRuntime;
    const outbox = new Outbox(runtime, source);
    const transactions = new Transactions(source);
    const services = await wireServices(source, runtime, outbox, transactions);
    const core = new Core(source, database, broker, runtime, outbox, transactions, fakes, services);
    await core.duty('partitions').run();
    return core;
  }

  async stop(): Promise<void> {
    await this.services.close();
    await this.outbox.onModuleDestroy();
    await this.source.destroy();
    await this.database.drop();
  }

  /** As a program that just started: nothing is known but what the database has. */
  newRecorder(): Recorder {
    const { source, transactions, runtime, inbox, services } = this;
    const recorder = new Recorder(
      source,
      transactions,
      runtime,
      inbox,
      services.get(MessageRecorder),
      services.get(SendPaces),
    );
    recorder.restart({
      answered: (sessionId, _linkId, parts) => this.answered.push({ sessionId, parts }),
      seen: () => undefined,
      through: () => undefined,
      sessionClosed: () => undefined,
      moved: (ids) => {
        for (const id of ids) this.moved.add(id);
        this.closer.mark(this.moved);
      },
    });
    return recorder;
  }

  /** What the clock brings, a piece at a time. */
  duty(name: string): { readonly run: () => Promise<boolean> } {
    const run = this.duties.get(name);
    if (!run) throw new Error(`no duty ${name}`);
    return { run };
  }

  newRunner(lookahead = 100_000, transactions = this.transactions): Runner {
    return new Runner(this.source, transactions, this.runtime, lookahead, () => undefined);
  }

  newReleaser(): Releaser {
    return new Releaser(this.source, this.transactions, this.runtime, this.links, (batch, sessionId) =>
      this.recorder.noteAssigned(batch, sessionId),
    );
  }

  // --- things

  async link(over: Record<string, number | string | null> = {}): Promise<string> {
    const row: Record<string, number | string | null> = {
      id: randomUUID(),
      name: 'spec',
      host: '127.0.0.1',
      port: 2775,
      system_id: 'peyk',
      password: 'secret',
      parts_per_second: 0,
      window_size: 10,
      binds: 2,
      ...over,
    };
    await this.insert('links', row);
    return String(row['id']);
  }

  async line(
    customerId: string,
    linkId: string,
    over: Record<string, number | string | boolean> = {},
  ): Promise<string> {
    const row = {
      id: randomUUID(),
      customer_id: customerId,
      link_id: linkId,
      number: `98${Math.floor(Math.random() * 1e10)}`,
      line_class: 'service',
      ...over,
    };
    await this.insert('lines', row);
    return row.id;
  }

  /** A live session with a queue. */
  async session(): Promise<Session> {
    const session = { id: uuidv7(), queue: sessionQueueOf(randomUUID()) };
    this.broker.queues.add(session.queue);
    await this.sql(
      `INSERT INTO worker_sessions (id, worker, queue, state, seen_at) VALUES ($1, 'spec', $2, 'live', now())`,
      [session.id, session.queue],
    );
    return session;
  }

  request(lineId: string, over: Partial<SendRequestDto> = {}): SendRequestDto {
    return {
      idempotencyKey: randomUUID(),
      lineId,
      text: 'سلام',
      recipients: { numbers: ['09120000001'] },
      ...over,
    };
  }

  /** An accepted send of `count` recipients, all written to the table. */
  async send(
    customerId: string,
    lineId: string,
    count: number,
    over: Partial<SendRequestDto> = {},
  ): Promise<string> {
    const listId = this.fakes.list(customerId, count);
    const { id } = await this.sends.create(
      customerId,
      this.request(lineId, { recipients: { listId }, ...over }),
    );
    await this.write();
    return id;
  }

  /** Runs the runner until nothing is to be written. */
  async write(runner = this.newRunner()): Promise<void> {
    while ((await runner.step()) === 0);
  }

  /** All waiting batches of the send to a session, as the releaser does. In order. */
  async assign(sendId: string, session: Session): Promise<BatchRow[]> {
    await this.sql(
      `UPDATE batches SET state = 1, session_id = $2, assigned_at = now() WHERE send_id = $1 AND state = 0`,
      [sendId, session.id],
    );
    await this.sql(
      `UPDATE sends SET state = 'sending', started_at = now() WHERE id = $1 AND state = 'queued'`,
      [sendId],
    );
    const batches = await this.batches(sendId);
    return batches.filter((batch) => batch.session_id === session.id && batch.state === 1);
  }

  heartbeat(
    session: Session,
    more: {
      binds?: { linkId: string; bindNos: number[] }[];
      links?: Partial<LinkStatusDto>[];
      leaving?: boolean;
    } = {},
  ): HeartbeatDto {
    return {
      sessionId: session.id,
      worker: 'spec',
      queue: session.queue,
      leaving: more.leaving ?? false,
      binds: (more.binds ?? []).flatMap(({ linkId, bindNos }) =>
        bindNos.map((bindNo) => ({ linkId, bindNo, state: 'bound' as const })),
      ),
      links: (more.links ?? []).map((link) => ({
        linkId: '',
        appliedShare: 0,
        batchIds: [],
        partsPerSecond: 0,
        throttled: 0,
        ...link,
      })),
    };
  }

  report(session: Session, linkId: string): Report {
    return new Report(session.id, linkId);
  }

  // --- looking

  sql<T extends object = object>(text: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return query<T>(this.source, text, parameters);
  }

  batches(sendId: string): Promise<BatchRow[]> {
    return this.sql<BatchRow>(
      'SELECT id, first_seq, count, state, session_id FROM batches WHERE send_id = $1 ORDER BY first_seq, id',
      [sendId],
    );
  }

  read(sendId: string): Promise<Send> {
    return this.source.getRepository(Send).findOneByOrFail({ id: sendId });
  }

  async message(sendId: string, seq: number): Promise<Message & { stateName: MessageState }> {
    const message = await this.source.getRepository(Message).findOneByOrFail({ sendId, seq });
    return Object.assign(message, { stateName: messageStates[message.state] ?? 'queued' });
  }

  /** States of all messages in order of their position. */
  async states(sendId: string): Promise<MessageState[]> {
    const rows = await this.sql<{ state: number }>(
      'SELECT state FROM messages WHERE send_id = $1 ORDER BY seq',
      [sendId],
    );
    return rows.map(({ state }) => messageStates[state] ?? 'queued');
  }

  /** Events about a send, in the order in which they left; waits until the outbox is empty. */
  async events<P extends { sendId: string }>(sendId: string, contract?: EventContract<P>): Promise<P[]> {
    this.outbox.onApplicationBootstrap();
    await eventually(async () => expect(await this.sql('SELECT 1 FROM outbox LIMIT 1')).toEqual([]));
    return this.broker.published
      .filter((one) => one.queue === 'events' && (!contract || one.type === contract.name))
      .map((one) => one.payload as P)
      .filter((payload) => payload.sendId === sendId);
  }

  /** What billing got of a send: to capture, to pay back, and what the close said. */
  async told(sendId: string): Promise<{ captured: number; refunded: number; closed: number[] }> {
    const charges = await this.events(sendId, smsEvents.sendCharged);
    const closes = await this.events(sendId, smsEvents.sendClosed);
    return {
      captured: charges.reduce((sum, charge) => sum + charge.captureRials, 0),
      refunded: charges.reduce((sum, charge) => sum + charge.refundRials, 0),
      closed: closes.map((close) => close.chargedRials),
    };
  }

  /** Runs every duty of the clock until nothing of it is left. */
  async clean(): Promise<void> {
    for (const run of this.duties.values()) while (await run());
  }

  /** Looks at every send that is not over and tells billing, as the closer's loop does. */
  async close(): Promise<void> {
    await this.closer.load();
    while (await this.closer.cancelWaiting());
    while ((await this.closer.step()).length > 0);
  }

  /**
   * What must be true of a send at every moment: its counts are those of its messages, its money is the sum of theirs,
   * and every message that waits is in exactly one batch that is not through.
   */
  async expectSound(sendId: string): Promise<void> {
    const send = await this.read(sendId);
    const [sums] = await this.sql<Record<string, number>>(
      `SELECT count(*)::int AS cursor, coalesce(sum(charged_rials), 0)::bigint AS charged, coalesce(sum(refunded_rials), 0)::bigint AS refunded,
         ${messageStates.map((state, code) => `count(*) FILTER (WHERE state = ${code})::int AS ${state}`).join(', ')}
       FROM messages WHERE send_id = $1`,
      [sendId],
    );
    expect({
      cursor: send.cursor,
      charged: send.chargedRials,
      refunded: send.refundedRials,
      queued: send.queued,
      sent: send.sent,
      delivered: send.delivered,
      undelivered: send.undelivered,
      failed: send.failed,
      blocked: send.blocked,
      cancelled: send.cancelled,
      in_doubt: send.inDoubt,
      unreported: send.unreported,
    }).toEqual(sums);
    const wrong = await this.sql(
      `SELECT m.seq, count(b.id)::int AS batches FROM messages m
       LEFT JOIN batches b ON b.send_id = m.send_id AND m.seq >= b.first_seq AND m.seq < b.first_seq + b.count AND b.state < 2
       WHERE m.send_id = $1 AND m.state = 0 GROUP BY m.seq HAVING count(b.id) <> 1`,
      [sendId],
    );
    expect(wrong).toEqual([]);
  }

  private async insert(table: string, row: Record<string, unknown>): Promise<void> {
    const columns = Object.keys(row);
    await execute(
      this.source,
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(row),
    );
  }
}

async function callFake(fakes: FakeServices, contract: RpcContract, input: object): Promise<object> {
  const known = contracts.get(contract.name);
  if (!known) throw new Error(`no contract ${contract.name}`);
  const asked = parseDto(known.input, JSON.parse(JSON.stringify(input)), { unknownFields: 'refuse' });
  return parseDto(known.output, await fakes.answer(contract.name, asked), { unknownFields: 'refuse' });
}

/** The code that a promise is refused with; `accepted` when it is not. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'accepted';
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
export const longSilenceMs = shareLeaseMs * 4;
