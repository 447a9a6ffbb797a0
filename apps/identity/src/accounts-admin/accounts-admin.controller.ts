import { Controller } from '@nestjs/common';
import { identityAccountsRpc, identitySessionsRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type {
  AccountCreateDto,
  AccountDetailsDto,
  AccountIdDto,
  AccountRolesDto,
  AccountsDto,
  AccountsQueryDto,
  AccountUpdateDto,
  SessionsEndOfDto,
  UsernameAddDto,
  UsernameRemoveDto,
} from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { AccountsAdminService } from './accounts-admin.service';

@Controller()
export class AccountsAdminController {
  constructor(private readonly admin: AccountsAdminService) {}

  @HandleRpc(identityAccountsRpc.list)
  list(input: AccountsQueryDto, caller: Caller): Promise<AccountsDto> {
    return this.admin.list(input, caller);
  }

  @HandleRpc(identityAccountsRpc.read)
  read({ accountId }: AccountIdDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.read(accountId, caller);
  }

  @HandleRpc(identityAccountsRpc.create)
  create(input: AccountCreateDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.create(input, caller);
  }

  @HandleRpc(identityAccountsRpc.update)
  update(input: AccountUpdateDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.update(input, caller);
  }

  @HandleRpc(identityAccountsRpc.setRoles)
  setRoles(input: AccountRolesDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.setRoles(input, caller);
  }

  @HandleRpc(identityAccountsRpc.disable)
  disable({ accountId }: AccountIdDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.disable(accountId, caller);
  }

  @HandleRpc(identityAccountsRpc.enable)
  enable({ accountId }: AccountIdDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.enable(accountId, caller);
  }

  @HandleRpc(identityAccountsRpc.signOut)
  async signOut({ accountId }: AccountIdDto, caller: Caller): Promise<EmptyDto> {
    await this.admin.signOut(accountId, caller);
    return {};
  }

  @HandleRpc(identityAccountsRpc.unlock)
  async unlock({ accountId }: AccountIdDto, caller: Caller): Promise<EmptyDto> {
    await this.admin.unlock(accountId, caller);
    return {};
  }

  @HandleRpc(identityAccountsRpc.addUsername)
  addUsername(input: UsernameAddDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.addUsername(input, caller);
  }

  @HandleRpc(identityAccountsRpc.removeUsername)
  removeUsername(input: UsernameRemoveDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.removeUsername(input, caller);
  }

  @HandleRpc(identityAccountsRpc.issuePassword)
  issuePassword({ accountId }: AccountIdDto, caller: Caller): Promise<AccountDetailsDto> {
    return this.admin.issuePassword(accountId, caller);
  }

  @HandleRpc(identitySessionsRpc.endOf)
  async endSessionsOf(input: SessionsEndOfDto, caller: Caller): Promise<EmptyDto> {
    await this.admin.endSessionsOf(input, caller);
    return {};
  }
}
