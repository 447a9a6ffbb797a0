import { Controller } from '@nestjs/common';
import { identityCodesRpc, identityPasswordsRpc, identitySessionsRpc } from '@peyk/contracts/identity';
import type {
  CodeRequestCallDto,
  CodeRequestedDto,
  CodeSignInCallDto,
  FirstPasswordCallDto,
  SessionGrantDto,
  SignInCallDto,
  SignInResultDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { CodeSignInService } from './code-sign-in.service';
import { FirstSignInService } from './first-sign-in.service';
import { SignInService } from './sign-in.service';

/** All ways to sign in: by password, by code, and the first time with an issued password. */
@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly codeSignIns: CodeSignInService,
    private readonly firstSignIns: FirstSignInService,
  ) {}

  @HandleRpc(identitySessionsRpc.signIn)
  signIn(input: SignInCallDto): Promise<SignInResultDto> {
    return this.signIns.signIn(input);
  }

  @HandleRpc(identityCodesRpc.request)
  requestCode(input: CodeRequestCallDto): Promise<CodeRequestedDto> {
    return this.codeSignIns.request(input);
  }

  @HandleRpc(identityCodesRpc.signIn)
  signInByCode(input: CodeSignInCallDto): Promise<SignInResultDto> {
    return this.codeSignIns.signIn(input);
  }

  @HandleRpc(identityPasswordsRpc.setFirst)
  setFirstPassword(input: FirstPasswordCallDto): Promise<SessionGrantDto> {
    return this.firstSignIns.setFirstPassword(input);
  }
}
