import { Injectable } from '@nestjs/common';
import { execute, query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { isHeld } from '../accounts/contact-changes';
import { IssuedPasswords } from './issued-passwords';
import type { MaybeIssued } from './issued-passwords';
import { PasswordHasher } from './password-hasher';

/** What an account's row says of its password. */
export interface StoredPassword extends MaybeIssued {
  readonly permission_stamp: number;
}

/** SQL: the columns of `StoredPassword` of account `a`. A national code whose change is on hold opens nothing. */
export const passwordColumns = `a.password_hash, a.must_set_password, a.permission_stamp,
  CASE WHEN ${isHeld('nationalCode')} THEN NULL ELSE a.national_code_index END AS national_code_index`;

/** Compares typed passwords with stored ones: own ones by their hash, issued ones by the national code. */
@Injectable()
export class StoredPasswords {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly issued: IssuedPasswords,
  ) {}

  /** Undefined: disabled. */
  async readPassword(accountId: string): Promise<StoredPassword | undefined> {
    const [row] = await query<StoredPassword>(
      this.dataSource,
      `SELECT ${passwordColumns} FROM accounts a WHERE a.id = $1 AND NOT a.disabled`,
      [accountId],
    );
    return row;
  }

  /** The same work whatever the account is, so that its time tells nothing. @throws rate.limited */
  async isRight(stored: MaybeIssued | undefined, typed: string): Promise<boolean> {
    const isOwn = await this.hasher.verify(stored?.password_hash, typed);
    const isIssued = this.issued.matches(stored, typed);
    return isOwn || isIssued;
  }

  /** Hashes a right password again when its hash is weaker than today's. Not when it was changed meanwhile. */
  async renewHash(accountId: string, { password_hash: from }: MaybeIssued, password: string): Promise<void> {
    if (from === null || !this.hasher.isOutdated(from)) return;
    await execute(
      this.dataSource,
      'UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
      [accountId, from, await this.hasher.hash(password)],
    );
  }
}
