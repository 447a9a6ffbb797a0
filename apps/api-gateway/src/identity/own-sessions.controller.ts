import { Inject, Res } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { EndedSessionsDto, identitySessionsRpc } from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { clearRefreshCookie } from '../auth/cookies';
import { ownSessionsRoutes } from './sessions.routes';
import { ControllerOf } from '../routes/controllers';

@ControllerOf(ownSessionsRoutes)
export class OwnSessionsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  async endAll(
    @Input() input: EmptyDto,
    @Caller() { as }: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedSessionsDto> {
    const ended = await this.runtime.rpc.call(identitySessionsRpc.endAll, input, as);
    clearRefreshCookie(reply, this.config.publicHttps);
    return ended;
  }
}
