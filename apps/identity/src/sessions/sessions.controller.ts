import { Controller } from '@nestjs/common';
import { identitySessionsRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type {
  EndedSessionsDto,
  OwnSessionsDto,
  RefreshCallDto,
  SessionGrantDto,
  SessionIdDto,
  SignOutCallDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { personOf } from '../access/person';
import { SessionsService } from './sessions.service';

@Controller()
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @HandleRpc(identitySessionsRpc.refresh)
  refresh(input: RefreshCallDto): Promise<SessionGrantDto> {
    return this.sessions.refresh(input);
  }

  @HandleRpc(identitySessionsRpc.signOut)
  async signOut({ refreshToken }: SignOutCallDto): Promise<EmptyDto> {
    await this.sessions.signOut(refreshToken);
    return {};
  }

  @HandleRpc(identitySessionsRpc.list)
  async list(_input: EmptyDto, caller: Caller): Promise<OwnSessionsDto> {
    const { accountId, sessionId } = personOf(caller);
    return { sessions: await this.sessions.list(accountId, sessionId) };
  }

  @HandleRpc(identitySessionsRpc.end)
  async end({ sessionId }: SessionIdDto, caller: Caller): Promise<EmptyDto> {
    await this.sessions.endOwn(personOf(caller).accountId, sessionId);
    return {};
  }

  @HandleRpc(identitySessionsRpc.endOthers)
  async endOthers(_input: EmptyDto, caller: Caller): Promise<EndedSessionsDto> {
    const { accountId, sessionId } = personOf(caller);
    return { ended: await this.sessions.endOwnAll(accountId, sessionId) };
  }

  @HandleRpc(identitySessionsRpc.endAll)
  async endAll(_input: EmptyDto, caller: Caller): Promise<EndedSessionsDto> {
    return { ended: await this.sessions.endOwnAll(personOf(caller).accountId) };
  }
}
