import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  ChangePasswordDto,
  FirstPasswordDto,
  identityPasswordsRpc,
  ResetPasswordDto,
  SessionDto,
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
import { answerSession, clientOf } from '../sessions/sign-in-answer';

@ApiTags('passwords')
@UseGuards(OwnPageGuard)
@Controller()
export class PasswordsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', 'passwords/first', identityPasswordsRpc.setFirst, {
    input: FirstPasswordDto,
    answers: SessionDto,
    limit: 'sessions',
  })
  async setFirst(
    @Input() input: FirstPasswordDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const call = { ...input, client: clientOf(request) };
    const grant = await this.runtime.rpc.call(identityPasswordsRpc.setFirst, call, 'nobody');
    return answerSession(reply, grant, this.config.publicHttps);
  }

  @Endpoint('POST', 'passwords/reset', identityPasswordsRpc.reset, {
    input: ResetPasswordDto,
    answers: EmptyDto,
    limit: 'sessions',
  })
  async reset(@Input() input: ResetPasswordDto, @Req() request: FastifyRequest): Promise<void> {
    const call = { ...input, client: clientOf(request) };
    await this.runtime.rpc.call(identityPasswordsRpc.reset, call, 'nobody');
  }

  @Endpoint('POST', 'me/password', identityPasswordsRpc.change, {
    input: ChangePasswordDto,
    answers: SessionDto,
  })
  async change(
    @Input() input: ChangePasswordDto,
    @Caller() { as }: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const call = { ...input, client: clientOf(request) };
    const grant = await this.runtime.rpc.call(identityPasswordsRpc.change, call, as);
    return answerSession(reply, grant, this.config.publicHttps);
  }
}
