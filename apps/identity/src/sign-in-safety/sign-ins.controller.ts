import { Controller } from '@nestjs/common';
import { identityAccountsRpc, identitySignInsRpc } from '@peyk/contracts/identity';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type { SecurityWarningsDto, SignInRecordsDto } from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { personOf } from '../access/person';
import { SignInHistory } from './sign-in-history';
import { WarningsService } from './warnings.service';

@Controller()
export class SignInsController {
  constructor(
    private readonly history: SignInHistory,
    private readonly warnings: WarningsService,
  ) {}

  @HandleRpc(identitySignInsRpc.list)
  list(query: PageQueryDto, caller: Caller): Promise<SignInRecordsDto> {
    return this.history.list(personOf(caller).accountId, query);
  }

  @HandleRpc(identityAccountsRpc.warnings)
  async listWarnings(_input: EmptyDto, caller: Caller): Promise<SecurityWarningsDto> {
    return { warnings: await this.warnings.list(personOf(caller).accountId) };
  }

  @HandleRpc(identityAccountsRpc.seeWarnings)
  async seeWarnings(_input: EmptyDto, caller: Caller): Promise<EmptyDto> {
    await this.warnings.see(personOf(caller).accountId);
    return {};
  }
}
