import { Inject, Req, Res } from '@nestjs/common';
import { identitySignUpsRpc, SignedInDto, SignUpDto } from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { clientOf } from '../auth/caller.decorator';
import { answerSignIn } from './sign-in-answer';
import { signUpsRoutes } from './sign-ups.routes';
import { ControllerOf } from '../routes/controllers';

@ControllerOf(signUpsRoutes)
export class SignUpsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  async complete(
    @Input() input: SignUpDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const call = { ...input, client: clientOf(request) };
    const result = await this.runtime.rpc.call(identitySignUpsRpc.complete, call, 'nobody');
    return answerSignIn(reply, result, this.config.publicHttps);
  }
}
