import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { reserved } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { ReplicaGuard } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { MessagePartitions } from '../messages/message-partitions';
import { DispatchSignals } from '../signals/dispatch-signals';
import { ClosingLoops } from './closing-loops';
import { Leadership, notifyLeader } from './leadership';
import { ReleaseLoops } from './release-loops';

/**
 * Runs dispatch. Its loops, and the scheduled duties of one replica, run in one replica at a time (leadership); the others
 * answer requests and take over when it goes away. Everything that they know is in the database: a new leader loads it and
 * goes on.
 */
@Injectable()
export class DispatchEngine implements OnApplicationBootstrap, OnModuleDestroy, ReplicaGuard {
  private readonly leadership: Leadership;
  private readonly duties = new Set<Promise<unknown>>();
  private isRunning = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly partitions: MessagePartitions,
    private readonly releasing: ReleaseLoops,
    private readonly closing: ClosingLoops,
    private readonly signals: DispatchSignals,
    @Inject(MESSAGING) private readonly messaging: Pick<MessagingRuntime, 'logger'>,
    @Inject(SMS_CONFIG) config: Pick<SmsGatewayConfig, 'databaseUrl'>,
  ) {
    this.leadership = new Leadership(config.databaseUrl, messaging.logger, {
      begin: () => reserved(() => this.begin()),
      end: () => this.end(),
      onNotified: () => this.signals.announceWork(),
    });
    signals.onNewWork = () => this.notifyLeader();
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }

  /** On dispatch's own connections, however busy the readers are. */
  async runInOneReplica<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (!this.isRunning) return undefined;
    const duty = reserved(work);
    this.duties.add(duty);
    try {
      return await duty;
    } finally {
      this.duties.delete(duty);
    }
  }

  private async begin(): Promise<void> {
    const { signals } = this;
    // The leader is here: the loops look as soon as they begin.
    signals.onNewWork = () => undefined;
    const moved = (sendIds: Iterable<string>): void => this.closing.markMoved(sendIds);
    await this.partitions.createPartitions();
    this.closing.start();
    this.releasing.start(moved);
    signals.onMovedSends = moved;
    signals.onHeldBatches = (sessionId, batchIds) => this.releasing.noteHeld(sessionId, batchIds);
    signals.onNewWork = () => {
      this.releasing.lookForWork();
      this.closing.lookForCancelled();
    };
    this.isRunning = true;
    this.messaging.logger.info('dispatch loops run here');
  }

  private async end(): Promise<void> {
    this.isRunning = false;
    const { signals } = this;
    signals.onNewWork = () => this.notifyLeader();
    signals.onHeldBatches = () => undefined;
    signals.onMovedSends = () => undefined;
    // First nothing new goes out, then what came back is written.
    await Promise.all([
      this.releasing.stopLoops(),
      this.closing.stop(),
      Promise.allSettled([...this.duties]),
    ]);
    await this.releasing.stopReports();
  }

  private notifyLeader(): void {
    notifyLeader(this.dataSource).catch((error: unknown) =>
      this.messaging.logger.warn({ err: error }, 'the leader was not told; it looks by itself'),
    );
  }
}
