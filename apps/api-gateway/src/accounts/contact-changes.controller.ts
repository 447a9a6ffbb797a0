import { Controller, Inject, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccountIdDto,
  ContactChangesDto,
  ContactStopDto,
  ContactStoppedDto,
  EmptyDto,
  OwnMobileCodesDto,
  OwnMobileDto,
  OwnMobileRequestedDto,
  contactsRpc,
} from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { OwnPageGuard } from '../sessions/own-page.guard';
import { clientOf } from '../sessions/sign-in-answer';

/** Changes by others of where an account's codes go. */
@ApiTags('accounts')
@Controller()
export class ContactChangesController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'accounts/:accountId/contact-changes', contactsRpc.list)
  list(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<ContactChangesDto> {
    return this.runtime.rpc.call(contactsRpc.list, input, as);
  }

  @Endpoint('POST', 'accounts/:accountId/contact-changes/approve', contactsRpc.approve)
  approve(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<ContactChangesDto> {
    return this.runtime.rpc.call(contactsRpc.approve, input, as);
  }

  @Endpoint('POST', 'me/mobile/codes', contactsRpc.requestOwnMobile, {
    input: OwnMobileCodesDto,
    limit: 'sessions',
  })
  requestOwnMobile(
    @Input() input: OwnMobileCodesDto,
    @Req() request: FastifyRequest,
    @Caller() { as }: SignedIn,
  ): Promise<OwnMobileRequestedDto> {
    return this.runtime.rpc.call(contactsRpc.requestOwnMobile, { ...input, client: clientOf(request) }, as);
  }

  @Endpoint('PUT', 'me/mobile', contactsRpc.changeOwnMobile, {
    status: 204,
    input: OwnMobileDto,
    answers: EmptyDto,
    limit: 'sessions',
  })
  async changeOwnMobile(
    @Input() input: OwnMobileDto,
    @Req() request: FastifyRequest,
    @Caller() { as }: SignedIn,
  ): Promise<void> {
    await this.runtime.rpc.call(contactsRpc.changeOwnMobile, { ...input, client: clientOf(request) }, as);
  }

  @UseGuards(OwnPageGuard)
  @Endpoint('POST', 'contact-changes/stop', contactsRpc.stop, { input: ContactStopDto, limit: 'sessions' })
  stop(@Input() input: ContactStopDto, @Req() request: FastifyRequest): Promise<ContactStoppedDto> {
    return this.runtime.rpc.call(contactsRpc.stop, { ...input, client: clientOf(request) }, 'nobody');
  }
}
