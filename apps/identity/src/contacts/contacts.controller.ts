import { Controller } from '@nestjs/common';
import { contactsRpc, EmptyDto } from '@peyk/contracts';
import type {
  AccountIdDto,
  ContactChangesDto,
  ContactStopCallDto,
  ContactStoppedDto,
  OwnMobileCallDto,
  OwnMobileCodesCallDto,
  OwnMobileRequestedDto,
} from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ContactsService } from './contacts.service';
import { OwnMobileService } from './own-mobile.service';

@Controller()
export class ContactsController {
  constructor(
    private readonly contacts: ContactsService,
    private readonly ownMobile: OwnMobileService,
  ) {}

  @HandleRpc(contactsRpc.requestOwnMobile)
  requestOwnMobile(input: OwnMobileCodesCallDto, caller: Caller): Promise<OwnMobileRequestedDto> {
    return this.ownMobile.request(input, caller);
  }

  @HandleRpc(contactsRpc.changeOwnMobile)
  async changeOwnMobile(input: OwnMobileCallDto, caller: Caller): Promise<EmptyDto> {
    await this.ownMobile.change(input, caller);
    return new EmptyDto();
  }

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
