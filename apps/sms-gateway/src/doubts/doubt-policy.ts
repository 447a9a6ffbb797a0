import { Inject, Injectable } from '@nestjs/common';
import { query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { Round } from '../loops/round';
import { DispatchSignals } from '../signals/dispatch-signals';
import { DoubtResolution } from './doubt-resolution';

const dutyPauseMs = 50;
/** Sends that are seen to in one step. */
const duePage = 20;

/** Doubts that a link's stated policy resolves, where it has one. */
@Injectable()
export class DoubtPolicy {
  private readonly resolving: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly doubts: DoubtResolution,
    private readonly signals: DispatchSignals,
    @Inject(MESSAGING) messaging: Pick<MessagingRuntime, 'logger'>,
  ) {
    this.resolving = new Round('doubts', messaging.logger);
  }

  /** The link's stated policy, where it has one: after its waiting time doubts are resolved as sent or as failed. */
  @Scheduled({
    name: 'doubts',
    does: 'Resolves messages in doubt as the policy of their link says, after its waiting time.',
    everyMs: 5_000,
    runsIn: 'one replica',
    pauseMs: dutyPauseMs,
  })
  async resolveByPolicy(): Promise<boolean> {
    const due = await query<{ id: string; resolves_as: 'sent' | 'failed' }>(
      this.dataSource,
      `SELECT s.id, l.doubt_settles_as AS resolves_as FROM links l JOIN sends s ON s.link_id = l.id AND s.has_doubts
       WHERE l.doubt_wait_seconds IS NOT NULL AND s.queued = 0 AND NOT s.unwritten AND s.id <> ALL($1)
         AND (SELECT max(b.assigned_at) FROM batches b WHERE b.send_id = s.id) < now() - l.doubt_wait_seconds * interval '1 second'
       ORDER BY s.id LIMIT ${duePage}`,
      [this.resolving.resting],
    );
    const all = await this.resolving.each(
      due,
      ({ id }) => id,
      async ({ id, resolves_as }) => {
        await this.doubts.resolveDoubt({ sendId: id, as: resolves_as });
        this.signals.reportMovedSends([id]);
      },
    );
    return all && due.length === duePage;
  }
}
