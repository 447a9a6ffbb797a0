import { Controller } from '@nestjs/common';
import { contactsRpc } from '@peyk/contracts';
import type { AccountIdDto, ContactChangesDto, ContactStopCallDto, ContactStoppedDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ContactsService } from './contacts.service';

@Controller()
export class ContactsController {
  constructor(private readonly contacts: ContactsService) {}

  @HandleRpc(contactsRpc.list)
  list({ accountId }: AccountIdDto, caller: Caller): Promise<ContactChangesDto> {
    return this.contacts.list(accountId, caller);
  }

  @HandleRpc(contactsRpc.approve)
  approve({ accountId }: AccountIdDto, caller: Caller): Promise<ContactChangesDto> {
    return this.contacts.approve(accountId, caller);
  }

  @HandleRpc(contactsRpc.stop)
  stop(input: ContactStopCallDto): Promise<ContactStoppedDto> {
    return this.contacts.stop(input);
  }
}
