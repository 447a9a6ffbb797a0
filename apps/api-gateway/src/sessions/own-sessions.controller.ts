import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, PageQueryDto } from '@peyk/contracts';
import {
  EndedSessionsDto,
  identityAccountsRpc,
  identitySessionsRpc,
  identitySignInsRpc,
  OwnSessionsDto,
  SecurityWarningsDto,
  SessionIdDto,
  SignInRecordsDto,
} from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { GatewayConfig } from '../config';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { clearRefreshCookie } from './cookies';

/** Where the own account is signed in, who tried to, and what to be warned of. */
@ApiTags('me')
@Controller('me')
export class OwnSessionsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('GET', 'sessions', identitySessionsRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnSessionsDto> {
    return this.runtime.rpc.call(identitySessionsRpc.list, input, as);
  }

  @Endpoint('DELETE', 'sessions/:sessionId', identitySessionsRpc.end, { answers: EmptyDto })
  async end(@Input() input: SessionIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identitySessionsRpc.end, input, as);
  }

  @Endpoint('POST', 'sessions/end-others', identitySessionsRpc.endOthers)
  endOthers(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<EndedSessionsDto> {
    return this.runtime.rpc.call(identitySessionsRpc.endOthers, input, as);
  }

  @Endpoint('POST', 'sessions/end-all', identitySessionsRpc.endAll)
  async endAll(
    @Input() input: EmptyDto,
    @Caller() { as }: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EndedSessionsDto> {
    const ended = await this.runtime.rpc.call(identitySessionsRpc.endAll, input, as);
    clearRefreshCookie(reply, this.config.publicHttps);
    return ended;
  }

  @Endpoint('GET', 'sign-ins', identitySignInsRpc.list)
  signIns(@Input() query: PageQueryDto, @Caller() { as }: SignedIn): Promise<SignInRecordsDto> {
    return this.runtime.rpc.call(identitySignInsRpc.list, query, as);
  }

  @Endpoint('GET', 'warnings', identityAccountsRpc.warnings)
  warnings(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<SecurityWarningsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.warnings, input, as);
  }

  @Endpoint('POST', 'warnings/seen', identityAccountsRpc.seeWarnings, { answers: EmptyDto })
  async seeWarnings(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identityAccountsRpc.seeWarnings, input, as);
  }
}
