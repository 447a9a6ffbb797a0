import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  CodeRequestedDto,
  identityReferralsRpc,
  identitySignUpsRpc,
  identityTermsRpc,
  ReferralsDto,
  SignedInDto,
  SignUpCodeDto,
  SignUpDraftDto,
  SignUpDto,
  TermsDto,
  UsernameAvailableDto,
  UsernameQueryDto,
} from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { OwnPageGuard } from '../sessions/own-page.guard';
import { answerSignIn, clientOf } from '../sessions/sign-in-answer';

/** Sign-up (IDN-027, IDN-031 to IDN-033). */
@ApiTags('sign-up')
@Controller()
export class SignUpsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', 'sign-ups/checks', identitySignUpsRpc.check, {
    status: 204,
    input: SignUpDraftDto,
    answers: EmptyDto,
    limit: 'sessions',
  })
  @UseGuards(OwnPageGuard)
  async check(@Input() input: SignUpDraftDto): Promise<void> {
    await this.runtime.rpc.call(identitySignUpsRpc.check, input, 'nobody');
  }

  @Endpoint('POST', 'sign-ups/codes', identitySignUpsRpc.requestCode, {
    input: SignUpCodeDto,
    limit: 'sessions',
  })
  @UseGuards(OwnPageGuard)
  requestCode(@Input() input: SignUpCodeDto, @Req() request: FastifyRequest): Promise<CodeRequestedDto> {
    const call = { ...input, client: clientOf(request) };
    return this.runtime.rpc.call(identitySignUpsRpc.requestCode, call, 'nobody');
  }

  @Endpoint('POST', 'sign-ups', identitySignUpsRpc.complete, {
    status: 201,
    input: SignUpDto,
    answers: SignedInDto,
    limit: 'sessions',
    summary:
      'Makes the account and signs it in, as POST /api/v1/sessions does. Nothing is made, and the code stays good, when ' +
      'anything is refused.',
  })
  @UseGuards(OwnPageGuard)
  async complete(
    @Input() input: SignUpDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const call = { ...input, client: clientOf(request) };
    const result = await this.runtime.rpc.call(identitySignUpsRpc.complete, call, 'nobody');
    return answerSignIn(reply, result, this.config.publicHttps);
  }

  @Endpoint('GET', 'sign-ups/available', identitySignUpsRpc.available, { limit: 'sessions' })
  available(@Input() input: UsernameQueryDto): Promise<UsernameAvailableDto> {
    return this.runtime.rpc.call(identitySignUpsRpc.available, input, 'nobody');
  }

  @Endpoint('GET', 'terms', identityTermsRpc.read)
  terms(@Input() input: EmptyDto): Promise<TermsDto> {
    return this.runtime.rpc.call(identityTermsRpc.read, input, 'nobody');
  }

  @Endpoint('GET', 'referrals', identityReferralsRpc.read)
  referrals(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ReferralsDto> {
    return this.runtime.rpc.call(identityReferralsRpc.read, input, as);
  }
}
