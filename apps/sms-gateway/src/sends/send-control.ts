import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { dispatchWork } from '@peyk/contracts/sms';
import type { SendDto } from '@peyk/contracts/sms';
import { Transactions, query } from '@peyk/database';
import { MESSAGING, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { batchStateCode } from '../messages/batch.entity';
import { DispatchSignals } from '../signals/dispatch-signals';
import { SendMoves } from './send-moves';
import { SendReads } from './send-reads';
import { SendRepetitions } from './send-repetitions';
import { clockToleranceMs } from './send-terms';
import { plannedStates, runningStates } from './send.entity';
import type { Send } from './send.entity';

/** Pauses, resumes and cancels sends. */
@Injectable()
export class SendControl {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly reads: SendReads,
    private readonly moves: SendMoves,
    private readonly repetitions: SendRepetitions,
    private readonly signals: DispatchSignals,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** One that runs, or one before its time, which then waits until it is resumed. */
  async pause(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.reads.own(customerId, sendId);
    if (send.state === 'scheduled') await this.moves.move(send, 'suspended');
    else if (send.state !== 'paused' && send.state !== 'suspended') {
      await this.moves.move(send, 'paused');
      await this.withdraw(send);
    }
    return this.reads.read(customerId, sendId);
  }

  /** One whose time passed while it was suspended is given another one first: `send.timePast`. */
  async resume(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.reads.own(customerId, sendId);
    if (send.state === 'suspended') {
      if (send.sendAt && send.sendAt.getTime() < Date.now() - clockToleranceMs)
        throw new DomainError('send.timePast', { field: 'sendAt' });
      await this.moves.move(send, 'scheduled');
    } else if (send.state !== 'scheduled' && send.state !== 'queued' && send.state !== 'sending') {
      if (send.state !== 'paused')
        throw new DomainError('send.wrongState', { state: send.state, wanted: 'sending' });
      await this.moves.move(send, send.startedAt ? 'sending' : 'queued');
      this.signals.announceWork();
    }
    return this.reads.read(customerId, sendId);
  }

  async cancel(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.reads.own(customerId, sendId);
    if (plannedStates.includes(send.state)) {
      if (!(await this.cancelPlanned(send, 'id = $1', send.id)))
        throw new DomainError('send.wrongState', { wanted: 'cancelled' });
    } else if (send.state !== 'cancelled' && send.state !== 'cancelling') {
      await this.moves.move(send, 'cancelling');
      await this.withdraw(send);
      this.signals.announceWork();
    }
    // Of a repeated send the further occurrences go too.
    await this.cancelPlanned(send, 'repeat_of = $1', send.repeatOf ?? send.id);
    return this.reads.read(customerId, sendId);
  }

  /** Pauses every running send of a customer who was disabled. @returns the sends, to be withdrawn from the sessions */
  async pauseAllOf(tx: EntityManager, customerId: string): Promise<string[]> {
    const paused = await query<{ id: string }>(
      tx,
      `UPDATE sends SET state = 'paused' WHERE customer_id = $1 AND state = ANY($2) RETURNING id`,
      [customerId, runningStates],
    );
    return paused.map(({ id }) => id);
  }

  /** Makes the sessions that hold messages of it give back what they have not started. */
  async withdraw(send: Pick<Send, 'id'>): Promise<void> {
    const sessions = await query<{ queue: string }>(
      this.dataSource,
      `SELECT DISTINCT w.queue FROM batches b JOIN worker_sessions w ON w.id = b.session_id WHERE b.send_id = $1 AND b.state = ${batchStateCode('assigned')} AND w.state = 'live'`,
      [send.id],
    );
    // A session that cannot be reached is ending; its batches come back that way.
    await Promise.allSettled(
      sessions.map(({ queue }) =>
        publishWork(this.messaging, dispatchWork.withdraw, queue, { sendId: send.id }),
      ),
    );
  }

  /** Sends before their time: no message and no hold exist, so they end at once. Answers whether there were any. */
  private cancelPlanned(send: Send, where: 'id = $1' | 'repeat_of = $1', id: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      await this.repetitions.lock(tx, send);
      const ended = await query<Pick<Send, 'id' | 'customerId'>>(
        tx,
        `UPDATE sends SET state = 'cancelled', settled = true, finished_at = now() WHERE state = ANY($2) AND ${where}
         RETURNING id, customer_id AS "customerId"`,
        [id, plannedStates],
      );
      for (const one of ended) await this.moves.tellFinished(tx, one, 'cancelled');
      return ended.length > 0;
    });
  }
}
