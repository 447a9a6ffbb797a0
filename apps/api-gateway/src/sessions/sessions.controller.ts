import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DomainError, EmptyDto } from '@peyk/contracts';
import {
  identityAccountsRpc,
  identitySessionsRpc,
  ProfileDto,
  SessionDto,
  SignedInDto,
  SignInDto,
} from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { OwnPageGuard } from './own-page.guard';
import { clearRefreshCookie, refreshTokenOf } from './cookies';
import { answerSession, answerSignIn, clientOf } from './sign-in-answer';

@ApiTags('sessions')
@UseGuards(OwnPageGuard)
@Controller('sessions')
export class SessionsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', '', identitySessionsRpc.signIn, {
    status: 201,
    input: SignInDto,
    answers: SignedInDto,
    limit: 'sessions',
    summary:
      'Signs in (IDN-001). The refresh token comes as an httpOnly cookie for /api/v1/sessions only. After an issued ' +
      'password (IDN-207) there is no session, but a token for POST /api/v1/passwords/first.',
  })
  async signIn(
    @Input() input: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const call = { ...input, client: clientOf(request) };
    const result = await this.runtime.rpc.call(identitySessionsRpc.signIn, call, 'nobody');
    return answerSignIn(reply, result, this.config.publicHttps);
  }

  @Endpoint('POST', 'refresh', identitySessionsRpc.refresh, {
    input: EmptyDto,
    answers: SessionDto,
    limit: 'sessions',
    summary: 'A new access token for the session in the cookie; the cookie is renewed too.',
  })
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

  @Endpoint('DELETE', 'current', identitySessionsRpc.signOut, {
    input: EmptyDto,
    answers: EmptyDto,
    limit: 'sessions',
    summary: 'Signs out: ends the session in the cookie. Doing it again is no error.',
  })
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const refreshToken = refreshTokenOf(request);
    if (refreshToken) await this.runtime.rpc.call(identitySessionsRpc.signOut, { refreshToken }, 'nobody');
    clearRefreshCookie(reply, this.config.publicHttps);
  }
}

@ApiTags('sessions')
@Controller('me')
export class MeController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', identityAccountsRpc.me)
  me(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ProfileDto> {
    return this.runtime.rpc.call(identityAccountsRpc.me, input, as);
  }
}
