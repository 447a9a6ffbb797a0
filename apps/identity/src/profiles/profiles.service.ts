import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ProfileDto, ProfileUpdateDto } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { ActedBy } from '../audit/audit.service';
import { OwnerCheck } from '../passwords/owner-check';
import { AccountInput } from '../accounts/account-input';
import { accountView, accountViewFrom, isOwnEditor, toProfileDto } from '../accounts/account.views';
import type { AccountView } from '../accounts/account.views';
import { AccountsService } from '../accounts/accounts.service';
import { PersonalData } from '../accounts/personal-data';

/** The own account (IDN-014, IDN-022). */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly ownerCheck: OwnerCheck,
    private readonly personal: PersonalData,
  ) {}

  /** @throws account.notFound also of a disabled account */
  async read(accountId: string): Promise<ProfileDto> {
    const [view] = await query<AccountView>(
      this.dataSource,
      `SELECT ${accountView} FROM ${accountViewFrom} WHERE a.id = $1 AND NOT a.disabled`,
      [accountId],
    );
    if (!view) throw new DomainError('account.notFound');
    return toProfileDto(view, this.personal);
  }

  /**
   * Another e-mail wants the present password: one who finds a session open could reset the password by it.
   * @throws account.readOnly where the organisation registered the data (IDN-015), account.emailTaken, input.invalid,
   *   password.wrong (also of an account that has none yet), login.throttled, rate.limited
   */
  async update(accountId: string, typed: ProfileUpdateDto, by: ActedBy): Promise<ProfileDto> {
    const input = new AccountInput();
    const name = input.name(typed.name);
    const email = input.email(typed.email);
    const present = await this.read(accountId);
    if (!present.editable) throw new DomainError('account.readOnly');
    const isOther = email !== undefined && email !== present.email;
    if (isOther && typed.password === undefined)
      input.refuse('password', 'required', 'password is required to change the e-mail');
    input.assertValid();
    const confirmed = isOther
      ? await this.ownerCheck.confirmPassword(accountId, typed.password ?? '', {
          ...by,
          field: 'password',
          refused: 'account.update_refused',
        })
      : undefined;
    await this.transactions.run((tx) =>
      this.accounts.change(tx, accountId, 'account.updated', by, (account) => {
        if (!isOwnEditor(account.roles)) throw new DomainError('account.readOnly');
        confirmed?.assertStill(account);
        return { ...(name !== undefined && { name }), ...(isOther && { email }) };
      }),
    );
    return this.read(accountId);
  }
}
