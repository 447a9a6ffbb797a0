import { Inject, Injectable } from '@nestjs/common';
import type { DispatchBatchDto, OutcomeBatchDto } from '@peyk/contracts/sms';
import { Transactions, execute } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { InboxService } from '../inbox/inbox.service';
import { SendChanges } from '../messages/send-changes';
import { MessageRecorder } from '../receipts/message-recorder';
import { SendPaces } from '../signals/send-paces';
import { BatchProgress } from './batch-progress';
import type { BatchProgressHooks } from './batch-progress';
import { endBatchesOf } from './ended-worker';
import { GatheredReports } from './gathered-reports';
import { KnownBatches } from './known-batches';

export interface RecorderHooks extends BatchProgressHooks {
  readonly seen: (batchId: string) => void;
  readonly sessionClosed: (sessionId: string) => void;
  /** Sends whose counts moved. */
  readonly moved: (sendIds: Iterable<string>) => void;
}

const noHooks: RecorderHooks = {
  answered: () => undefined,
  through: () => undefined,
  seen: () => undefined,
  sessionClosed: () => undefined,
  moved: () => undefined,
};

/** Writes what the workers report: one transaction for many messages, never a statement for each message. */
@Injectable()
export class Recorder {
  private batches!: KnownBatches;
  private progress!: BatchProgress;
  private hooks!: RecorderHooks;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    @Inject(MESSAGING) private readonly messaging: Pick<MessagingRuntime, 'logger'>,
    private readonly inbox: InboxService,
    private readonly messages: MessageRecorder,
    private readonly paces: SendPaces,
  ) {
    this.restart(noHooks);
  }

  /** Dispatch begins here: what this process knew of batches may be old. */
  restart(hooks: RecorderHooks): void {
    this.hooks = hooks;
    this.batches = new KnownBatches(this.dataSource);
    this.progress = new BatchProgress(hooks);
    this.messages.reset();
  }

  /** The releaser gave this batch out. */
  noteAssigned(batch: DispatchBatchDto, sessionId: string): void {
    this.batches.noteAssigned(batch, sessionId);
  }

  /** Records reports in the order in which they came; resolves when all is committed. */
  async recordReports(reports: readonly OutcomeBatchDto[]): Promise<void> {
    await this.batches.load(reports);
    await this.messages.rules.refreshRules();
    const after: (() => void)[] = [];
    await this.transactions.run(
      async (tx) => {
        after.length = 0;
        await this.writeReports(tx, reports, after);
      },
      { retrySerialization: 3 },
    );
    for (const act of after) act();
  }

  /** All that a worker reported is recorded, and it has ended. */
  async closeSession(sessionId: string): Promise<void> {
    let touched = new Set<string>();
    await this.transactions.run(async (tx) => {
      touched = await endBatchesOf(tx, sessionId, this.messaging.logger);
      await execute(tx, `UPDATE worker_sessions SET state = 'closed' WHERE id = $1`, [sessionId]);
      await execute(tx, 'DELETE FROM link_binds WHERE session_id = $1', [sessionId]);
    });
    this.batches.forgetThoseOf(sessionId);
    this.hooks.sessionClosed(sessionId);
    this.hooks.moved(touched);
  }

  /** `after` gets what is to be done when the transaction is committed. */
  private async writeReports(
    tx: EntityManager,
    reports: readonly OutcomeBatchDto[],
    after: (() => void)[],
  ): Promise<void> {
    const gathered = new GatheredReports(this.batches, this.messages.rules, this.hooks.seen);
    for (const report of reports) gathered.gather(report);

    await this.progress.writeStarts(tx, gathered, after);
    const matched = await this.messages.matchReceipts(tx, gathered.receipts);
    const others = gathered.mergeReceipts(matched);
    const all = [...gathered.messages, ...others];
    const changes = new SendChanges();
    await this.messages.write(tx, all, changes);
    await this.progress.writeEnds(tx, gathered, after);
    for (const { linkId, part } of gathered.inbound)
      for (const customerId of await this.inbox.receive(tx, linkId, part)) changes.countReceived(customerId);
    await this.messages.matchOrphans(tx, all, changes, after);
    const moved = await changes.write(tx);
    after.push(() => {
      for (const [sendId, parts] of changes.submittedParts) this.paces.countParts(sendId, parts);
      this.hooks.moved(moved);
    });
  }
}
