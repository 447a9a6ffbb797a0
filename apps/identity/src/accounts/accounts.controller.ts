import { Controller } from '@nestjs/common';
import { DomainError, identityRpc } from '@peyk/contracts';
import type { AccountDto, EmptyDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { AccountsService } from './accounts.service';

@Controller()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @HandleRpc(identityRpc.me)
  async me(_input: EmptyDto, { principal }: Caller): Promise<AccountDto> {
    if (principal?.kind !== 'user') throw new DomainError('access.denied');
    return this.accounts.read(principal.accountId);
  }
}
