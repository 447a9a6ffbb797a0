import { Controller } from '@nestjs/common';
import { identityRpc } from '@peyk/contracts';
import type {
  EmptyDto,
  RefreshCallDto,
  SessionGrantDto,
  SignInCallDto,
  SignInResultDto,
  SignOutCallDto,
} from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { SignInService } from '../sign-in/sign-in.service';
import { SessionsService } from './sessions.service';

@Controller()
export class SessionsController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
  ) {}

  @HandleRpc(identityRpc.signIn)
  signIn(input: SignInCallDto): Promise<SignInResultDto> {
    return this.signIns.signIn(input);
  }

  @HandleRpc(identityRpc.refresh)
  refresh(input: RefreshCallDto): Promise<SessionGrantDto> {
    return this.sessions.refresh(input);
  }

  @HandleRpc(identityRpc.signOut)
  async signOut({ refreshToken }: SignOutCallDto): Promise<EmptyDto> {
    await this.sessions.signOut(refreshToken);
    return {};
  }
}
