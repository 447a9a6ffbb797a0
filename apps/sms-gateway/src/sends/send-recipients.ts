import { Inject, Injectable } from '@nestjs/common';
import { DomainError, operators } from '@peyk/contracts';
import { targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { SendRecipientDto, SendRecipientsDto, SendRecipientsQueryDto } from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { decodeCursor, encodeCursor, numberPattern } from '../cursor';
import { wantedMobile } from '../messages/wanted-mobile';
import type { Send } from './send.entity';

/** To whom a send goes: read from its list, so that it can be looked at before a message exists. */
@Injectable()
export class SendRecipients {
  constructor(@Inject(MESSAGING) private readonly messaging: MessagingRuntime) {}

  /** The send is the caller's own (checked before). Of one whose list was deleted nobody is known. */
  async list(send: Send, filter: SendRecipientsQueryDto): Promise<SendRecipientsDto> {
    try {
      return await this.read(send, filter);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'list.notFound') throw error;
      return { recipients: [], total: 0, listDeleted: true };
    }
  }

  private async read(send: Send, filter: SendRecipientsQueryDto): Promise<SendRecipientsDto> {
    if (filter.msisdn) return this.find(send, wantedMobile(filter.msisdn));
    const limit = filter.limit ?? 50;
    const after = Number(decodeCursor(filter.cursor, numberPattern) ?? 0);
    const count = Math.min(limit, send.recipients - after);
    if (count <= 0) return { recipients: [], total: send.recipients };
    const { listId, customerId, firstPosition } = send;
    const page = await this.messaging.rpc.call(
      targetingRecipientsRpc.page,
      { listId, customerId, fromPosition: firstPosition + after, limit: count },
      'service',
    );
    const last = after + page.msisdns.length;
    return {
      recipients: page.msisdns.map((msisdn, at) => ({
        position: after + at + 1,
        msisdn: String(msisdn),
        operator: operators[page.operators[at] ?? -1] ?? 'other',
      })),
      total: send.recipients,
      ...(last < send.recipients && page.msisdns.length > 0 && { nextCursor: encodeCursor(last) }),
    };
  }

  private async find(send: Send, msisdn: string): Promise<SendRecipientsDto> {
    const { listId, customerId } = send;
    const { position: place, operator } = await this.messaging.rpc.call(
      targetingRecipientsRpc.find,
      { listId, customerId, msisdn: Number(msisdn) },
      'service',
    );
    const position = (place ?? 0) - send.firstPosition + 1;
    const isOfSend = place !== undefined && position >= 1 && position <= send.recipients;
    const recipients: SendRecipientDto[] = isOfSend
      ? [{ position, msisdn, operator: operator ?? 'other' }]
      : [];
    return { recipients, total: recipients.length };
  }
}
