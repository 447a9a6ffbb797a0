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

/** SQL: the first username of account `a`. */
export const usernameOf = `(SELECT u.username FROM usernames u WHERE u.account_id = a.id
  ORDER BY u.created_at, u.username LIMIT 1) AS username`;

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
    const taken = await query(
      this.dataSource,
      'SELECT 1 FROM accounts WHERE id = $1 UNION ALL SELECT 1 FROM usernames WHERE username = $2',
      [id, username],
    );
    if (taken.length > 0) return false;
    const passwordHash = await this.hasher.hash(account.password);
    return this.transactions.run(async (tx) => {
      const created = await query(
        tx,
        `WITH a AS (
           INSERT INTO accounts (id, name, roles, password_hash, password_set_at)
           SELECT $1, $3, $4, $5, now() WHERE NOT EXISTS (SELECT FROM usernames WHERE username = $2)
           ON CONFLICT DO NOTHING RETURNING id
         )
         INSERT INTO usernames (username, account_id, kind) SELECT $2, id, 'chosen' FROM a RETURNING account_id`,
        [id, username, name, roles, passwordHash],
      );
      if (created.length === 0) return false;
      await this.outbox.add(tx, identityEvents.accountCreated, `account:${id}`, {
        accountId: id,
        name,
        grants: roles.map((role) => ({ role, scopes: [] })),
        disabled: false,
        stamp: 1,
      });
      return true;
    });
  }

  /** @throws account.notFound also of a disabled account */
  async read(id: string): Promise<AccountDto> {
    const [account] = await query<AccountDto>(
      this.dataSource,
      `SELECT a.id, ${usernameOf}, a.name, a.roles FROM accounts a WHERE a.id = $1 AND NOT a.disabled`,
      [id],
    );
    if (!account) throw new DomainError('account.notFound');
    return toAccountDto(account);
  }
}
