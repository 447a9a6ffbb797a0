import type { OutcomeBatchDto } from '@peyk/contracts';
import { dispatchWork } from '@peyk/contracts';
import { PoisonError, attemptOf, outcomesQueue, passOn, readWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Recorder } from './recorder';

const prefetch = 400;
/** Rows written in one transaction. */
const maxRows = 4_000;
const failurePauseMs = 500;

interface Taken {
  readonly message: ConsumeMessage;
  readonly channel: ConfirmChannel;
}

/**
 * Takes reports of workers from their queue in order and has them recorded in groups: whatever came in while the last
 * group was being written is the next one. Acknowledged after the commit. While the database is away nothing is given
 * back: a requeue would burn the queue's delivery limit and lose the order.
 */
export class OutcomesConsumer {
  private waiting: Taken[] = [];
  private running: Promise<void> | undefined;
  private stopped = false;
  private current: { channel: ConfirmChannel; tag: string } | undefined;
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
      await channel.prefetch(prefetch);
      const { consumerTag } = await channel.consume(outcomesQueue, (message) => {
        if (!message) {
          channel.emit('error', new Error('the consumer of outcomes was cancelled by RabbitMQ'));
          return;
        }
        this.waiting.push({ message, channel });
        this.wake();
      });
      this.current = { channel, tag: consumerTag };
    });
    this.close = () => wrapper.close();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.current?.channel.cancel(this.current.tag).catch(() => undefined);
    await this.running;
    await this.close?.().catch(() => undefined);
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
      const { group, reports, ended } = await this.nextGroup();
      try {
        if (ended) await this.recorder.closeSession(ended);
        else if (reports.length > 0) await this.recorder.flush(reports);
        this.acknowledge(group);
      } catch (error) {
        this.messaging.logger.warn(
          { err: error, messages: group.length },
          'outcomes were not recorded; they are tried again',
        );
        await new Promise((resolve) => setTimeout(resolve, failurePauseMs));
        // In front again, unless the channel is a new one and RabbitMQ gave them back itself.
        if (group[0] && group[0].channel === this.current?.channel) this.waiting.unshift(...group);
      }
    }
  }

  /** Consecutive reports up to a bound, or one message that says that a session is over. */
  private async nextGroup(): Promise<{ group: Taken[]; reports: OutcomeBatchDto[]; ended?: string }> {
    const group: Taken[] = [];
    const reports: OutcomeBatchDto[] = [];
    let rows = 0;
    while (this.waiting.length > 0 && rows < maxRows) {
      const next = this.waiting[0];
      if (!next) break;
      try {
        if (next.message.properties.type === dispatchWork.sessionEnded.name) {
          if (group.length > 0) break;
          const { sessionId } = readWork(dispatchWork.sessionEnded, next.message.content);
          this.waiting.shift();
          return { group: [next], reports, ended: sessionId };
        }
        const report = readWork(dispatchWork.outcomes, next.message.content);
        checkColumns(report);
        rows +=
          report.outcomeBatch.length +
          report.receiptId.length +
          report.inbound.length +
          report.startedBatch.length;
        reports.push(report);
      } catch (error) {
        // Nobody can read it: to the dead letters with its reason, and on.
        await passOn(
          this.messaging.broker,
          outcomesQueue,
          next.message,
          attemptOf(next.message),
          new PoisonError(String(error)),
        );
      }
      this.waiting.shift();
      group.push(next);
    }
    return { group, reports };
  }

  private acknowledge(group: readonly Taken[]): void {
    const last = group.at(-1);
    // All before it on the channel are through too: one acknowledgement for all.
    if (last && last.channel === this.current?.channel) last.channel.ack(last.message, true);
  }
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
