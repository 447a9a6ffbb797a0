import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import { Transactions, reserved } from '@peyk/database';
import { MESSAGING, Outbox, publishLive } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource, In } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { InboxService } from '../inbox/inbox.service';
import { SecretaryService } from '../inbox/secretary.service';
import { LinksService } from '../links/links.service';
import { MessagesService } from '../messages/messages.service';
import { Send, countsOf } from '../sends/send.entity';
import { SendsService } from '../sends/sends.service';
import { Closer } from './closer';
import { Earnings } from './earnings';
import { smsLives } from '../retention';
import { Janitor } from './janitor';
import { Leadership, tellLeader } from './leadership';
import { Loop } from './loop';
import { Nudge } from './nudge';
import { OutcomesConsumer } from './outcomes.consumer';
import { Recorder } from './recorder';
import { Releaser } from './releaser';
import { Runner } from './runner';

const progressEveryMs = 500;
const closeEveryMs = 500;
const countKeptEveryMs = 60_000;
/** Between two pieces of a duty of the janitor, and at most while it fails. */
const dutyPauseMs = 50;
const longestDutyPauseMs = 60_000;
/** While nothing is on its way, what is new is told at once; this is for what nobody told. */
const idleEveryMs = 1_000;

/**
 * The dispatch loops. They run in one replica at a time (leadership); the others answer requests and take over when it
 * goes away. Everything that they know is in the database: a new leader loads it and goes on.
 */
@Injectable()
export class DispatchEngine implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly leadership: Leadership;
  private stopRunning: (() => Promise<void>) | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly links: LinksService,
    private readonly sends: SendsService,
    private readonly messages: MessagesService,
    private readonly inbox: InboxService,
    private readonly secretary: SecretaryService,
    private readonly nudge: Nudge,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
    @Inject(SMS_CONFIG) private readonly config: SmsGatewayConfig,
  ) {
    this.leadership = new Leadership(config.databaseUrl, messaging.logger, {
      begin: () => reserved(() => this.begin()),
      end: () => this.end(),
      told: () => this.nudge.dispatch(),
    });
    nudge.onDispatch = () => this.tellLeader();
  }

  onApplicationBootstrap(): void {
    this.leadership.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.leadership.stop();
  }

  private async begin(): Promise<void> {
    const { dataSource, transactions, messaging, nudge } = this;
    const { logger } = messaging;
    // Nobody is to be told any more; the loops look as soon as they begin.
    nudge.onDispatch = () => undefined;
    const progressed = new Set<string>();
    const closer = new Closer(dataSource, transactions, this.outbox, logger);
    const moved = (sendIds: Iterable<string>): void => {
      const ids = [...sendIds];
      closer.mark(ids);
      for (const id of ids) progressed.add(id);
    };
    const releaser: Releaser = new Releaser(
      dataSource,
      transactions,
      messaging,
      this.links,
      (batch, sessionId) => recorder.assigned(batch, sessionId),
    );
    const recorder = new Recorder(dataSource, transactions, messaging, this.inbox, nudge, {
      answered: (sessionId, linkId, parts) => {
        releaser.onAnswered(sessionId, linkId, parts);
        release.poke();
      },
      seen: (batchId) => releaser.onSeen(batchId),
      through: (batchId) => releaser.onThrough(batchId),
      sessionClosed: (sessionId) => {
        releaser.onSessionClosed(sessionId);
        releaser.refresh();
        release.poke();
      },
      moved,
    });
    const janitor = new Janitor(
      dataSource,
      transactions,
      messaging,
      this.messages,
      this.links,
      () => smsLives(this.config),
      { sends: this.sends.search, inbox: this.inbox.search },
      moved,
    );
    const runner = new Runner(dataSource, transactions, messaging, this.config.lookaheadMessages, () => {
      releaser.refresh();
      release.poke();
    });
    const outcomes = new OutcomesConsumer(messaging, recorder);
    const earnings = new Earnings(dataSource, transactions, this.outbox, logger);

    const run = new Loop('runner', logger, async () => {
      const pauseMs = await runner.step();
      return pauseMs > 0 && releaser.isIdle ? idleEveryMs : pauseMs;
    });
    const release = new Loop('releaser', logger, () => releaser.step());
    const duties = janitor.duties.map(
      ({ name, everyMs, run }) =>
        new Loop(name, logger, async () => ((await run()) ? dutyPauseMs : everyMs), longestDutyPauseMs),
    );
    const fire = new Loop('due sends', logger, async () => {
      await this.sends.fireDue();
      return 1_000;
    });
    const reply = new Loop('secretary', logger, async () => {
      await this.secretary.sendDue();
      return 1_000;
    });
    let keptAtMs = 0;
    const assemble = new Loop('inbox', logger, async () => {
      await this.inbox.settle();
      await recorder.finishWords();
      if (Date.now() - keptAtMs > countKeptEveryMs) {
        await recorder.countKept();
        keptAtMs = Date.now();
      }
      return 1_000;
    });
    const close = new Loop('closer', logger, async () => {
      const ids = await closer.step();
      for (const id of ids) progressed.add(id);
      return closeEveryMs;
    });
    const cancel = new Loop('cancelling', logger, async () => {
      const more = await closer.cancelWaiting();
      return more ? 0 : closeEveryMs;
    });
    const tell = new Loop('progress', logger, async () => {
      const ids = [...progressed].slice(0, 1_000);
      for (const id of ids) progressed.delete(id);
      await this.progress(ids);
      return progressEveryMs;
    });

    await janitor.partitions();
    nudge.onDispatch = () => {
      run.poke();
      releaser.refresh();
      release.poke();
      closer.refresh();
      cancel.poke();
      close.poke();
    };
    nudge.onHeld = (sessionId, batchIds) => releaser.onHeld(sessionId, batchIds);
    outcomes.start();
    const earn = new Loop('earnings', logger, () => earnings.step());
    const loops = [run, release, fire, reply, assemble, cancel, close, tell, earn, ...duties];
    for (const loop of loops) loop.start();
    logger.info('dispatch loops run here');
    this.stopRunning = async () => {
      nudge.onDispatch = () => this.tellLeader();
      nudge.onHeld = () => undefined;
      // First nothing new goes out, then what came back is written.
      await Promise.all(loops.map((loop) => loop.stop()));
      await releaser.drain();
      await outcomes.stop();
    };
  }

  private async end(): Promise<void> {
    const stop = this.stopRunning;
    this.stopRunning = undefined;
    await stop?.();
  }

  private tellLeader(): void {
    tellLeader(this.dataSource).catch((error: unknown) =>
      this.messaging.logger.warn({ err: error }, 'the leader was not told; it looks by itself'),
    );
  }

  private async progress(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const sends = await this.dataSource.getRepository(Send).findBy({ id: In(ids) });
    const contracts = await this.links.contracts(sends.map(({ linkId }) => linkId));
    for (const send of sends) {
      publishLive(this.messaging, smsEvents.sendProgressed, {
        sendId: send.id,
        customerId: send.customerId,
        state: send.state,
        recipients: send.recipients,
        counts: countsOf(send),
        chargedRials: send.chargedRials,
        partsPerSecond: this.nudge.partsPerSecond(send.id, contracts.get(send.linkId) ?? 0),
        at: new Date().toISOString(),
      });
    }
  }
}
