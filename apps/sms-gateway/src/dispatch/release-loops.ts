import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { LinksService } from '../links/links.service';
import { Loop } from '../loops/loop';
import { OutcomesConsumer } from './outcomes.consumer';
import { Recorder } from './recorder';
import { Releaser } from './releaser';
import { Runner } from './runner';

/** While nothing is on its way, what is new is signalled at once; this is for what nobody signalled. */
const idleEveryMs = 1_000;

/** Messages on their way out and back: the runner writes them, the releaser gives them out, the recorder writes answers. */
@Injectable()
export class ReleaseLoops {
  private running:
    | {
        readonly releaser: Releaser;
        readonly outcomes: OutcomesConsumer;
        readonly run: Loop;
        readonly release: Loop;
      }
    | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly links: LinksService,
    private readonly recorder: Recorder,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'lookaheadMessages'>,
  ) {}

  /** `moved`: gets the sends whose counts moved. */
  start(moved: (sendIds: Iterable<string>) => void): void {
    const { dataSource, transactions, messaging, recorder } = this;
    const { logger } = messaging;
    const releaser = new Releaser(dataSource, transactions, messaging, this.links, (batch, sessionId) =>
      recorder.noteAssigned(batch, sessionId),
    );
    const release = new Loop('releaser', logger, () => releaser.step());
    const lookAgain = (): void => {
      releaser.refresh();
      release.poke();
    };
    recorder.restart({
      answered: (sessionId, linkId, parts) => {
        releaser.onAnswered(sessionId, linkId, parts);
        release.poke();
      },
      seen: (batchId) => releaser.onSeen(batchId),
      through: (batchId) => releaser.onThrough(batchId),
      sessionClosed: (sessionId) => {
        releaser.onSessionClosed(sessionId);
        lookAgain();
      },
      moved,
    });
    const runner = new Runner(dataSource, transactions, messaging, this.config.lookaheadMessages, lookAgain);
    const run = new Loop('runner', logger, async () => {
      const pauseMs = await runner.step();
      return pauseMs > 0 && releaser.isIdle ? idleEveryMs : pauseMs;
    });
    const outcomes = new OutcomesConsumer(messaging, recorder);
    outcomes.start();
    for (const loop of [run, release]) loop.start();
    this.running = { releaser, outcomes, run, release };
  }

  /** Something new may be there to be written or given out. */
  lookForWork(): void {
    this.running?.run.poke();
    this.running?.releaser.refresh();
    this.running?.release.poke();
  }

  /** What a worker said that it holds. */
  noteHeld(sessionId: string, batchIds: ReadonlySet<string>): void {
    this.running?.releaser.onHeld(sessionId, batchIds);
  }

  /** Nothing new is written or given out any more. */
  async stopLoops(): Promise<void> {
    if (!this.running) return;
    await Promise.all([this.running.run.stop(), this.running.release.stop()]);
    await this.running.releaser.drain();
  }

  /** What came back is written, and no more is read. */
  async stopReports(): Promise<void> {
    await this.running?.outcomes.stop();
    this.running = undefined;
  }
}
