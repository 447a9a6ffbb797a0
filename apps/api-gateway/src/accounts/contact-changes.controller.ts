import { Controller, Inject, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  AccountIdDto,
  ContactChangesDto,
  ContactStopDto,
  ContactStoppedDto,
  identityContactsRpc,
  OwnMobileCodesDto,
  OwnMobileDto,
  OwnMobileRequestedDto,
} from '@peyk/contracts/identity';
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

  @Endpoint('GET', 'accounts/:accountId/contact-changes', identityContactsRpc.changes)
  list(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<ContactChangesDto> {
    return this.runtime.rpc.call(identityContactsRpc.changes, input, as);
  }

  @Endpoint('POST', 'accounts/:accountId/contact-changes/approve', identityContactsRpc.approve)
  approve(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<ContactChangesDto> {
    return this.runtime.rpc.call(identityContactsRpc.approve, input, as);
  }

  @Endpoint('POST', 'me/mobile/codes', identityContactsRpc.requestOwnMobile, {
    input: OwnMobileCodesDto,
    limit: 'sessions',
  })
  requestOwnMobile(
    @Input() input: OwnMobileCodesDto,
    @Req() request: FastifyRequest,
    @Caller() { as }: SignedIn,
  ): Promise<OwnMobileRequestedDto> {
    return this.runtime.rpc.call(
      identityContactsRpc.requestOwnMobile,
      { ...input, client: clientOf(request) },
      as,
    );
  }

  @Endpoint('PUT', 'me/mobile', identityContactsRpc.changeOwnMobile, {
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
    await this.runtime.rpc.call(
      identityContactsRpc.changeOwnMobile,
      { ...input, client: clientOf(request) },
      as,
    );
  }

  @UseGuards(OwnPageGuard)
  @Endpoint('POST', 'contact-changes/stop', identityContactsRpc.stop, {
    input: ContactStopDto,
    limit: 'sessions',
  })
  stop(@Input() input: ContactStopDto, @Req() request: FastifyRequest): Promise<ContactStoppedDto> {
    return this.runtime.rpc.call(identityContactsRpc.stop, { ...input, client: clientOf(request) }, 'nobody');
  }
}
