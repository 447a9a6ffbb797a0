import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  AccountCreateDto,
  AccountDetailsDto,
  AccountIdDto,
  AccountRolesDto,
  AccountsDto,
  AccountsQueryDto,
  AccountUpdateDto,
  identityAccountsRpc,
  ProfileDto,
  ProfileUpdateDto,
  UsernameAddDto,
  UsernameRemoveDto,
} from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

/** Accounts of others, for those who manage them (IDN-202, IDN-204, IDN-216, IDN-218). */
@ApiTags('accounts')
@Controller('accounts')
export class AccountsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', identityAccountsRpc.list)
  list(@Input() input: AccountsQueryDto, @Caller() { as }: SignedIn): Promise<AccountsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.list, input, as);
  }

  @Endpoint('POST', '', identityAccountsRpc.create, { status: 201 })
  create(@Input() input: AccountCreateDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.create, input, as);
  }

  @Endpoint('GET', ':accountId', identityAccountsRpc.read)
  read(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.read, input, as);
  }

  @Endpoint('PUT', ':accountId', identityAccountsRpc.update, {
    summary:
      'Corrects personal data: what is absent stays, null removes; old and new stand in the audit log (IDN-204).',
  })
  update(@Input() input: AccountUpdateDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.update, input, as);
  }

  @Endpoint('PUT', ':accountId/roles', identityAccountsRpc.setRoles)
  setRoles(@Input() input: AccountRolesDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.setRoles, input, as);
  }

  @Endpoint('POST', ':accountId/disable', identityAccountsRpc.disable)
  disable(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.disable, input, as);
  }

  @Endpoint('POST', ':accountId/enable', identityAccountsRpc.enable)
  enable(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.enable, input, as);
  }

  @Endpoint('POST', ':accountId/sign-out', identityAccountsRpc.signOut, { answers: EmptyDto })
  async signOut(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identityAccountsRpc.signOut, input, as);
  }

  @Endpoint('POST', ':accountId/unlock', identityAccountsRpc.unlock, { answers: EmptyDto })
  async unlock(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identityAccountsRpc.unlock, input, as);
  }

  @Endpoint('POST', ':accountId/issue-password', identityAccountsRpc.issuePassword)
  issuePassword(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.issuePassword, input, as);
  }

  @Endpoint('POST', ':accountId/usernames', identityAccountsRpc.addUsername)
  addUsername(@Input() input: UsernameAddDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.addUsername, input, as);
  }

  @Endpoint('DELETE', ':accountId/usernames/:username', identityAccountsRpc.removeUsername)
  removeUsername(@Input() input: UsernameRemoveDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(identityAccountsRpc.removeUsername, input, as);
  }
}

@ApiTags('accounts')
@Controller('me')
export class ProfileController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('PUT', '', identityAccountsRpc.updateMe, {
    summary: 'Changes own name and e-mail: what is absent stays (IDN-022). Only where `editable` (IDN-015).',
  })
  update(@Input() input: ProfileUpdateDto, @Caller() { as }: SignedIn): Promise<ProfileDto> {
    return this.runtime.rpc.call(identityAccountsRpc.updateMe, input, as);
  }
}
