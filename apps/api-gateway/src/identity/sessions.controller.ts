import { Inject, Req, Res } from '@nestjs/common';
import { DomainError, EmptyDto } from '@peyk/contracts';
import { identitySessionsRpc, SessionDto, SignedInDto, SignInDto } from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { clearRefreshCookie, refreshTokenOf } from '../auth/cookies';
import { clientOf } from '../auth/caller.decorator';
import { answerSession, answerSignIn } from './sign-in-answer';
import { sessionsRoutes } from './sessions.routes';
import { ControllerOf } from '../routes/controllers';

@ControllerOf(sessionsRoutes)
export class SessionsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  async signIn(
    @Input() input: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const call = { ...input, client: clientOf(request) };
    const result = await this.runtime.rpc.call(identitySessionsRpc.signIn, call, 'nobody');
    return answerSignIn(reply, result, this.config.publicHttps);
  }

  async refresh(
    @Input() _input: EmptyDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const refreshToken = refreshTokenOf(request);
    if (!refreshToken) throw new DomainError('session.ended');
    const call = { refreshToken, client: clientOf(request) };
    try {
      const grant = await this.runtime.rpc.call(identitySessionsRpc.refresh, call, 'nobody');
      return answerSession(reply, grant, this.config.publicHttps);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'session.ended')
        clearRefreshCookie(reply, this.config.publicHttps);
      throw error;
    }
  }

  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const refreshToken = refreshTokenOf(request);
    if (refreshToken) await this.runtime.rpc.call(identitySessionsRpc.signOut, { refreshToken }, 'nobody');
    clearRefreshCookie(reply, this.config.publicHttps);
  }
}
