import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ProfileDto, ProfileUpdateDto } from '@peyk/contracts';
import { query, Transactions } from '@peyk/database';
import { DataSource } from 'typeorm';
import { AccountInput } from './account-input';
import { accountView, accountViewFrom, isOwnEditor, toProfileDto } from './account.views';
import type { AccountView } from './account.views';
import { AccountsService } from './accounts.service';
import { PersonalData } from './personal-data';

/** The own account (IDN-014, IDN-022). */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
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

  /** @throws account.readOnly where the organisation registered the data (IDN-015), account.emailTaken, input.invalid */
  async update(
    accountId: string,
    { name: typedName, email: typedEmail }: ProfileUpdateDto,
  ): Promise<ProfileDto> {
    const input = new AccountInput();
    const name = input.name(typedName);
    const email = input.email(typedEmail);
    input.assertValid();
    const by = { actor: { accountId } };
    await this.transactions.run((tx) =>
      this.accounts.change(tx, accountId, 'account.updated', by, ({ roles }) => {
        if (!isOwnEditor(roles)) throw new DomainError('account.readOnly');
        return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
      }),
    );
    return this.read(accountId);
  }
}
