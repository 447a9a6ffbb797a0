import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { identityEvents } from '@peyk/contracts/identity';
import type {
  ChangePasswordCallDto,
  FirstPasswordCallDto,
  PasswordChangedDto,
  ResetPasswordCallDto,
  SessionGrantDto,
} from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AccountsService } from '../accounts/accounts.service';
import type { AccountState, ChangedBy } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { OneTimeCodes } from '../codes/one-time-codes';
import { isHeld } from '../contacts/contact-changes';
import { SessionsService } from '../sessions/sessions.service';
import { AddressThrottle } from '../sign-in/address-throttle';
import { KnownDevices } from '../sign-in/known-devices';
import { SignInHistory } from '../sign-in/sign-in-history';
import { SignInService } from '../sign-in/sign-in.service';
import { SignInThrottle } from '../sign-in/sign-in-throttle';
import { FirstPasswords } from './first-passwords';
import { IssuedPasswords } from './issued-passwords';
import type { MaybeIssued } from './issued-passwords';
import { PasswordHasher, typedForm } from './password-hasher';
import { PasswordPolicy, weak } from './password-policy';

/** A password that is hard enough for anybody, hashed before the transaction that stores it. */
export interface PreparedPassword {
  readonly password: string;
  readonly hash: string;
}

/** A password that was right a moment ago. */
export interface Confirmed {
  readonly assertStill: (account: AccountState) => void;
}

const actions = {
  first_sign_in: 'password.first_set',
  changed: 'password.changed',
  reset: 'password.reset',
  set_by_admin: 'password.set_by_admin',
} as const satisfies Record<PasswordChangedDto['how'], string>;

/** Setting passwords: at the first sign-in (IDN-207), changed by the owner (IDN-208), after a forgotten one (IDN-209). */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly accounts: AccountsService,
    private readonly audit: AuditLog,
    private readonly codes: OneTimeCodes,
    private readonly sessions: SessionsService,
    private readonly signIns: SignInService,
    private readonly throttle: SignInThrottle,
    private readonly addresses: AddressThrottle,
    private readonly history: SignInHistory,
    private readonly devices: KnownDevices,
    private readonly firstPasswords: FirstPasswords,
    private readonly hasher: PasswordHasher,
    private readonly issued: IssuedPasswords,
    private readonly policy: PasswordPolicy,
  ) {}

  /** To be done outside of a transaction: a hash waits for its turn. @throws password.weak, rate.limited */
  async prepare(password: string): Promise<PreparedPassword> {
    this.policy.check(password);
    return { password, hash: await this.hasher.hash(password) };
  }

  /**
   * Gives an account an own password: sessions other than `keepSessionId` end, older access tokens are refused, and it is
   * told. @returns the account after it
   * @throws password.weak when it is made of what others know of the person; account.notFound; what `assert` throws
   */
  async set(
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

  /**
   * An own password instead of the issued one, and the session that the sign-in did not open.
   * @throws password.tokenInvalid, password.weak (the token stays valid), rate.limited
   */
  async setFirst({ token, newPassword, client }: FirstPasswordCallDto): Promise<SessionGrantDto> {
    const holder = await this.firstPasswords.find(token);
    if (!holder) throw new DomainError('password.tokenInvalid');
    const { accountId, persistent } = holder;
    const prepared = await this.prepare(newPassword);
    const issued = await this.present(accountId);
    if (await this.hasher.verify(issued?.password_hash, newPassword)) throw weak('unchanged');
    return this.transactions.run(async (tx) => {
      const { stamp } = await this.set(tx, accountId, prepared, 'first_sign_in', {
        actor: { accountId },
        client,
        assert: async (account) => {
          // Disabled, or given another password, since the sign-in that the token is from.
          const isSame = !account.disabled && account.stamp === issued?.permission_stamp;
          // In here the account is locked: a sign-in at the same time takes the two in this order too.
          if (!isSame || !(await this.firstPasswords.redeem(tx, token)))
            throw new DomainError('password.tokenInvalid');
        },
      });
      const proof = { method: 'first_password', persistent, client } as const;
      const result = await this.signIns.complete(tx, { id: accountId, permission_stamp: stamp }, proof);
      if (!result?.session) throw new DomainError('password.tokenInvalid');
      return result.session;
    });
  }

  /**
   * Has whoever is signed in prove to be the owner, before what a session left open must not do. Wrong passwords slow
   * down further tries.
   * @param refused action of the audit entry about a wrong one
   * @returns `assertStill`, to be asked of the locked account: throws when password or roles changed since
   * @throws password.wrong naming `field`, login.throttled, rate.limited
   */
  async confirm(
    accountId: string,
    password: string,
    { field, refused, ...by }: ActedBy & { readonly field: string; readonly refused: string },
  ): Promise<Confirmed> {
    const wrong = new DomainError('password.wrong', { field });
    const tries = await this.throttle.begin(`owner ${accountId}`);
    const present = await this.present(accountId);
    const isHashed = await this.hasher
      .verify(present?.password_hash, password)
      .catch(async (error: unknown) => {
        await this.throttle.notLookedAt(tries);
        throw error;
      });
    if (!isHashed && !this.issued.matches(present, password)) {
      await this.transactions.run((tx) => this.audit.record(tx, { action: refused, ...by, accountId }));
      throw wrong;
    }
    await this.throttle.succeeded(this.dataSource.manager, tries);
    return {
      assertStill: ({ stamp }) => {
        if (stamp !== present?.permission_stamp) throw wrong;
      },
    };
  }

  /**
   * Changes the own password. Wrong ones slow down further tries, so that a session left open does not give it away.
   * @throws password.wrong, password.weak, login.throttled, session.ended, rate.limited
   */
  async change(
    owner: { readonly accountId: string; readonly sessionId: string },
    { oldPassword, newPassword, client }: ChangePasswordCallDto,
  ): Promise<SessionGrantDto> {
    const { accountId, sessionId } = owner;
    const by = { actor: { accountId }, client };
    const confirmed = await this.confirm(accountId, oldPassword, {
      ...by,
      field: 'oldPassword',
      refused: 'password.change_refused',
    });
    if (typedForm(oldPassword) === typedForm(newPassword)) throw weak('unchanged');
    const prepared = await this.prepare(newPassword);
    return this.transactions.run(async (tx) => {
      await this.set(tx, accountId, prepared, 'changed', {
        ...by,
        keepSessionId: sessionId,
        assert: confirmed.assertStill,
      });
      const grant = await this.sessions.renew(tx, accountId, sessionId);
      if (!grant) throw new DomainError('session.ended');
      return grant;
    });
  }

  /**
   * Sets a password by a one-time code. No wrong password of anybody's stands in its way, and it forgives them.
   * @throws code.wrong, code.expired, code.tooManyTries, password.weak (the code stays good for the tries left),
   *   rate.limited
   */
  async reset({ requestId, code, newPassword, client }: ResetPasswordCallDto): Promise<void> {
    const prepared = await this.prepare(newPassword);
    const onWrong = async (accountId: string | null): Promise<void> => {
      await this.addresses.failed(client.address);
      if (accountId) this.history.failed({ accountId, method: 'code', client });
    };
    await this.codes.redeem(
      { requestId, code, purpose: 'reset_password', onWrong },
      async (tx, { accountId }) => {
        if (!accountId) throw new DomainError('code.expired');
        await this.set(tx, accountId, prepared, 'reset', {
          actor: { accountId },
          client,
          assert: async (account) => {
            if (account.disabled) throw new DomainError('code.expired');
            // Seldom, so that the hash may wait for its turn in here.
            if (account.mustSetPassword && (await this.hasher.verify(account.passwordHash, newPassword)))
              throw weak('unchanged');
          },
        });
        await this.throttle.forgive(tx, accountId);
        await this.devices.forget(tx, accountId);
      },
    );
  }

  /** Undefined: disabled. */
  private async present(
    accountId: string,
  ): Promise<(MaybeIssued & { readonly permission_stamp: number }) | undefined> {
    const [row] = await query<MaybeIssued & { permission_stamp: number }>(
      this.dataSource,
      `SELECT a.password_hash, a.must_set_password, a.permission_stamp,
         CASE WHEN ${isHeld('nationalCode')} THEN NULL ELSE a.national_code_index END AS national_code_index
       FROM accounts a WHERE a.id = $1 AND NOT a.disabled`,
      [accountId],
    );
    return row;
  }
}
