import { Controller } from '@nestjs/common';
import { identityCodesRpc } from '@peyk/contracts/identity';
import type {
  CodeRequestCallDto,
  CodeRequestedDto,
  CodeSignInCallDto,
  SignInResultDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { CodeSignInService } from './code-sign-in.service';

@Controller()
export class CodesController {
  constructor(private readonly codes: CodeSignInService) {}

  @HandleRpc(identityCodesRpc.request)
  request(input: CodeRequestCallDto): Promise<CodeRequestedDto> {
    return this.codes.request(input);
  }

  @HandleRpc(identityCodesRpc.signIn)
  signIn(input: CodeSignInCallDto): Promise<SignInResultDto> {
    return this.codes.signIn(input);
  }
}
