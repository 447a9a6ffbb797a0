import { Inject, Req, Res } from '@nestjs/common';
import {
  ChangePasswordDto,
  FirstPasswordDto,
  identityPasswordsRpc,
  SessionDto,
} from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { clientOf } from '../auth/caller.decorator';
import { answerSession } from './sign-in-answer';
import { passwordsRoutes } from './passwords.routes';
import { ControllerOf } from '../routes/controllers';

@ControllerOf(passwordsRoutes)
export class PasswordsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  async setFirst(
    @Input() input: FirstPasswordDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const call = { ...input, client: clientOf(request) };
    const grant = await this.runtime.rpc.call(identityPasswordsRpc.setFirst, call, 'nobody');
    return answerSession(reply, grant, this.config.publicHttps);
  }

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
