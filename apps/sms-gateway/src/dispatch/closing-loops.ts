import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@peyk/database';
import { MESSAGING, Outbox } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { Loop } from '../loops/loop';
import { Closer } from './closer';
import { Earnings } from './earnings';
import { ProgressPublisher } from './progress.publisher';

const closeEveryMs = 500;
const progressEveryMs = 500;
/** Sends whose progress is published in one step. */
const progressAtOnce = 1_000;

/** What follows when messages moved: charges and ends of sends, earnings of resellers, and progress for who looks. */
@Injectable()
export class ClosingLoops {
  private running: { readonly closer: Closer; readonly close: Loop; readonly cancel: Loop } | undefined;
  private loops: readonly Loop[] = [];
  private readonly progressed = new Set<string>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly progress: ProgressPublisher,
    @Inject(MESSAGING) private readonly messaging: Pick<MessagingRuntime, 'logger'>,
  ) {}

  start(): void {
    const { logger } = this.messaging;
    const closer = new Closer(this.dataSource, this.transactions, this.outbox, logger);
    const earnings = new Earnings(this.dataSource, this.transactions, this.outbox, logger);
    this.progressed.clear();
    const close = new Loop('closer', logger, async () => {
      for (const id of await closer.step()) this.progressed.add(id);
      return closeEveryMs;
    });
    const cancel = new Loop('cancelling', logger, async () => {
      const more = await closer.cancelWaiting();
      return more ? 0 : closeEveryMs;
    });
    const publish = new Loop('progress', logger, async () => {
      const ids = [...this.progressed].slice(0, progressAtOnce);
      for (const id of ids) this.progressed.delete(id);
      await this.progress.publishProgress(ids);
      return progressEveryMs;
    });
    const earn = new Loop('earnings', logger, () => earnings.step());
    this.running = { closer, close, cancel };
    this.loops = [cancel, close, publish, earn];
    for (const loop of this.loops) loop.start();
  }

  /** The counts of these sends moved. */
  markMoved(sendIds: Iterable<string>): void {
    const ids = [...sendIds];
    this.running?.closer.mark(ids);
    for (const id of ids) this.progressed.add(id);
  }

  /** A send may have been cancelled. */
  lookForCancelled(): void {
    this.running?.closer.refresh();
    this.running?.cancel.poke();
    this.running?.close.poke();
  }

  async stop(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
