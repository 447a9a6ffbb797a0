import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { identityReferralsRpc, identitySignUpsRpc, identityTermsRpc } from '@peyk/contracts/identity';
import type {
  CodeRequestedDto,
  ReferralsDto,
  SignInResultDto,
  SignUpCallDto,
  SignUpCodeCallDto,
  SignUpDraftDto,
  TermsDto,
  UsernameAvailableDto,
  UsernameQueryDto,
} from '@peyk/contracts/identity';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { ReferralsService } from './referrals.service';
import { SignUpsService } from './sign-ups.service';
import { currentTerms } from './terms';

@Controller()
export class SignUpsController {
  constructor(
    private readonly signUps: SignUpsService,
    private readonly referrals: ReferralsService,
  ) {}

  @HandleRpc(identitySignUpsRpc.check)
  async check(input: SignUpDraftDto): Promise<EmptyDto> {
    await this.signUps.checkDraft(input);
    return new EmptyDto();
  }

  @HandleRpc(identitySignUpsRpc.requestCode)
  async requestCode(input: SignUpCodeCallDto): Promise<CodeRequestedDto> {
    return this.signUps.requestCode(input);
  }

  @HandleRpc(identitySignUpsRpc.complete)
  async complete(input: SignUpCallDto): Promise<SignInResultDto> {
    return this.signUps.complete(input);
  }

  @HandleRpc(identitySignUpsRpc.available)
  async available({ username }: UsernameQueryDto): Promise<UsernameAvailableDto> {
    return this.signUps.available(username);
  }

  @HandleRpc(identityTermsRpc.read)
  async terms(): Promise<TermsDto> {
    return Promise.resolve(currentTerms());
  }

  @HandleRpc(identityReferralsRpc.read)
  async readReferrals(_input: EmptyDto, caller: Caller): Promise<ReferralsDto> {
    return this.referrals.read(accountOf(caller));
  }
}
