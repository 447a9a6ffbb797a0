import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ClientDto, SignInCallDto, SignInResultDto } from '@peyk/contracts/identity';
import { query, Transactions } from '@peyk/database';
import { DataSource } from 'typeorm';
import { normalizeUsername } from '../accounts/username';
import { passwordColumns, StoredPasswords } from '../passwords/stored-passwords';
import type { StoredPassword } from '../passwords/stored-passwords';
import { AddressThrottle } from '../sign-in-safety/address-throttle';
import { deviceKeyOf, KnownDevices } from '../sign-in-safety/known-devices';
import { SignInHistory } from '../sign-in-safety/sign-in-history';
import { SignInThrottle } from '../sign-in-safety/sign-in-throttle';
import type { Guessed } from '../sign-in-safety/sign-in-throttle';
import { SignInCompletion, signInTries } from './sign-in-completion';

interface Credentials extends StoredPassword {
  readonly id: string;
  readonly disabled: boolean;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly throttle: SignInThrottle,
    private readonly addresses: AddressThrottle,
    private readonly devices: KnownDevices,
    private readonly history: SignInHistory,
    private readonly passwords: StoredPasswords,
    private readonly completion: SignInCompletion,
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
      `SELECT a.id, a.disabled, ${passwordColumns}
       FROM usernames u JOIN accounts a ON a.id = u.account_id WHERE u.username = $1`,
      [normalized],
    );
    // One count for all usernames of an account: they open the same door.
    const guessed = account ? (`account ${account.id}` as const) : (`name ${normalized}` as const);
    const tries = await this.begin(guessed, knownDevice, client);
    const isRight = await this.passwords.isRight(account, password).catch(async (error: unknown) => {
      await this.throttle.notLookedAt(tries);
      throw error;
    });
    if (account && isRight && !account.disabled) {
      await this.passwords.renewHash(account.id, account, password);
      const result = await this.transactions.run(async (tx) => {
        const proof = { method: 'password', persistent: remember ?? false, client } as const;
        const completed = await this.completion.completeSignIn(tx, account, proof);
        if (completed) await this.throttle.succeeded(tx, tries);
        return completed;
      });
      if (result) return result;
    }
    if (!knownDevice) await this.addresses.failed(client.address);
    if (account) this.history.failed({ accountId: account.id, method: 'password', client });
    signInTries.inc({ outcome: 'failed', method: 'password' });
    throw new DomainError('login.failed');
  }

  /** On a device of the account neither strangers' tries at it count, nor those of its address. */
  private async begin(guessed: Guessed, knownDevice: Buffer | undefined, client: ClientDto): Promise<Buffer> {
    try {
      if (!knownDevice) await this.addresses.check(client.address);
      return await this.throttle.begin(guessed, knownDevice);
    } catch (error) {
      signInTries.inc({ outcome: 'throttled', method: 'password' });
      throw error;
    }
  }
}
