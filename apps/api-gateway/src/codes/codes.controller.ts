import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  BaleLinkDto,
  BaleStatusDto,
  CodeRequestDto,
  CodeRequestedDto,
  CodeSignInDto,
  identityBaleRpc,
  identityCodesRpc,
  SignedInDto,
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

@ApiTags('sessions')
@UseGuards(OwnPageGuard)
@Controller('sessions')
export class CodesController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', 'codes', identityCodesRpc.request, { input: CodeRequestDto, limit: 'sessions' })
  request(@Input() input: CodeRequestDto, @Req() request: FastifyRequest): Promise<CodeRequestedDto> {
    const call = { ...input, client: clientOf(request) };
    return this.runtime.rpc.call(identityCodesRpc.request, call, 'nobody');
  }

  @Endpoint('POST', 'by-code', identityCodesRpc.signIn, {
    status: 201,
    input: CodeSignInDto,
    answers: SignedInDto,
    limit: 'sessions',
    summary: 'Signs in by a one-time code (IDN-002); answers and cookies are those of a sign-in by password.',
  })
  async signIn(
    @Input() input: CodeSignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const call = { ...input, client: clientOf(request) };
    const result = await this.runtime.rpc.call(identityCodesRpc.signIn, call, 'nobody');
    return answerSignIn(reply, result, this.config.publicHttps);
  }
}

@ApiTags('me')
@Controller('me/bale')
export class BaleController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', identityBaleRpc.status)
  status(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<BaleStatusDto> {
    return this.runtime.rpc.call(identityBaleRpc.status, input, as);
  }

  @Endpoint('POST', 'link', identityBaleRpc.link)
  link(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<BaleLinkDto> {
    return this.runtime.rpc.call(identityBaleRpc.link, input, as);
  }

  @Endpoint('DELETE', '', identityBaleRpc.unlink, { answers: EmptyDto })
  async unlink(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identityBaleRpc.unlink, input, as);
  }
}
