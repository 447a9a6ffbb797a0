import { Injectable } from '@nestjs/common';
import type { ClientDto, SignInMethod, SignInResultDto } from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { counter } from '@peyk/platform';
import type { EntityManager } from 'typeorm';
import { FirstPasswords } from '../passwords/first-passwords';
import { SessionsService } from '../sessions/sessions.service';
import { KnownDevices } from '../sign-in-safety/known-devices';
import { SignInHistory } from '../sign-in-safety/sign-in-history';

/** How somebody proved to be the account, and what they want. */
export interface SignInProof {
  readonly method: SignInMethod;
  /** Remember-me. */
  readonly persistent: boolean;
  readonly client: ClientDto;
}

export const signInTries = counter('sign_ins_total', 'Tries to sign in', ['outcome', 'method']);

/** The end of every sign-in, whatever proved the person. */
@Injectable()
export class SignInCompletion {
  constructor(
    private readonly sessions: SessionsService,
    private readonly firstPasswords: FirstPasswords,
    private readonly devices: KnownDevices,
    private readonly history: SignInHistory,
  ) {}

  /**
   * For a person who proved to be this account, by any means: opens the session, remembers the device, and writes the
   * history. While the password is an issued one: no session, but a token for setting an own one (IDN-207).
   * @param account `permission_stamp` as it was when the proof was checked; absent: whatever it is now
   * @returns undefined when it is disabled, or its password or roles changed since
   */
  async completeSignIn(
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
      signInTries.inc({ outcome: 'set_password', method });
      return { setPassword };
    }
    const { permission_stamp } = current;
    const opened = await this.sessions.open(tx, { id: account.id, permission_stamp }, { persistent, client });
    if (!opened) return undefined;
    const { token: deviceToken, wasKnown } = await this.devices.remember(tx, account.id, client.deviceToken);
    await this.history.succeeded(tx, account.id, { method, outcome: 'ok', client, onKnownDevice: wasKnown });
    signInTries.inc({ outcome: 'ok', method });
    return { session: { ...opened, deviceToken } };
  }
}
