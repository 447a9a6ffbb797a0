import { heartbeatEveryMs, sessionQueueOf, shareLeaseMs } from '@peyk/contracts/sms';
import type { DispatchBatchDto, HeartbeatAnswerDto, HeartbeatDto, WithdrawDto } from '@peyk/contracts/sms';
import type { Logger } from '@peyk/platform';
import { v7 } from 'uuid';
import type { DispatchBroker, WorkHandler } from './dispatch.broker';
import { LinkSession } from './links/link.session';
import type { LinkEnvironment } from './links/link.session';
import { OutcomePublisher } from './outcomes/outcome.publisher';
import { recordLink } from './worker.metrics';

export interface SessionOptions {
  /** Name for people. */
  readonly worker: string;
  readonly referenceTlv: boolean;
}

const finishedBatchesMax = 20_000;
/** Batches whose link we do not know yet: the answer that names it may be on its way. */
const unknownBatchesMax = 1_000;
const leaveMs = 11_000;
const flushMs = 2_000;
const pollMs = 20;
/**
 * Once a second's heartbeats have said and heard the same, and no batch is held, every second one is left out: far inside
 * the lease, and half of what an idle platform does.
 */
const sameBeatsBeforeQuiet = 4;
const quietTicks = 2;

const nobody = { onConfirmed: () => undefined };

/**
 * One session at sms-gateway: its heartbeat, its queue, its links. When sms-gateway says that it is over, all work is
 * dropped, because it is somebody else's by then; the owner starts a new one.
 */
export class WorkerSession implements WorkHandler {
  readonly id = v7();
  readonly queue = sessionQueueOf(this.id);
  private readonly publisher: OutcomePublisher;
  private readonly links = new Map<string, LinkSession>();
  private readonly finished = new Set<string>();
  private readonly unknown = new Map<string, { readonly batch: DispatchBatchDto; readonly at: number }>();
  private readonly environment: LinkEnvironment;
  private consumer: { cancel(): Promise<void> } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isBeating = false;
  /** The last heartbeat and its answer, and how many before it were the same. */
  private last = { said: '', heard: '', same: 0 };
  private ticksLeftOut = 0;
  private isLeaving = false;
  private isOver = false;
  private answered = { sentAt: -Infinity, epoch: -1 };
  private wasConnected = true;

  constructor(
    private readonly broker: DispatchBroker,
    private readonly options: SessionOptions,
    private readonly logger: Logger,
    private readonly onOver: () => void,
  ) {
    this.publisher = new OutcomePublisher(broker, this.id, logger);
    this.environment = {
      publisher: this.publisher,
      logger,
      referenceTlv: options.referenceTlv,
      mayWrite: (now) => this.mayWrite(now),
      onBatchFinished: (batchId) => this.onBatchFinished(batchId),
    };
  }

  async start(): Promise<void> {
    this.consumer = await this.broker.consume(this.queue, this);
    this.logger.info({ sessionId: this.id, worker: this.options.worker }, 'session begins');
    this.timer = setInterval(() => this.tick(), heartbeatEveryMs);
    await this.beat();
  }

  /** ms since the last answered heartbeat was sent. */
  get silentMs(): number {
    return performance.now() - this.answered.sentAt;
  }

  onBatch(batch: DispatchBatchDto): void {
    const { batchId, linkId } = batch;
    const link = this.links.get(linkId);
    if (this.isOver || this.finished.has(batchId) || this.unknown.has(batchId) || link?.holds(batchId))
      return;
    if (link) link.add(batch);
    else if (this.isLeaving || this.unknown.size >= unknownBatchesMax) this.refuse(batch);
    else this.unknown.set(batchId, { batch, at: performance.now() });
    // On a fresh lease, whatever was left out before.
    if (this.ticksLeftOut > 0) void this.beat();
  }

  onWithdraw({ sendId }: WithdrawDto): void {
    for (const link of this.links.values()) link.withdraw(sendId);
    for (const { batch } of this.unknown.values()) if (batch.sendId === sendId) this.refuse(batch);
  }

  /** Starts nothing more, finishes what is on its way (at most 11 s), says goodbye. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    for (const link of this.links.values()) link.release();
    for (const { batch } of this.unknown.values()) this.refuse(batch);
    void this.beat();
    await this.until(() => this.links.size === 0, leaveMs);
    this.publisher.flush();
    await this.until(() => this.publisher.isEmpty, flushMs);
    // The last one says that the binds are free.
    await this.until(() => !this.isBeating, flushMs);
    await this.beat();
    this.close();
    this.publisher.stop();
    await this.consumer?.cancel();
  }

  private async until(isDone: () => boolean, waitMs: number): Promise<void> {
    const end = performance.now() + waitMs;
    while (!isDone() && performance.now() < end && !this.isOver) {
      this.dropFinishedLinks();
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  private mayWrite(now: number): boolean {
    return (
      !this.isOver &&
      this.broker.connected &&
      this.answered.epoch === this.broker.epoch &&
      now - this.answered.sentAt <= shareLeaseMs
    );
  }

  private tick(): void {
    if (this.last.same >= sameBeatsBeforeQuiet && this.ticksLeftOut < quietTicks - 1 && this.isQuiet())
      this.ticksLeftOut += 1;
    else void this.beat();
  }

  /** Nothing to do, and nothing to say that sms-gateway does not know. */
  private isQuiet(): boolean {
    if (this.unknown.size > 0) return false;
    const heartbeat = this.heartbeat();
    return (
      heartbeat.links.every(({ batchIds }) => batchIds.length === 0) &&
      JSON.stringify(heartbeat) === this.last.said
    );
  }

  private heartbeat(): HeartbeatDto {
    const links = [...this.links.values()];
    return {
      sessionId: this.id,
      worker: this.options.worker,
      queue: this.queue,
      leaving: this.isLeaving,
      binds: links.flatMap((link) => link.bindStatuses()),
      links: links.map((link) => link.status()),
    };
  }

  private async beat(): Promise<void> {
    if (this.isBeating || this.isOver) return;
    this.isBeating = true;
    this.ticksLeftOut = 0;
    const sentAt = performance.now();
    const { epoch } = this.broker;
    for (const link of this.links.values()) recordLink(link);
    const { said, heard, same } = this.last;
    const heartbeat = this.heartbeat();
    this.last = { said: JSON.stringify(heartbeat), heard: '', same: 0 };
    try {
      const answer = await this.broker.heartbeat(heartbeat);
      this.last.heard = JSON.stringify(answer);
      if (this.last.said === said && this.last.heard === heard) this.last.same = same + 1;
      this.onBeatAnswered(answer, sentAt, epoch);
    } catch (error) {
      if (this.wasConnected) this.logger.warn({ err: error }, 'heartbeat was not answered');
      this.wasConnected = false;
    } finally {
      this.isBeating = false;
    }
  }

  private onBeatAnswered(answer: HeartbeatAnswerDto, sentAt: number, epoch: number): void {
    if (this.isOver) return;
    if (!answer.alive) {
      this.end();
      return;
    }
    this.wasConnected = true;
    this.answered = { sentAt, epoch };
    const named = new Set(answer.links.map(({ linkId }) => linkId));
    for (const link of this.links.values()) if (!named.has(link.linkId)) link.release();
    for (const assignment of answer.links) {
      const link = this.links.get(assignment.linkId);
      if (this.isLeaving) continue;
      if (link) link.assign(assignment);
      else this.links.set(assignment.linkId, new LinkSession(assignment, this.environment));
    }
    this.dropFinishedLinks();
    for (const [batchId, { batch, at }] of this.unknown) {
      const link = this.links.get(batch.linkId);
      if (!link && at > sentAt) continue;
      this.unknown.delete(batchId);
      if (link) link.add(batch);
      else this.refuse(batch);
    }
    this.publisher.resume();
    for (const link of this.links.values()) link.queuePump();
  }

  private dropFinishedLinks(): void {
    for (const link of this.links.values()) {
      if (!link.isOver) continue;
      link.destroy();
      this.links.delete(link.linkId);
    }
  }

  /** Given back whole: we do not serve its link. */
  private refuse(batch: DispatchBatchDto): void {
    this.unknown.delete(batch.batchId);
    this.onBatchFinished(batch.batchId);
    this.publisher.frameOf(batch.linkId, nobody).returned(batch.batchId, batch.fromIndex);
    this.publisher.flushWithin(0);
  }

  private onBatchFinished(batchId: string): void {
    this.finished.add(batchId);
    if (this.finished.size <= finishedBatchesMax) return;
    for (const oldest of this.finished) {
      this.finished.delete(oldest);
      break;
    }
  }

  /** sms-gateway has given our batches and binds to others. What we know for sure still goes out. */
  private end(): void {
    this.logger.warn({ sessionId: this.id }, 'session is over');
    this.close();
    this.publisher.dropClaims();
    this.publisher.resume();
    void this.consumer?.cancel();
    this.onOver();
  }

  private close(): void {
    this.isOver = true;
    clearInterval(this.timer);
    for (const link of this.links.values()) link.destroy();
    this.links.clear();
    this.unknown.clear();
  }
}
