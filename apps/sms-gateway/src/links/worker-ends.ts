import { Inject, Injectable } from '@nestjs/common';
import { dispatchWork } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import { MESSAGING, outcomesQueue, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { LinksService } from './links.service';

/** Ends of workers: those that went silent, and what dispatch learns of all that ended. */
@Injectable()
export class WorkerEnds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly links: LinksService,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** Heartbeats of other workers end silent ones too; this is for when none comes at all. */
  @Scheduled({
    name: 'silent sessions',
    does: 'Ends worker sessions that were silent for longer than their lease.',
    everyMs: 1_000,
    runsIn: 'one replica',
  })
  async endSilentSessions(): Promise<void> {
    await this.links.endSilentSessions();
  }

  /** Behind everything that a session reported: when the recorder meets it, nothing of that session is unread. */
  @Scheduled({
    name: 'ended sessions',
    does: 'Tells the recorder, behind all its reports, that a worker session ended.',
    everyMs: 1_000,
    runsIn: 'one replica',
  })
  async announceEnds(): Promise<void> {
    const sessions = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM worker_sessions WHERE state = 'ended' LIMIT 100`,
    );
    for (const { id } of sessions)
      await publishWork(this.messaging, dispatchWork.sessionEnded, outcomesQueue, { sessionId: id });
  }
}
