import { Controller, Logger } from '@nestjs/common';
import { billingSubscriptions } from '@peyk/contracts/billing';
import { smsEvents } from '@peyk/contracts/sms';
import type { SendChargedDto, SendClosedDto } from '@peyk/contracts/sms';
import { HandleEvent, Inbox, maxAttempts, PoisonError, type Received } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import { ChargesOutstandingError, HoldsService } from './holds.service';
import { KeyedTurns } from './keyed-turns';

const mismatches = counter('billing_mismatches_total', 'Sends whose charges are not what was captured');

/**
 * Charges of sends. Those of one wallet are handled in turn: they would wait for its row anyway, and would keep the
 * pool's connections from everybody else while they do; and so a closing comes after the charges before it. With two
 * replicas that order is not kept: then the closing comes back a second later.
 */
@Controller()
export class ChargesConsumer {
  private readonly logger = new Logger(ChargesConsumer.name);
  private readonly turns = new KeyedTurns();

  constructor(
    private readonly inbox: Inbox,
    private readonly holds: HoldsService,
  ) {}

  @HandleEvent(billingSubscriptions.charges, smsEvents.sendCharged)
  async onSendCharged(charge: SendChargedDto, received: Received): Promise<void> {
    await this.turns.run(charge.customerId, () =>
      this.inbox.once(received, (tx) => this.holds.charge(tx, received.id, charge)),
    );
  }

  @HandleEvent(billingSubscriptions.charges, smsEvents.sendClosed)
  async onSendClosed(closing: SendClosedDto, received: Received): Promise<void> {
    try {
      await this.turns.run(closing.customerId, () =>
        this.inbox.once(received, (tx) => this.holds.close(tx, closing)),
      );
    } catch (error) {
      const spent = error instanceof ChargesOutstandingError && received.attempt >= maxAttempts;
      if (spent || error instanceof PoisonError) {
        mismatches.inc();
        this.logger.error({
          msg: 'hold is not closed: its charges differ',
          sendId: closing.sendId,
          err: error,
        });
      }
      throw error;
    }
  }
}
