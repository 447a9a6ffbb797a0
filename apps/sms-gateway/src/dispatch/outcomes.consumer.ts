import { randomUUID } from 'node:crypto';
import type { OutcomeBatchDto } from '@peyk/contracts/sms';
import { DomainError } from '@peyk/contracts';
import { dispatchWork } from '@peyk/contracts/sms';
import { reserved, sqlState } from '@peyk/database';
import {
  PoisonError,
  attemptOf,
  cameStraight,
  outcomesQueue,
  passOn,
  publishWork,
  readWork,
} from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Recorder } from './recorder';

const prefetch = 400;
/** Rows written in one transaction. */
const maxRows = 4_000;
const failurePauseMs = 500;

type Work =
  | { readonly report: OutcomeBatchDto }
  | { readonly ended: string }
  | { readonly mark: string }
  | { readonly poison: unknown };

interface Taken {
  readonly message: ConsumeMessage;
  readonly channel: ConfirmChannel;
  /** What it says, once it was read. */
  work?: Work;
}

/**
 * Takes reports of workers from their queue in order and has them recorded in groups: whatever came in while the last
 * group was being written is the next one. Acknowledged after the commit. While the database is away nothing is given
 * back: a requeue would burn the queue's delivery limit. When a reader is lost RabbitMQ gives back what it held in any
 * order: the next one gathers all of it and mends the order before it goes on (an end of a session that is recorded
 * before the session's last reports would have their messages sent twice).
 */
export class OutcomesConsumer {
  private waiting: Taken[] = [];
  /**
   * What RabbitMQ gives again because its reader was lost, which it does in any order; undefined once all of it is here.
   * It comes before everything else, and no reader holds more than `prefetch`.
   */
  private returned: Taken[] | undefined;
  /** What was given again on this channel: the last that came, and how many are not through. */
  private mended: { readonly last: Taken; left: number } | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;
  private channel: ConfirmChannel | undefined;
  private close: (() => Promise<void>) | undefined;

  constructor(
    private readonly messaging: MessagingRuntime,
    private readonly recorder: Recorder,
  ) {}

  start(): void {
    const wrapper = this.messaging.broker.open('outcomes', async (channel) => {
      if (this.stopped) return;
      // A new channel: RabbitMQ gives everything that was not acknowledged again.
      this.waiting = [];
      this.returned = [];
      this.channel = channel;
      await channel.prefetch(prefetch);
      await channel.consume(outcomesQueue, (message) => {
        if (!message) {
          channel.emit('error', new Error('the consumer of outcomes was cancelled by RabbitMQ'));
          return;
        }
        this.take({ message, channel });
      });
    });
    this.close = () => wrapper.close();
  }

  /** What is held goes back with the channel, in one move: cancelling first would let the next reader begin before. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.close?.().catch(() => undefined);
  }

  private take(taken: Taken): void {
    if (this.returned) {
      if (taken.message.fields.redelivered) {
        if (this.returned.push(taken) === 1) this.markEnd(taken.channel);
        if (this.returned.length < prefetch) return;
      }
      const last = this.returned.at(-1);
      this.mended = last && { last, left: this.returned.length };
      this.waiting = inOrder(this.returned);
      this.returned = undefined;
      if (taken.message.fields.redelivered) return this.wake();
    }
    this.waiting.push(taken);
    this.wake();
  }

  /** So that one surely comes that was not given out before. This reader is the active one now: no other can take it. */
  private markEnd(channel: ConfirmChannel): void {
    publishWork(this.messaging, dispatchWork.readerBegan, outcomesQueue, { readerId: randomUUID() }).catch(
      (error: unknown) => channel.emit('error', error),
    );
  }

  private wake(): void {
    if (this.running || this.stopped) return;
    // One turn of the event loop: what the socket has now goes along.
    this.running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.work())
      .finally(() => {
        this.running = undefined;
        if (this.waiting.length > 0) this.wake();
      });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0 && !this.stopped) {
      const group = this.nextGroup();
      try {
        await reserved(() => this.settle(group));
        this.acknowledge(group);
      } catch (error) {
        this.messaging.logger.warn(
          { err: error, messages: group.length },
          'outcomes were not recorded; they are tried again',
        );
        await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
        // In front again, unless the channel is a new one and RabbitMQ gave them back itself.
        if (group[0] && group[0].channel === this.channel) this.waiting.unshift(...group);
      }
    }
  }

  /** Consecutive reports up to a bound, all new or all given again; or one message that is something else. */
  private nextGroup(): Taken[] {
    const group: Taken[] = [];
    let rows = 0;
    while (rows < maxRows) {
      const next = this.waiting[0];
      if (!next) break;
      next.work ??= read(next.message);
      const first = group[0];
      if (first && !('report' in next.work)) break;
      if (first && first.message.fields.redelivered !== next.message.fields.redelivered) break;
      this.waiting.shift();
      group.push(next);
      if (!('report' in next.work)) break;
      rows += rowsOf(next.work.report);
    }
    return group;
  }

  /** Throws only for what may pass. */
  private async settle(group: readonly Taken[]): Promise<void> {
    const [first] = group;
    if (!first?.work) return;
    if ('mark' in first.work) return;
    if ('poison' in first.work) return this.bury(first, first.work.poison);
    if ('ended' in first.work) return this.recorder.closeSession(first.work.ended);
    const reports = group.flatMap(({ work }) => (work && 'report' in work ? [work.report] : []));
    try {
      await this.recorder.flush(reports);
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      // One report cannot be stored: it alone goes away, the others are recorded in their order.
      if (group.length === 1) return this.bury(first, error);
      for (const taken of group) await this.settle([taken]);
    }
  }

  /** Nobody can handle it: to the dead letters with its reason. */
  private async bury({ message }: Taken, reason: unknown): Promise<void> {
    this.messaging.logger.error({ err: reason }, 'a report of a worker went to the dead letters');
    await passOn(
      this.messaging.broker,
      outcomesQueue,
      message,
      attemptOf(message),
      // A refusal of the contract names the fields.
      reason instanceof DomainError ? reason : new PoisonError(String(reason)),
    );
  }

  private acknowledge(group: readonly Taken[]): void {
    const last = group.at(-1);
    if (!last || last.channel !== this.channel) return;
    // All before it on the channel are through too: one acknowledgement for all. Where the order was mended that holds
    // when the last of them is through; they were the first on the channel.
    const { mended } = this;
    if (mended && last.message.fields.redelivered) {
      mended.left -= group.length;
      if (mended.left === 0) mended.last.channel.ack(mended.last.message, true);
    } else {
      last.channel.ack(last.message, true);
    }
  }
}

/** Each session's reports by their number, then the ends of sessions: by then all that these reported is here. */
function inOrder(returned: Taken[]): Taken[] {
  const rank = (taken: Taken): number => {
    taken.work ??= read(taken.message);
    return 'report' in taken.work ? taken.work.report.number : Number.MAX_SAFE_INTEGER;
  };
  return returned
    .map((taken) => ({ taken, rank: rank(taken) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ taken }) => taken);
}

function read(message: ConsumeMessage): Work {
  const { properties, content } = message;
  try {
    if (!cameStraight(message, outcomesQueue, [outcomesQueue]))
      throw new PoisonError('came another way than its sender may use');
    if (properties.type === dispatchWork.sessionEnded.name)
      return { ended: readWork(dispatchWork.sessionEnded, content).sessionId };
    if (properties.type === dispatchWork.readerBegan.name)
      return { mark: readWork(dispatchWork.readerBegan, content).readerId };
    const report = readWork(dispatchWork.outcomes, content);
    checkColumns(report);
    return { report };
  } catch (error) {
    return { poison: error };
  }
}

function rowsOf(report: OutcomeBatchDto): number {
  return (
    report.outcomeBatch.length + report.receiptId.length + report.inbound.length + report.startedBatch.length
  );
}

/** The database refuses a value (class 22) or a row without a place for it (23): it will tomorrow, too. */
function isOfTheData(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

/** Columns of one kind are of one length. */
function checkColumns(report: OutcomeBatchDto): void {
  const same = (...columns: readonly (readonly unknown[])[]): boolean =>
    columns.every((column) => column.length === columns[0]?.length);
  if (
    !same(report.startedBatch, report.startedTo) ||
    !same(
      report.outcomeBatch,
      report.outcomeIndex,
      report.outcomeKind,
      report.outcomeParts,
      report.outcomeStatus,
      report.outcomeIds,
      report.outcomeAt,
    ) ||
    !same(
      report.receiptId,
      report.receiptState,
      report.receiptMsisdn,
      report.receiptError,
      report.receiptAt,
      report.receiptBatch,
      report.receiptIndex,
      report.receiptPart,
    )
  ) {
    throw new PoisonError('columns differ in length');
  }
}
