import { Inject, Injectable } from '@nestjs/common';
import { Transactions, query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { Round } from '../loops/round';
import { SendMoves } from './send-moves';
import { SendPlacement } from './send-placement';
import { SendRecheck } from './send-recheck';
import { SendRepetitions } from './send-repetitions';
import { Send } from './send.entity';

/** A send whose hold was not confirmed within this time was interrupted: the leader takes it up. */
const placingStuckMs = 20_000;

/** Scheduled sends, and those whose placing was interrupted: begins them when their time has come. */
@Injectable()
export class SendSchedule {
  private readonly placing: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly recheck: SendRecheck,
    private readonly placement: SendPlacement,
    private readonly repetitions: SendRepetitions,
    private readonly moves: SendMoves,
    @Inject(MESSAGING) messaging: MessagingRuntime,
  ) {
    this.placing = new Round('due sends', messaging.logger);
  }

  /**
   * Scheduled sends whose time has come, and sends whose placing was interrupted. Run by the leader every second, in a
   * loop of its own: each waits for billing. Those that the round did not come to stay as they are, for the next one.
   */
  @Scheduled({
    name: 'due sends',
    does: 'Begins scheduled sends whose time has come, and takes up sends whose placing was interrupted.',
    everyMs: 1_000,
    runsIn: 'one replica',
  })
  async fireDue(): Promise<void> {
    const resting = this.placing.resting;
    const due = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE state = 'scheduled' AND send_at <= now() AND id <> ALL($1) ORDER BY send_at LIMIT 100`,
      [resting],
    );
    const stuck = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE state = 'placing' AND coalesce(send_at, created_at) < now() - $2 * interval '1 ms' AND id <> ALL($1)
       ORDER BY id LIMIT 100`,
      [resting, placingStuckMs],
    );
    await this.placing.each(
      [...due, ...stuck],
      ({ id }) => id,
      async ({ id }) => {
        await this.placement.place(await this.fire(id), false);
      },
    );
  }

  /**
   * A send whose time has come, as it can be sent today: its line and prices are looked at again, then it is `placing`, or
   * over; the next occurrence is laid down in the same transaction, so that each fires once. Of occurrences that are all
   * due only the newest is sent. Answers the one to be placed.
   */
  private async fire(sendId: string): Promise<string> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId, state: 'scheduled' });
    if (!send) return sendId;
    const today = await this.recheck.checkDue(send, new Date());
    const next = await this.transactions.run(async (tx) => {
      await this.repetitions.lock(tx, send);
      const isOver = today.state !== 'placing';
      const { affected } = await tx
        .getRepository(Send)
        .update(
          { id: sendId, state: 'scheduled', revision: send.revision },
          { ...today, ...(isOver && { settled: true, finishedAt: () => 'now()' }) },
        );
      if (affected !== 1) return undefined;
      if (isOver) await this.moves.tellFinished(tx, send, today.state);
      return this.repetitions.layNext(tx, { ...send, ...today });
    });
    return next?.sendAt && next.sendAt <= new Date() ? this.fire(next.id) : sendId;
  }
}
