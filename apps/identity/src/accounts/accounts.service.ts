import { Injectable } from '@nestjs/common';
import { DomainError, identityEvents } from '@peyk/contracts';
import type { AccountDto, Role } from '@peyk/contracts';
import { query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { PasswordHasher } from '../passwords/password-hasher';
import { normalizeUsername } from './username';

export interface NewAccount {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
}

export function toAccountDto(account: AccountDto): AccountDto {
  const { id, username, name, roles } = account;
  return { id, username, name, roles };
}

@Injectable()
export class AccountsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Creates the account unless its id or username is taken: then nothing changes, the password neither.
   * @returns whether it was created
   * @throws rate.limited when too many passwords are being hashed
   */
  async create(account: NewAccount): Promise<boolean> {
    const { id, name } = account;
    const roles = [...account.roles];
    const username = normalizeUsername(account.username);
    const taken = await query(this.dataSource, 'SELECT 1 FROM accounts WHERE id = $1 OR username = $2', [
      id,
      username,
    ]);
    if (taken.length > 0) return false;
    const passwordHash = await this.hasher.hash(account.password);
    return this.transactions.run(async (tx) => {
      const created = await query(
        tx,
        `INSERT INTO accounts (id, username, name, roles, password_hash) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING id`,
        [id, username, name, roles, passwordHash],
      );
      if (created.length === 0) return false;
      await this.outbox.add(tx, identityEvents.accountCreated, `account:${id}`, {
        accountId: id,
        name,
        roles,
      });
      return true;
    });
  }

  /** @throws account.notFound also of a disabled account */
  async read(id: string): Promise<AccountDto> {
    const [account] = await query<AccountDto>(
      this.dataSource,
      'SELECT id, username, name, roles FROM accounts WHERE id = $1 AND NOT disabled',
      [id],
    );
    if (!account) throw new DomainError('account.notFound');
    return toAccountDto(account);
  }
}
