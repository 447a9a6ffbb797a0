import { Controller } from '@nestjs/common';
import { identityCodesRpc } from '@peyk/contracts';
import type {
  CodeRequestCallDto,
  CodeRequestedDto,
  CodeSignInCallDto,
  SignInResultDto,
} from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { CodeSignInService } from './code-sign-in.service';

@Controller()
export class CodesController {
  constructor(private readonly codes: CodeSignInService) {}

  @HandleRpc(identityCodesRpc.requestCode)
  request(input: CodeRequestCallDto): Promise<CodeRequestedDto> {
    return this.codes.request(input);
  }

  @HandleRpc(identityCodesRpc.signInByCode)
  signIn(input: CodeSignInCallDto): Promise<SignInResultDto> {
    return this.codes.signIn(input);
  }
}
