import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AccountDto, DomainError, EmptyDto, SessionDto, SignInDto, identityRpc } from '@peyk/contracts';
import type { ClientDto, SessionGrantDto } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { OwnPageGuard } from './own-page.guard';
import { clearRefreshCookie, refreshTokenOf, setRefreshCookie } from './refresh-cookie';

@ApiTags('sessions')
@UseGuards(OwnPageGuard)
@Controller('sessions')
export class SessionsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', '', identityRpc.signIn, {
    status: 201,
    input: SignInDto,
    answers: SessionDto,
    limit: 'sessions',
    summary: 'Signs in (IDN-001). The refresh token comes as an httpOnly cookie for /api/v1/sessions only.',
  })
  async signIn(
    @Input() input: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionDto> {
    const call = { ...input, client: clientOf(request) };
    return this.opened(await this.runtime.rpc.call(identityRpc.signIn, call, 'nobody'), reply);
  }

  @Endpoint('POST', 'refresh', identityRpc.refresh, {
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
      return this.opened(await this.runtime.rpc.call(identityRpc.refresh, call, 'nobody'), reply);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'session.ended')
        clearRefreshCookie(reply, this.config.publicHttps);
      throw error;
    }
  }

  @Endpoint('DELETE', 'current', identityRpc.signOut, {
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
    if (refreshToken) await this.runtime.rpc.call(identityRpc.signOut, { refreshToken }, 'nobody');
    clearRefreshCookie(reply, this.config.publicHttps);
  }

  private opened(grant: SessionGrantDto, reply: FastifyReply): SessionDto {
    setRefreshCookie(reply, grant, this.config.publicHttps);
    const { accessToken, accessExpiresAt, account } = grant;
    return { accessToken, accessExpiresAt, account };
  }
}

@ApiTags('sessions')
@Controller('me')
export class MeController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', identityRpc.me)
  me(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<AccountDto> {
    return this.runtime.rpc.call(identityRpc.me, input, as);
  }
}

function clientOf(request: FastifyRequest): ClientDto {
  return {
    address: request.ip.slice(0, 64),
    device: (request.headers['user-agent'] ?? '').slice(0, 300),
  };
}
