import { Controller, Logger } from '@nestjs/common';
import { billingSubscriptions } from '@peyk/contracts/billing';
import { smsEvents } from '@peyk/contracts/sms';
import type { SendEarnedDto } from '@peyk/contracts/sms';
import { HandleEvent, Inbox, maxAttempts, type Received } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import { MarginsService } from './margins.service';

const unpaid = counter('billing_margins_unpaid_total', 'Margins of resellers that could not be paid');

/** Sends of resellers' users that are over: the reseller gets its margin. */
@Controller()
export class MarginsConsumer {
  private readonly logger = new Logger(MarginsConsumer.name);

  constructor(
    private readonly inbox: Inbox,
    private readonly margins: MarginsService,
  ) {}

  @HandleEvent(billingSubscriptions.margins, smsEvents.sendEarned)
  async onSendEarned(earned: SendEarnedDto, received: Received): Promise<void> {
    try {
      await this.inbox.once(received, (tx) => this.margins.pay(tx, earned));
    } catch (error) {
      if (received.attempt >= maxAttempts) {
        unpaid.inc();
        this.logger.error({ msg: 'a margin was not paid', sendId: earned.sendId, err: error });
      }
      throw error;
    }
  }
}
