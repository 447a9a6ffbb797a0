import { Controller } from '@nestjs/common';
import { identityPasswordsRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type { ChangePasswordCallDto, ResetPasswordCallDto, SessionGrantDto } from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { personOf } from '../access/person';
import { PasswordChangeService } from './password-change.service';
import { PasswordResetService } from './password-reset.service';

@Controller()
export class PasswordsController {
  constructor(
    private readonly changes: PasswordChangeService,
    private readonly resets: PasswordResetService,
  ) {}

  @HandleRpc(identityPasswordsRpc.change)
  change(input: ChangePasswordCallDto, caller: Caller): Promise<SessionGrantDto> {
    return this.changes.changePassword(personOf(caller), input);
  }

  @HandleRpc(identityPasswordsRpc.reset)
  async reset(input: ResetPasswordCallDto): Promise<EmptyDto> {
    await this.resets.resetPassword(input);
    return {};
  }
}
