import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { operators } from '@peyk/contracts';
import { billingPricesRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import { dispatchWork, outcomeKinds } from '@peyk/contracts/sms';
import { targetingListsRpc, targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { RpcContract } from '@peyk/contracts';
import type { DispatchBatchDto, OutcomeBatchDto } from '@peyk/contracts/sms';
import type { RecipientPageQueryDto } from '@peyk/contracts/targeting';
import { Transactions, createDataSource, quoteIdentifier, runMigrations, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { MessagingRuntime, Outgoing } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { Client } from 'pg';
import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { databaseOptions } from '../../../apps/sms-gateway/src/data-source';
import { Closer } from '../../../apps/sms-gateway/src/dispatch/closer';
import { Earnings } from '../../../apps/sms-gateway/src/dispatch/earnings';
import { Recorder } from '../../../apps/sms-gateway/src/dispatch/recorder';
import { Releaser } from '../../../apps/sms-gateway/src/dispatch/releaser';
import { Runner } from '../../../apps/sms-gateway/src/dispatch/runner';
import { InboxService } from '../../../apps/sms-gateway/src/inbox/inbox.service';
import { LinksService } from '../../../apps/sms-gateway/src/links/links.service';
import { stateCode } from '../../../apps/sms-gateway/src/messages/message.entity';
import { SendAdministration } from '../../../apps/sms-gateway/src/sends/send-administration';
import { SendReads } from '../../../apps/sms-gateway/src/sends/send-reads';
import { SendSchedule } from '../../../apps/sms-gateway/src/sends/send-schedule';
import { SendsService } from '../../../apps/sms-gateway/src/sends/sends.service';
import { MessageRecorder } from '../../../apps/sms-gateway/src/receipts/message-recorder';
import { SecretaryAnswers } from '../../../apps/sms-gateway/src/secretary/secretary-answers';
import { DispatchSignals } from '../../../apps/sms-gateway/src/signals/dispatch-signals';
import { SendPaces } from '../../../apps/sms-gateway/src/signals/send-paces';
import { startPostgres, say } from '../../load/bench-context';
import type { Figures } from '../../load/benches';
import { quantile, round } from '../../load/measure';
import { dutiesOf, wireServices } from './services';

/** Times (ms) by what was measured. */
type Times = Map<string, number[]>;

const rounds = 30;
/** What takes less is noise: it counts as so much. */
const leastMs = 3;
const mostRatio = 3;
/** Messages of the one open send of the database that has hardly lived: as much as a stretch of any duty. */
const smallSend = 30_000;
/** And as many finished ones as a page of the list shows. */
const pageOfSends = 100;
const batchSize = 100;
const customerId = '0198f000-0000-7000-8000-00000000000a';
const linkId = '0198f000-0000-7000-8000-0000000000f1';
const lineId = '0198f000-0000-7000-8000-0000000000a1';
const firstMsisdn = 989_120_000_000;

/**
 * Each dispatch loop's step, the start of a leader, the list of sends and its search, in a database that has lived for
 * long, against one that has not; both with the same little to do: one running send with a message in doubt, receipts
 * that nobody knows, old batches to forget, and one new send after the other. Ratios of medians, of p95 for lists.
 * `sends`: how many the long-lived one has, with ten times as many messages, a tenth of them in one send.
 */
export async function longLife({ sends = 3_000_000 }: { sends?: number }): Promise<Figures> {
  const server = await startPostgres();
  const names = ['peyk_bench_new', 'peyk_bench_old'].map((name) => `${name}_${process.pid}`);
  const [newName = '', oldName = ''] = names;
  const lives: LongLife[] = [];
  const create = async (name: string): Promise<LongLife> => {
    const life = await LongLife.create(server.url, name);
    lives.push(life);
    return life;
  };
  // Filling takes long, and says so.
  Logger.overrideLogger(false);
  try {
    const [fresh, old] = [await create(newName), await create(oldName)];
    const startedAt = Date.now();
    await fresh.fill(pageOfSends, smallSend);
    await old.fill(sends, sends);
    const fillSeconds = round((Date.now() - startedAt) / 1_000);
    const bytes = await old.bytes();
    say(`filled with ${(bytes / 1e9).toFixed(1)} GB in ${fillSeconds} s`);
    // In turn, so that whatever else the machine does meets both.
    for (let no = 0; no < rounds; no++) {
      await fresh.round();
      await old.round();
    }
    const rows = [...old.times].map(([name, times]) => {
      const q = name.startsWith('list') || name.startsWith('search') ? 0.95 : 0.5;
      const [newMs, oldMs] = [quantile(fresh.times.get(name) ?? [], q), quantile(times, q)];
      return { name, newMs, oldMs, ratio: Math.max(leastMs, oldMs) / Math.max(leastMs, newMs) };
    });
    return {
      sends,
      messages: sends * 10,
      gigabytes: round(bytes / 1e9, 1),
      fillSeconds,
      worstRatio: round(Math.max(...rows.map(({ ratio }) => ratio)), 2),
      tooSlow: rows.filter(({ ratio }) => ratio > mostRatio).map(({ name }) => name),
      steps: Object.fromEntries(
        rows.map(({ name, newMs, oldMs, ratio }) => [
          name,
          { newMs: round(newMs, 1), oldMs: round(oldMs, 1), ratio: round(ratio, 2) },
        ]),
      ),
    };
  } finally {
    for (const life of lives) await life.close();
    for (const name of names) await dropDatabase(server.url, name);
    await server.stop();
  }
}

/** sms-gateway without its edge, on a database of its own; billing, campaign-targeting and the broker say yes at once. */
class LongLife {
  readonly times: Times = new Map();
  private readonly links: LinksService;
  private readonly sends: SendsService;
  private readonly sendReads: SendReads;
  private readonly sendSchedule: SendSchedule;
  private readonly administration: SendAdministration;
  private readonly answers: SecretaryAnswers;
  private readonly sessionId = uuidv7();
  private readonly loops: Loops;
  private recipients = 0;
  /** The running send, and its message in doubt. */
  private bigSend = '';
  private doubtful = 0;

  private constructor(
    private readonly source: DataSource,
    private readonly published: DispatchBatchDto[],
    private readonly runtime: MessagingRuntime,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly services: INestApplicationContext,
  ) {
    this.links = services.get(LinksService);
    this.sends = services.get(SendsService);
    this.sendReads = services.get(SendReads);
    this.sendSchedule = services.get(SendSchedule);
    this.administration = services.get(SendAdministration);
    this.answers = services.get(SecretaryAnswers);
    this.loops = this.newLoops();
  }

  static async create(serverUrl: string, name: string): Promise<LongLife> {
    await dropDatabase(serverUrl, name);
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const source = createDataSource(databaseOptions({ databaseUrl: url.href, databasePoolMax: 10 }));
    await runMigrations(source, { createDatabase: true });
    const published: DispatchBatchDto[] = [];
    // Answers as the life that is made of it: its lists have as many recipients as it says.
    const answer = (contract: string, input: object): object => life.answer(contract, input);
    const runtime = {
      service: 'sms-gateway',
      logger: createLogger('sms-gateway', { level: 'error' }),
      broker: {
        connected: true,
        connectedMs: Infinity,
        publish: ({ type, body }: Outgoing): Promise<void> => {
          if (type === dispatchWork.batch.name)
            published.push(JSON.parse(body.toString()) as DispatchBatchDto);
          return Promise.resolve();
        },
        publishTransient: () => undefined,
      },
      rpc: {
        call: (contract: RpcContract, input: object) => Promise.resolve(answer(contract.name, input)),
      },
    } as unknown as MessagingRuntime;
    const outbox = new Outbox(runtime, source);
    const transactions = new Transactions(source);
    const services = await wireServices(source, runtime, outbox, transactions);
    const life: LongLife = new LongLife(source, published, runtime, outbox, transactions, services);
    return life;
  }

  async close(): Promise<void> {
    await this.services.close();
    await this.outbox.onModuleDestroy();
    await this.source.destroy();
  }

  async bytes(): Promise<number> {
    const [row] = await this.sql<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
    return row?.bytes ?? 0;
  }

  /** `count` finished sends of nine messages over 22 days, and one that runs, of `messages` messages, with one in doubt. */
  async fill(count: number, messages: number): Promise<void> {
    await this.loops.duties.get('partitions')?.();
    await this.sql(
      `INSERT INTO links (id, name, host, port, system_id, password, parts_per_second, window_size, binds, doubt_wait_seconds)
       VALUES ($1, 'bench', '127.0.0.1', 2775, 'peyk', 'secret', 0, 100, 1, 604800)`,
      [linkId],
    );
    await this.sql(
      `INSERT INTO lines (id, customer_id, link_id, number, line_class) VALUES ($1, $2, $3, '982000001', 'service')`,
      [lineId, customerId, linkId],
    );
    await this.sql(
      `INSERT INTO worker_sessions (id, worker, queue, state, seen_at) VALUES ($1, 'bench', 'bench', 'live', now() + interval '1 day')`,
      [this.sessionId],
    );
    await this.sql(
      `INSERT INTO link_binds (link_id, bind_no, session_id, state) VALUES ($1, 0, $2, 'bound')`,
      [linkId, this.sessionId],
    );
    // What is finished is not written again: no room is left for updates in place.
    if (count > 0) await this.setFillFactor(100);
    const perStep = 100_000;
    for (let from = 0; from < count; from += perStep) {
      await this.insertFinished(from, Math.min(perStep, count - from), count);
      say(`${from + Math.min(perStep, count - from)} sends of ${count}`);
    }
    await this.insertRunning(messages);
    await this.fillWords();
    if (count > 0) await this.setFillFactor(60);
    // As autovacuum would have.
    await this.sql('VACUUM ANALYZE');
  }

  /** One of everything, timed; and what is new goes its way from the request to its end. */
  async round(): Promise<void> {
    const { loops } = this;
    // What the duties have to do is the same in both: batches to forget, a receipt for the number in doubt.
    await this.sql(
      `INSERT INTO batches (id, send_id, link_id, first_seq, count, state)
       SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(no), 12, '0'))::uuid, s.id, s.link_id, no, 1, 2
       FROM generate_series(1, 4000) AS no, (SELECT id, link_id FROM sends WHERE title = 'long over') s`,
    );
    await this.timed('create', () =>
      this.sends.create(customerId, {
        idempotencyKey: randomUUID(),
        lineId,
        text: 'سلام',
        recipients: { numbers: ['09120000001'] },
      }),
    );
    await this.timed('runner', () => loops.runner.step());
    loops.releaser.refresh();
    await this.timed('releaser', () => loops.releaser.step());
    await loops.releaser.drain();
    await this.timed('recount', () => loops.releaser.load());
    const report = this.reportOf(this.published.splice(0));
    await this.timed('recorder', () => loops.recorder.recordReports([report]));
    await this.timed('cancelling', () => loops.closer.cancelWaiting());
    await this.timed('closer', () => loops.closer.load().then(() => loops.closer.step()));
    await this.timed('due sends', () => this.sendSchedule.fireDue());
    await this.timed('secretary', () => this.answers.sendDueAnswers());
    await this.timed('earnings', () => loops.earnings.step());
    for (const [name, run] of loops.duties) await this.timed(name, run);
    await this.doubtAgain();
    await this.timed('start of a leader', async () => {
      const next = this.newLoops();
      await next.duties.get('partitions')?.();
      await Promise.all([
        next.runner.step(),
        next.releaser.step(),
        next.closer.step(),
        next.earnings.step(),
        this.sendSchedule.fireDue(),
      ]);
      await next.releaser.drain();
    });
    await this.timed('links', () => this.links.list());
    await this.timed('list', () => this.sendReads.list(customerId, {}));
    await this.timed('list of all', () => this.administration.list({}));
    // A word that one in a thousand, in a hundred, in three has, and nobody; of the customer, and as administrators search.
    for (const [name, search] of [
      ['rare', 'یلدا'],
      ['seldom', 'نوروز'],
      ['frequent', 'تخفیف'],
      ['none', 'زمستان‌خواب'],
    ] as const) {
      await this.timed(`search, ${name}`, () => this.sendReads.list(customerId, { search }));
      await this.timed(`search of all, ${name}`, () => this.administration.list({ search }));
    }
  }

  private async timed(name: string, act: () => Promise<unknown>): Promise<void> {
    const startedAt = performance.now();
    await act();
    const times = this.times.get(name) ?? [];
    times.push(performance.now() - startedAt);
    this.times.set(name, times);
  }

  private newLoops(): Loops {
    const { source, transactions, runtime, outbox } = this;
    const { logger } = runtime;
    const closer = new Closer(source, transactions, outbox, logger);
    const moved = (ids: Iterable<string>): void => closer.mark(ids);
    this.services.get(DispatchSignals).onMovedSends = moved;
    const releaser: Releaser = new Releaser(source, transactions, runtime, this.links, (batch, sessionId) =>
      recorder.noteAssigned(batch, sessionId),
    );
    const recorder = new Recorder(
      source,
      transactions,
      runtime,
      this.services.get(InboxService),
      this.services.get(MessageRecorder),
      this.services.get(SendPaces),
    );
    recorder.restart({
      answered: (sessionId, link, parts) => releaser.onAnswered(sessionId, link, parts),
      seen: (batchId) => releaser.onSeen(batchId),
      through: (batchId) => releaser.onThrough(batchId),
      sessionClosed: (sessionId) => releaser.onSessionClosed(sessionId),
      moved,
    });
    return {
      runner: new Runner(source, transactions, runtime, 20_000, () => undefined),
      releaser,
      recorder,
      closer,
      earnings: new Earnings(source, transactions, outbox, logger),
      duties: dutiesOf(this.services),
    };
  }

  /** Everything was sent and delivered. */
  private reportOf(batches: readonly DispatchBatchDto[]): OutcomeBatchDto {
    const rows = batches.flatMap((batch, index) =>
      batch.seqs.map((_seq, at) => ({ batch: index, index: batch.fromIndex + at, id: uuidv7() })),
    );
    const at = Date.now();
    return {
      number: ++this.reports,
      sessionId: this.sessionId,
      linkId,
      batchIds: batches.map(({ batchId }) => batchId),
      startedBatch: [],
      startedTo: [],
      outcomeBatch: rows.map(({ batch }) => batch),
      outcomeIndex: rows.map(({ index }) => index),
      outcomeKind: rows.map(() => outcomeKinds.indexOf('sent')),
      outcomeParts: rows.map(() => 1),
      outcomeStatus: rows.map(() => 0),
      outcomeIds: rows.map(({ id }) => id),
      outcomeAt: rows.map(() => at),
      receiptId: [],
      receiptState: [],
      receiptMsisdn: [],
      receiptError: [],
      receiptAt: [],
      receiptBatch: [],
      receiptIndex: [],
      receiptPart: [],
      inbound: [],
    };
  }
  private reports = 0;

  private answer(name: string, input: object): object {
    switch (name) {
      case billingPricesRpc.read.name:
        return {
          resellerId: null,
          prices: operators.map((operator) => ({ operator, rialsPerPart: 100, costRialsPerPart: 100 })),
        };
      case billingWalletsRpc.read.name:
        return { customerId, postedRials: 1e12, heldRials: 0, availableRials: 1e12, alertRials: null };
      case targetingListsRpc.createTyped.name:
        this.recipients++;
        return {
          id: randomUUID(),
          state: 'ready',
          valid: 1,
          duplicates: 0,
          invalid: 0,
          byOperator: [{ operator: 'mci', recipients: 1 }],
        };
      case targetingRecipientsRpc.count.name:
        return { recipients: 1, firstPosition: 1, byOperator: [{ operator: 'mci', recipients: 1 }] };
      case targetingRecipientsRpc.page.name: {
        const { limit } = input as RecipientPageQueryDto;
        return {
          msisdns: Array.from({ length: limit }, (_, at) => firstMsisdn + at),
          operators: Array.from({ length: limit }, () => operators.indexOf('mci')),
        };
      }
      default:
        return {};
    }
  }

  /**
   * Finished sends with their messages; the newest, of less than two days, with a batch each. Of one in a hundred a
   * receipt is still to come.
   */
  private async insertFinished(from: number, count: number, all: number): Promise<void> {
    await this.sql(
      `WITH made AS (
         SELECT no, now() - (22.0 - 21.9 * no / $3) * interval '1 day' AS at FROM generate_series($1::int, $1::int + $2::int - 1) AS no),
       sent AS (
         INSERT INTO sends (id, customer_id, line_id, link_id, request_hash, title, body, kind, lane, language, parts, is_66_char,
           list_id, first_position, recipients, prices, quoted_rials, refund_policy, state, cursor, sent, delivered, charged_rials,
           told_charged_rials, settled, created_at, started_at, finished_at)
         SELECT ${idOf('at', 'no')}, $4, $5, $6, md5(no::text), 'خبرنامه‌ی ' || no,
           concat(CASE WHEN no % $7 = 0 THEN 'جشن یلدا، ' END, CASE WHEN no % $8 = 0 THEN 'نوروز، ' END, CASE WHEN no % $9 = 0 THEN 'تخفیف ویژه، ' END) || 'سلام، این پیام شماره‌ی ' || md5(no::text) || ' است.',
           'list', CASE WHEN no % 2 = 0 THEN 'bulk' ELSE 'transactional' END, 'persian', 1, false,
           gen_random_uuid(), 1, 9, '{100,100,100,100,100}', 900, 'submitted', 'finished', 9,
           CASE WHEN no % 100 = 0 AND at > now() - interval '47 hours' THEN 1 ELSE 0 END,
           CASE WHEN no % 100 = 0 AND at > now() - interval '47 hours' THEN 8 ELSE 9 END, 900, 900, true, at, at, at
         FROM made RETURNING id, link_id, sent, created_at),
       said AS (
         INSERT INTO messages (send_id, seq, msisdn, operator, state, parts, submitted_mask, delivered_mask, charged_rials, operator_ids, submitted_at, final_at)
         SELECT id, seq, ${firstMsisdn} + (hashtext(id::text) & 65535) * 9 + seq, 0,
           CASE WHEN seq = 1 AND sent = 1 THEN ${stateCode('sent')} ELSE ${stateCode('delivered')} END, 1, 1, 1, 100,
           left(id::text, 18) || seq, created_at, created_at
         FROM sent, generate_series(1, 9) AS seq)
       INSERT INTO batches (id, send_id, link_id, first_seq, count, state, assigned_at)
       SELECT id, id, link_id, 1, 9, 2, created_at FROM sent WHERE created_at > now() - interval '47 hours'`,
      // Where a page of sends is all there is, each has them: every search but the one for nothing answers a page.
      [from, count, all, customerId, lineId, linkId, ...(all > pageOfSends ? [1_000, 100, 3] : [1, 1, 1])],
    );
  }

  private async insertRunning(messages: number): Promise<void> {
    const id = (this.bigSend = uuidv7());
    const doubtful = (this.doubtful = Math.ceil(messages / 2));
    await this.sql(
      `INSERT INTO sends (id, customer_id, line_id, link_id, request_hash, title, body, kind, lane, language, parts, is_66_char,
         list_id, first_position, recipients, prices, quoted_rials, refund_policy, state, cursor, delivered, in_doubt, charged_rials,
         told_charged_rials, started_at)
       VALUES ($1, $2, $3, $4, '', 'بزرگ', 'سلام', 'list', 'bulk', 'persian', 1, false, gen_random_uuid(), 1, $5::int,
         '{100,100,100,100,100}', $5::int * 100, 'submitted', 'sending', $5::int, $5::int - 1, 1, ($5::int - 1) * 100, ($5::int - 1) * 100, now())`,
      [id, customerId, lineId, linkId, messages],
    );
    // A send of four days ago, for the batches that go.
    await this.sql(
      `INSERT INTO sends (id, customer_id, line_id, link_id, request_hash, title, body, kind, lane, language, parts, is_66_char,
         list_id, first_position, recipients, prices, quoted_rials, refund_policy, state, settled, finished_at)
       VALUES ($1, $2, $3, $4, '', 'long over', 'سلام', 'list', 'bulk', 'persian', 1, false, gen_random_uuid(), 1, 1, '{100}', 100,
         'submitted', 'cancelled', true, now() - interval '4 days')`,
      [uuidv7(), randomUUID(), lineId, linkId],
    );
    for (let from = 1; from <= messages; from += 500_000)
      await this.sql(
        `INSERT INTO messages (send_id, seq, msisdn, operator, state, parts, submitted_mask, delivered_mask, charged_rials, operator_ids, submitted_at, final_at)
         SELECT $1, seq, ${firstMsisdn} + seq, 0, CASE WHEN seq = $4::int THEN ${stateCode('in_doubt')} ELSE ${stateCode('delivered')} END,
           1, 1, 1, 100, md5(seq::text), now(), now()
         FROM generate_series($2::int, least($3::int, $2::int + 499999)) AS seq`,
        [id, from, messages, doubtful],
      );
    await this.sql(
      `INSERT INTO batches (id, send_id, link_id, first_seq, count, state, assigned_at)
       SELECT ${idOf('now()', 'no')}, $1, $2, no * ${batchSize} + 1, ${batchSize}, 2, now() FROM generate_series(0, $3::int / ${batchSize} - 1) AS no`,
      [id, linkId, messages],
    );
    // Receipts that nobody knows, and one for the number in doubt, which a search through all batches precedes.
    await this.sql(
      `INSERT INTO orphan_receipts (id, link_id, operator_id, msisdn, state, reported_at, received_at)
       SELECT gen_random_uuid(), $1, md5(no::text || 'x'), CASE WHEN no = 0 THEN ${firstMsisdn} + $2::int ELSE 1000 + no END, 0, now(), now() - interval '1 minute'
       FROM generate_series(0, 1000) AS no`,
      [linkId, doubtful],
    );
  }

  /** What the leader would have filled: the words of the texts above, as `indexedWords` gives them. */
  private async fillWords(): Promise<void> {
    await this.sql('DROP INDEX send_words_words_idx');
    await this.sql(
      `INSERT INTO send_words SELECT id, customer_id,
         array_to_tsvector(string_to_array(translate(title || ' ' || body, '،.\u200c', '') || ' ی', ' ')) FROM sends`,
    );
    await this.sql(
      'CREATE INDEX send_words_words_idx ON send_words USING gin (words) WITH (fastupdate = off)',
    );
    await this.sql('INSERT INTO word_marks SELECT $1, max(id::text)::uuid FROM sends', ['sends']);
  }

  /** Where the search came to its end and the receipt settled the doubt: as before. */
  private async doubtAgain(): Promise<void> {
    const again = await this.sql(
      `UPDATE messages SET state = ${stateCode('in_doubt')} WHERE send_id = $1 AND seq = $2 AND state <> ${stateCode('in_doubt')} RETURNING seq`,
      [this.bigSend, this.doubtful],
    );
    if (again.length === 0) return;
    await this.sql('UPDATE sends SET in_doubt = 1, delivered = delivered - 1 WHERE id = $1', [this.bigSend]);
    await this.sql(
      `INSERT INTO orphan_receipts (id, link_id, operator_id, msisdn, state, reported_at, received_at)
       VALUES (gen_random_uuid(), $1, 'x', $2, 0, now(), now() - interval '1 minute')`,
      [linkId, firstMsisdn + this.doubtful],
    );
  }

  private async setFillFactor(percent: number): Promise<void> {
    const partitions = await this.sql<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = 'messages'::regclass`,
    );
    for (const { name } of partitions)
      await this.sql(`ALTER TABLE ${quoteIdentifier(name)} SET (fillfactor = ${percent})`);
    await this.sql(`ALTER TABLE sends SET (fillfactor = ${percent === 100 ? 100 : 50})`);
  }

  /** However long it takes. */
  private async sql<T extends object = object>(
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<T[]> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query('SET statement_timeout = 0');
      const { records } = (await runner.query(text, [...parameters], true)) as { records: T[] };
      await runner.query('RESET statement_timeout');
      return records;
    } finally {
      await runner.release();
    }
  }
}

interface Loops {
  readonly runner: Runner;
  readonly releaser: Releaser;
  readonly recorder: Recorder;
  readonly closer: Closer;
  readonly earnings: Earnings;
  readonly duties: ReadonlyMap<string, () => Promise<boolean>>;
}

/** SQL of a UUIDv7 of that time, distinct by number. */
function idOf(at: string, no: string): string {
  return `(lpad(to_hex((extract(epoch FROM ${at}) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(${no} % 4096), 3, '0') || '8' || lpad(to_hex(${no}), 15, '0'))::uuid`;
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
