import { Injectable } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import { Transactions, execute } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { countActivity } from '../activity/activity.entity';
import { CustomersService } from '../customers/customers.service';
import { DispatchSignals } from '../signals/dispatch-signals';
import { SendControl } from './send-control';
import { SendRepetitions } from './send-repetitions';
import type { Send } from './send.entity';

/** Sends whose credit is held, handed to the dispatch. */
@Injectable()
export class SendQueue {
  constructor(
    private readonly transactions: Transactions,
    private readonly customers: CustomersService,
    private readonly control: SendControl,
    private readonly repetitions: SendRepetitions,
    private readonly outbox: Outbox,
    private readonly signals: DispatchSignals,
  ) {}

  /** Changes nothing when it is not `placing` any more. */
  async enqueue(send: Send): Promise<void> {
    await this.transactions.run(async (tx) => {
      const disabled = await this.customers.isDisabledFor(tx, send.customerId);
      const moved = await execute(
        tx,
        `UPDATE sends SET state = 'queued' WHERE id = $1 AND state = 'placing'`,
        [send.id],
      );
      if (moved === 0) return;
      if (disabled) await this.control.pauseAllOf(tx, send.customerId);
      // Of one that was not scheduled; else it lies there since the time came.
      await this.repetitions.layNext(tx, send);
      await this.outbox.add(tx, smsEvents.sendAccepted, `send:${send.id}`, {
        sendId: send.id,
        customerId: send.customerId,
        recipients: send.recipients,
        quotedRials: send.quotedRials,
      });
      await countActivity(tx, new Map([[send.customerId, { sends: 1, messages: send.recipients }]]));
    });
    this.signals.announceWork();
  }
}
