import { Inject, Injectable } from '@nestjs/common';
import { targetingListsRpc, targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { OperatorCountDto, RecipientCountDto, RecipientsDto } from '@peyk/contracts/targeting';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { Send } from './send.entity';

/** Where the recipients of a send come from: a slice of a list, or typed numbers, of which a list is made. */
@Injectable()
export class SendSources {
  constructor(@Inject(MESSAGING) private readonly messaging: MessagingRuntime) {}

  /** The list of what is asked for, and how many it gives. Makes the list of typed numbers. */
  async resolve(
    customerId: string,
    recipients: RecipientsDto,
  ): Promise<{ listId: string; firstPosition: number; recipients: number; byOperator: OperatorCountDto[] }> {
    if (recipients.numbers) {
      const list = await this.messaging.rpc.call(
        targetingListsRpc.createTyped,
        { customerId, numbers: recipients.numbers },
        'service',
      );
      const { row, count } = recipients;
      if (row === undefined && count === undefined)
        return { listId: list.id, firstPosition: 1, recipients: list.valid, byOperator: list.byOperator };
      return { listId: list.id, ...(await this.countList(customerId, { listId: list.id, row, count })) };
    }
    return { listId: recipients.listId ?? '', ...(await this.countList(customerId, recipients)) };
  }

  /** Throws list.notFound. */
  countList(customerId: string, recipients: RecipientsDto): Promise<RecipientCountDto> {
    return this.messaging.rpc.call(
      targetingRecipientsRpc.count,
      { listId: recipients.listId ?? '', customerId, row: recipients.row, count: recipients.count },
      'service',
    );
  }

  /** As it is now. Throws list.notFound. */
  countOf({ customerId, listId, firstPosition: row, recipients: count }: Send): Promise<RecipientCountDto> {
    return this.countList(customerId, { listId, row, count });
  }
}
