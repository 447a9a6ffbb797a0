import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AccountCreateDto,
  AccountDetailsDto,
  AccountIdDto,
  AccountRolesDto,
  AccountsDto,
  AccountsQueryDto,
  AccountUpdateDto,
  EmptyDto,
  ProfileDto,
  ProfileUpdateDto,
  UsernameAddDto,
  UsernameRemoveDto,
  accountsRpc,
} from '@peyk/contracts';
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

  @Endpoint('GET', '', accountsRpc.list)
  list(@Input() input: AccountsQueryDto, @Caller() { as }: SignedIn): Promise<AccountsDto> {
    return this.runtime.rpc.call(accountsRpc.list, input, as);
  }

  @Endpoint('POST', '', accountsRpc.create, { status: 201 })
  create(@Input() input: AccountCreateDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.create, input, as);
  }

  @Endpoint('GET', ':accountId', accountsRpc.read)
  read(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.read, input, as);
  }

  @Endpoint('PUT', ':accountId', accountsRpc.update, {
    summary:
      'Corrects personal data: what is absent stays, null removes; old and new stand in the audit log (IDN-204).',
  })
  update(@Input() input: AccountUpdateDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.update, input, as);
  }

  @Endpoint('PUT', ':accountId/roles', accountsRpc.setRoles)
  setRoles(@Input() input: AccountRolesDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.setRoles, input, as);
  }

  @Endpoint('POST', ':accountId/disable', accountsRpc.disable)
  disable(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.disable, input, as);
  }

  @Endpoint('POST', ':accountId/enable', accountsRpc.enable)
  enable(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.enable, input, as);
  }

  @Endpoint('POST', ':accountId/sign-out', accountsRpc.signOut, { answers: EmptyDto })
  async signOut(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(accountsRpc.signOut, input, as);
  }

  @Endpoint('POST', ':accountId/unlock', accountsRpc.unlock, { answers: EmptyDto })
  async unlock(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(accountsRpc.unlock, input, as);
  }

  @Endpoint('POST', ':accountId/issue-password', accountsRpc.issuePassword)
  issuePassword(@Input() input: AccountIdDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.issuePassword, input, as);
  }

  @Endpoint('POST', ':accountId/usernames', accountsRpc.addUsername)
  addUsername(@Input() input: UsernameAddDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.addUsername, input, as);
  }

  @Endpoint('DELETE', ':accountId/usernames/:username', accountsRpc.removeUsername)
  removeUsername(@Input() input: UsernameRemoveDto, @Caller() { as }: SignedIn): Promise<AccountDetailsDto> {
    return this.runtime.rpc.call(accountsRpc.removeUsername, input, as);
  }
}

@ApiTags('accounts')
@Controller('me')
export class ProfileController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('PUT', '', accountsRpc.updateMe, {
    summary: 'Changes own name and e-mail: what is absent stays (IDN-022). Only where `editable` (IDN-015).',
  })
  update(@Input() input: ProfileUpdateDto, @Caller() { as }: SignedIn): Promise<ProfileDto> {
    return this.runtime.rpc.call(accountsRpc.updateMe, input, as);
  }
}
