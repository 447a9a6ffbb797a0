import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingHoldsRpc } from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { CustomersService } from '../customers/customers.service';
import { SendLateness } from './send-lateness';
import { SendMoves } from './send-moves';
import { SendQueue } from './send-queue';
import { SendSources } from './send-sources';
import { farthestDays } from './send-terms';
import { Send } from './send.entity';

/** A send that nobody captured from for so long is surely over; running sends end far earlier. */
const holdDays = 60;

/** Sends that begin: the credit is held, then they are queued. Else they are refused. */
@Injectable()
export class SendPlacement {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: CustomersService,
    private readonly sources: SendSources,
    private readonly lateness: SendLateness,
    private readonly moves: SendMoves,
    private readonly queue: SendQueue,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /**
   * Holds the credit of a `placing` send and queues it. Safe to run again at any point: the hold's id is the send's.
   * `throwRefusal`: the person waits for the answer; else the refusal stands in the send (SMS-209). `hasNewList`: its list
   * was made for it, so nobody can have deleted it.
   */
  async place(sendId: string, throwRefusal: boolean, hasNewList = false): Promise<void> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (send?.state !== 'placing') return;
    if (await this.lateness.isLate(send, new Date())) return this.miss(send);
    try {
      if (await this.customers.isDisabled(this.dataSource, send.customerId))
        throw new DomainError('account.disabled');
      if (!hasNewList) await this.sources.countOf(send);
      await this.messaging.rpc.call(
        billingHoldsRpc.place,
        {
          holdId: send.id,
          customerId: send.customerId,
          amountRials: send.quotedRials,
          purpose: 'send',
          expiresAt: new Date(
            send.createdAt.getTime() + (farthestDays + holdDays) * 86_400_000,
          ).toISOString(),
        },
        'service',
      );
    } catch (error) {
      // Whether it was held is not known: the leader asks again with the same id.
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      await this.moves.refuse(send, error.code);
      if (throwRefusal) throw error;
      return;
    }
    await this.queue.enqueue(send);
  }

  /**
   * From when a send is laid down its list is not deleted any more (campaign-targeting asks `usesOf` before): whether it
   * was just before. Then the send is refused, and list.notFound thrown.
   */
  async assertList(send: Send): Promise<void> {
    try {
      await this.sources.countOf(send);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'list.notFound')
        await this.moves.refuse(send, error.code);
      throw error;
    }
  }

  /** A send that was being placed when its time had passed: whether its credit is held is not known, so it is given back. */
  private async miss(send: Send): Promise<void> {
    try {
      await this.messaging.rpc.call(billingHoldsRpc.release, { holdId: send.id }, 'service');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'hold.notFound') throw error;
    }
    await this.moves.refuse(send, 'send.late', 'missed');
  }
}
