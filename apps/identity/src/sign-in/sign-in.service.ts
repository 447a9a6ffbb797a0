import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { SessionGrantDto, SignInCallDto } from '@peyk/contracts';
import { execute, query, Transactions } from '@peyk/database';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { normalizeUsername } from '../accounts/username';
import { PasswordHasher } from '../passwords/password-hasher';
import { SessionsService } from '../sessions/sessions.service';
import { SignInThrottle } from './sign-in-throttle';

interface Credentials {
  readonly id: string;
  readonly password_hash: string | null;
  readonly disabled: boolean;
  readonly permission_stamp: number;
}

const signIns = counter('sign_ins_total', 'Tries to sign in by password', ['outcome']);

@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly throttle: SignInThrottle,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Sign-in by username and password (IDN-001). An unknown username, a wrong password, a disabled account: one answer,
   * after the same work.
   * @throws login.failed, login.throttled (`retryAfterSeconds`), rate.limited
   */
  async signIn({ username, password, remember, client }: SignInCallDto): Promise<SessionGrantDto> {
    const normalized = normalizeUsername(username);
    const tries = await this.throttle.begin(normalized).catch((error: unknown) => {
      signIns.inc({ outcome: 'throttled' });
      throw error;
    });
    const [account] = await query<Credentials>(
      this.dataSource,
      `SELECT a.id, a.password_hash, a.disabled, a.permission_stamp
       FROM usernames u JOIN accounts a ON a.id = u.account_id WHERE u.username = $1`,
      [normalized],
    );
    const matches = await this.hasher
      .verify(account?.password_hash, password)
      .catch(async (error: unknown) => {
        await this.throttle.notLookedAt(tries);
        throw error;
      });
    if (!account || !matches || account.disabled) return this.refuse();

    if (account.password_hash && this.hasher.isOutdated(account.password_hash))
      await this.rehash(account.id, account.password_hash, password);
    const grant = await this.transactions.run(async (tx) => {
      const opened = await this.sessions.open(tx, account, { persistent: remember ?? false, client });
      if (opened) await this.throttle.succeeded(tx, tries);
      return opened;
    });
    if (!grant) return this.refuse();
    signIns.inc({ outcome: 'ok' });
    return grant;
  }

  private refuse(): never {
    signIns.inc({ outcome: 'failed' });
    throw new DomainError('login.failed');
  }

  /** Not when the password was changed meanwhile. */
  private async rehash(id: string, from: string, password: string): Promise<void> {
    await execute(
      this.dataSource,
      'UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
      [id, from, await this.hasher.hash(password)],
    );
  }
}
