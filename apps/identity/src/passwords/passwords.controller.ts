import { Controller } from '@nestjs/common';
import { identityPasswordsRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type {
  ChangePasswordCallDto,
  FirstPasswordCallDto,
  ResetPasswordCallDto,
  SessionGrantDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { personOf } from '../sessions/person';
import { PasswordsService } from './passwords.service';

@Controller()
export class PasswordsController {
  constructor(private readonly passwords: PasswordsService) {}

  @HandleRpc(identityPasswordsRpc.setFirst)
  setFirst(input: FirstPasswordCallDto): Promise<SessionGrantDto> {
    return this.passwords.setFirst(input);
  }

  @HandleRpc(identityPasswordsRpc.change)
  change(input: ChangePasswordCallDto, caller: Caller): Promise<SessionGrantDto> {
    return this.passwords.change(personOf(caller), input);
  }

  @HandleRpc(identityPasswordsRpc.reset)
  async reset(input: ResetPasswordCallDto): Promise<EmptyDto> {
    await this.passwords.reset(input);
    return {};
  }
}
