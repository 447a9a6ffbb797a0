import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { SendState } from '@peyk/contracts';
import { smsEvents } from '@peyk/contracts/sms';
import { Transactions, execute } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { assertMove, statesBefore } from './send.entity';
import type { Send } from './send.entity';

/** States of sends that change outside the dispatch. */
@Injectable()
export class SendMoves {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Throws send.wrongState. */
  async move(send: Send, to: SendState): Promise<void> {
    assertMove(send.state, to);
    const moved = await execute(
      this.dataSource,
      'UPDATE sends SET state = $2 WHERE id = $1 AND state = ANY($3)',
      [send.id, to, statesBefore(to)],
    );
    if (moved === 0) throw new DomainError('send.wrongState', { wanted: to });
  }

  /** Ends one that never began, and says why. */
  async refuse(send: Send, code: string, to: 'refused' | 'missed' = 'refused'): Promise<void> {
    await this.transactions.run(async (tx) => {
      const moved = await execute(
        tx,
        `UPDATE sends SET state = $3, refusal = $2, settled = true, finished_at = now()
          WHERE id = $1 AND state = ANY($4)`,
        [send.id, code, to, statesBefore(to)],
      );
      if (moved === 1) await this.tellFinished(tx, send, to);
    });
  }

  tellFinished(
    tx: EntityManager,
    { id, customerId }: Pick<Send, 'id' | 'customerId'>,
    state: SendState,
  ): Promise<void> {
    return this.outbox.add(tx, smsEvents.sendFinished, `send:${id}`, { sendId: id, customerId, state });
  }
}
