import { Controller } from '@nestjs/common';
import { identitySessionsRpc } from '@peyk/contracts';
import type { EmptyDto, PageQueryDto, SecurityWarningsDto, SignInRecordsDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { personOf } from '../sessions/person';
import { SignInHistory } from './sign-in-history';
import { WarningsService } from './warnings.service';

@Controller()
export class SignInsController {
  constructor(
    private readonly history: SignInHistory,
    private readonly warnings: WarningsService,
  ) {}

  @HandleRpc(identitySessionsRpc.signIns)
  list(query: PageQueryDto, caller: Caller): Promise<SignInRecordsDto> {
    return this.history.list(personOf(caller).accountId, query);
  }

  @HandleRpc(identitySessionsRpc.warnings)
  async listWarnings(_input: EmptyDto, caller: Caller): Promise<SecurityWarningsDto> {
    return { warnings: await this.warnings.list(personOf(caller).accountId) };
  }

  @HandleRpc(identitySessionsRpc.seeWarnings)
  async seeWarnings(_input: EmptyDto, caller: Caller): Promise<EmptyDto> {
    await this.warnings.see(personOf(caller).accountId);
    return {};
  }
}
