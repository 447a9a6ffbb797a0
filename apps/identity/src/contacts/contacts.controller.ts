import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { identityContactsRpc } from '@peyk/contracts/identity';
import type {
  AccountIdDto,
  ContactChangesDto,
  ContactStopCallDto,
  ContactStoppedDto,
  OwnMobileCallDto,
  OwnMobileCodesCallDto,
  OwnMobileRequestedDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ContactApprovals } from './contact-approvals';
import { ContactStops } from './contact-stops';
import { OwnMobileService } from './own-mobile.service';

@Controller()
export class ContactsController {
  constructor(
    private readonly approvals: ContactApprovals,
    private readonly stops: ContactStops,
    private readonly ownMobile: OwnMobileService,
  ) {}

  @HandleRpc(identityContactsRpc.requestOwnMobile)
  requestOwnMobile(input: OwnMobileCodesCallDto, caller: Caller): Promise<OwnMobileRequestedDto> {
    return this.ownMobile.request(input, caller);
  }

  @HandleRpc(identityContactsRpc.changeOwnMobile)
  async changeOwnMobile(input: OwnMobileCallDto, caller: Caller): Promise<EmptyDto> {
    await this.ownMobile.change(input, caller);
    return new EmptyDto();
  }

  @HandleRpc(identityContactsRpc.changes)
  list({ accountId }: AccountIdDto, caller: Caller): Promise<ContactChangesDto> {
    return this.approvals.list(accountId, caller);
  }

  @HandleRpc(identityContactsRpc.approve)
  approve({ accountId }: AccountIdDto, caller: Caller): Promise<ContactChangesDto> {
    return this.approvals.approve(accountId, caller);
  }

  @HandleRpc(identityContactsRpc.stop)
  stop(input: ContactStopCallDto): Promise<ContactStoppedDto> {
    return this.stops.stopChange(input);
  }
}
