import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ClientDto, SignInCallDto, SignInMethod, SignInResultDto } from '@peyk/contracts/identity';
import { execute, query, Transactions } from '@peyk/database';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { normalizeUsername } from '../accounts/username';
import { isHeld } from '../contacts/contact-changes';
import { FirstPasswords } from '../passwords/first-passwords';
import { IssuedPasswords } from '../passwords/issued-passwords';
import type { MaybeIssued } from '../passwords/issued-passwords';
import { PasswordHasher } from '../passwords/password-hasher';
import { SessionsService } from '../sessions/sessions.service';
import { AddressThrottle } from './address-throttle';
import { deviceKeyOf, KnownDevices } from './known-devices';
import { SignInHistory } from './sign-in-history';
import { SignInThrottle } from './sign-in-throttle';
import type { Guessed } from './sign-in-throttle';

interface Credentials extends MaybeIssued {
  readonly id: string;
  readonly disabled: boolean;
  readonly permission_stamp: number;
}

/** How somebody proved to be the account, and what they want. */
export interface SignInProof {
  readonly method: SignInMethod;
  /** Remember-me. */
  readonly persistent: boolean;
  readonly client: ClientDto;
}

const signIns = counter('sign_ins_total', 'Tries to sign in', ['outcome', 'method']);

@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly throttle: SignInThrottle,
    private readonly addresses: AddressThrottle,
    private readonly devices: KnownDevices,
    private readonly history: SignInHistory,
    private readonly hasher: PasswordHasher,
    private readonly issued: IssuedPasswords,
    private readonly sessions: SessionsService,
    private readonly firstPasswords: FirstPasswords,
  ) {}

  /**
   * Sign-in by username and password (IDN-001). An unknown username, a wrong password, a disabled account: one answer,
   * after the same work. An issued password opens nothing but setting an own one.
   * @throws login.failed, login.throttled (`retryAfterSeconds`), rate.limited
   */
  async signIn({ username, password, remember, client }: SignInCallDto): Promise<SignInResultDto> {
    const normalized = normalizeUsername(username);
    const device = deviceKeyOf(client.deviceToken);
    const knownDevice = device && (await this.devices.knows(device, normalized)) ? device : undefined;
    const [account] = await query<Credentials>(
      this.dataSource,
      `SELECT a.id, a.password_hash, a.must_set_password, a.disabled, a.permission_stamp,
         CASE WHEN ${isHeld('nationalCode')} THEN NULL ELSE a.national_code_index END AS national_code_index
       FROM usernames u JOIN accounts a ON a.id = u.account_id WHERE u.username = $1`,
      [normalized],
    );
    // One count for all usernames of an account: they open the same door.
    const guessed = account ? (`account ${account.id}` as const) : (`name ${normalized}` as const);
    const tries = await this.begin(guessed, knownDevice, client);
    const matches = await this.hasher
      .verify(account?.password_hash, password)
      .catch(async (error: unknown) => {
        await this.throttle.notLookedAt(tries);
        throw error;
      });
    // Asked whatever the account is, so that its time tells nothing.
    const isIssued = this.issued.matches(account, password);
    if (account && (matches || isIssued) && !account.disabled) {
      if (account.password_hash && this.hasher.isOutdated(account.password_hash))
        await this.rehash(account.id, account.password_hash, password);
      const result = await this.transactions.run(async (tx) => {
        const proof = { method: 'password', persistent: remember ?? false, client } as const;
        const completed = await this.complete(tx, account, proof);
        if (completed) await this.throttle.succeeded(tx, tries);
        return completed;
      });
      if (result) return result;
    }
    if (!knownDevice) await this.addresses.failed(client.address);
    if (account) this.history.failed({ accountId: account.id, method: 'password', client });
    signIns.inc({ outcome: 'failed', method: 'password' });
    throw new DomainError('login.failed');
  }

  /**
   * For whoever proved to be this account, by whatever means: opens the session, remembers the device, and writes it
   * down. While the password is an issued one, however they came in: no session, but a token for setting an own one
   * (IDN-207).
   * @param account `permission_stamp` as it was when the proof was checked; absent: whatever it is now
   * @returns undefined when it is disabled, or its password or roles changed since
   */
  async complete(
    tx: EntityManager,
    account: { readonly id: string; readonly permission_stamp?: number },
    { method, persistent, client }: SignInProof,
  ): Promise<SignInResultDto | undefined> {
    const [current] = await query<{ permission_stamp: number; must_set_password: boolean }>(
      tx,
      `SELECT permission_stamp, must_set_password FROM accounts
       WHERE id = $1 AND NOT disabled AND permission_stamp = coalesce($2, permission_stamp) FOR SHARE`,
      [account.id, account.permission_stamp ?? null],
    );
    if (!current) return undefined;
    if (method !== 'first_password' && current.must_set_password) {
      const setPassword = await this.firstPasswords.issue(tx, { accountId: account.id, persistent });
      await this.history.succeeded(tx, account.id, {
        method,
        outcome: 'set_password',
        client,
        onKnownDevice: true,
      });
      signIns.inc({ outcome: 'set_password', method });
      return { setPassword };
    }
    const { permission_stamp } = current;
    const opened = await this.sessions.open(tx, { id: account.id, permission_stamp }, { persistent, client });
    if (!opened) return undefined;
    const { token: deviceToken, wasKnown } = await this.devices.remember(tx, account.id, client.deviceToken);
    await this.history.succeeded(tx, account.id, { method, outcome: 'ok', client, onKnownDevice: wasKnown });
    signIns.inc({ outcome: 'ok', method });
    return { session: { ...opened, deviceToken } };
  }

  /** On a device of the account neither strangers' tries at it count, nor those of its address. */
  private async begin(guessed: Guessed, knownDevice: Buffer | undefined, client: ClientDto): Promise<Buffer> {
    try {
      if (!knownDevice) await this.addresses.check(client.address);
      return await this.throttle.begin(guessed, knownDevice);
    } catch (error) {
      signIns.inc({ outcome: 'throttled', method: 'password' });
      throw error;
    }
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
