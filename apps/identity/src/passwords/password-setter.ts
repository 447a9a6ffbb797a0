import { Injectable } from '@nestjs/common';
import { identityEvents } from '@peyk/contracts/identity';
import type { PasswordChangedDto } from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountState, ChangedBy } from '../accounts/accounts.service';
import { SessionsService } from '../sessions/sessions.service';
import { FirstPasswords } from './first-passwords';
import { PasswordHasher } from './password-hasher';
import { PasswordPolicy } from './password-policy';

/** A password that is hard enough for anybody, hashed before the transaction that stores it. */
export interface PreparedPassword {
  readonly password: string;
  readonly hash: string;
}

const actions = {
  first_sign_in: 'password.first_set',
  changed: 'password.changed',
  reset: 'password.reset',
  set_by_admin: 'password.set_by_admin',
} as const satisfies Record<PasswordChangedDto['how'], string>;

/** Stores a new password of an account, with all that follows from it: sessions end, older tokens are refused. */
@Injectable()
export class PasswordSetter {
  constructor(
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly firstPasswords: FirstPasswords,
    private readonly hasher: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly outbox: Outbox,
  ) {}

  /** Call it outside of a transaction: a hash waits for its turn. @throws password.weak, rate.limited */
  async preparePassword(password: string): Promise<PreparedPassword> {
    this.policy.check(password);
    return { password, hash: await this.hasher.hash(password) };
  }

  /**
   * Gives an account an own password: sessions other than `keepSessionId` end, older access tokens are refused, and an
   * event says so. @returns the account after it
   * @throws password.weak when it is made of what others know of the person; account.notFound; what `assert` throws
   */
  async setPassword(
    tx: EntityManager,
    accountId: string,
    { password, hash }: PreparedPassword,
    how: PasswordChangedDto['how'],
    by: ChangedBy & {
      readonly keepSessionId?: string;
      /** Looks at the account, locked, before it is changed. */
      readonly assert?: (account: AccountState) => void | Promise<void>;
    },
  ): Promise<AccountState> {
    const { keepSessionId, assert, ...changedBy } = by;
    const usernames = await query<{ username: string }>(
      tx,
      'SELECT username FROM usernames WHERE account_id = $1',
      [accountId],
    );
    const account = await this.accounts.change(tx, accountId, actions[how], changedBy, async (before) => {
      await assert?.(before);
      this.policy.check(password, { ...before, usernames: usernames.map(({ username }) => username) });
      return { password: { hash, mustSet: false } };
    });
    await this.firstPasswords.withdraw(tx, accountId);
    await this.sessions.endAll(tx, accountId, 'password_changed', keepSessionId);
    await this.outbox.add(tx, identityEvents.passwordChanged, `account:${accountId}`, {
      accountId,
      how,
      at: new Date().toISOString(),
    });
    return account;
  }
}
