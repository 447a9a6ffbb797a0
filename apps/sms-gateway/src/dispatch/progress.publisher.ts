import { Inject, Injectable } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import { MESSAGING, publishLive } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource, In } from 'typeorm';
import { LinksService } from '../links/links.service';
import { Send, countsOf } from '../sends/send.entity';
import { SendPaces } from '../signals/send-paces';

/** Publishes how far sends are, for who looks at them now. */
@Injectable()
export class ProgressPublisher {
  constructor(
    private readonly dataSource: DataSource,
    private readonly links: LinksService,
    private readonly paces: SendPaces,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  async publishProgress(sendIds: readonly string[]): Promise<void> {
    if (sendIds.length === 0) return;
    const sends = await this.dataSource.getRepository(Send).findBy({ id: In(sendIds) });
    const contracts = await this.links.contracts(sends.map(({ linkId }) => linkId));
    for (const send of sends) {
      publishLive(this.messaging, smsEvents.sendProgressed, {
        sendId: send.id,
        customerId: send.customerId,
        state: send.state,
        recipients: send.recipients,
        counts: countsOf(send),
        chargedRials: send.chargedRials,
        partsPerSecond: this.paces.partsPerSecond(send.id, contracts.get(send.linkId) ?? 0),
        at: new Date().toISOString(),
      });
    }
  }
}
