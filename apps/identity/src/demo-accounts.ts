import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { Role } from '@peyk/contracts';
import { query, Transactions, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import { AccountsService } from './accounts/accounts.service';
import { normalizeUsername } from './accounts/username';
import { PasswordHasher } from './passwords/password-hasher';

/** Of the demo and of tests: a chosen username and a password in clear. */
export interface NewAccount {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
  /** E.164 digits, `989121234567`. */
  readonly mobile?: string;
  readonly resellerId?: string;
}

/** Makes accounts of the demo and of tests, whose passwords are given in clear. */
@Injectable()
export class DemoAccounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly accounts: AccountsService,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Creates the account unless its id or username is taken: then nothing changes, the password neither.
   * @returns whether it was created
   * @throws rate.limited when too many passwords are being hashed
   */
  async createAccount({
    id,
    username,
    name,
    roles,
    password,
    mobile,
    resellerId,
  }: NewAccount): Promise<boolean> {
    const taken = await query(
      this.dataSource,
      'SELECT 1 FROM accounts WHERE id = $1 UNION ALL SELECT 1 FROM usernames WHERE username = $2',
      [id, normalizeUsername(username)],
    );
    if (taken.length > 0) return false;
    const passwordHash = await this.hasher.hash(password);
    const usernames = [{ username, kind: 'chosen' }] as const;
    try {
      await this.transactions.run((tx) =>
        this.accounts.insert(
          tx,
          { id, name, roles, usernames, mobile, resellerId, passwordHash },
          { actor: { service: 'identity' } },
        ),
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'account.usernameTaken') return false;
      if (violatedConstraint(error) === 'accounts_pkey') return false;
      throw error;
    }
  }
}
