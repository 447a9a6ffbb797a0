import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { FirstPasswordCallDto, SessionGrantDto } from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { FirstPasswords } from '../passwords/first-passwords';
import { PasswordHasher } from '../passwords/password-hasher';
import { weak } from '../passwords/password-policy';
import { PasswordSetter } from '../passwords/password-setter';
import { StoredPasswords } from '../passwords/stored-passwords';
import { SignInCompletion } from './sign-in-completion';

/** The first sign-in ends with an own password (IDN-207). */
@Injectable()
export class FirstSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly firstPasswords: FirstPasswords,
    private readonly stored: StoredPasswords,
    private readonly hasher: PasswordHasher,
    private readonly setter: PasswordSetter,
    private readonly completion: SignInCompletion,
  ) {}

  /**
   * An own password instead of the issued one, and the session that the sign-in did not open.
   * @throws password.tokenInvalid, password.weak (the token stays valid), rate.limited
   */
  async setFirstPassword({ token, newPassword, client }: FirstPasswordCallDto): Promise<SessionGrantDto> {
    const holder = await this.firstPasswords.find(token);
    if (!holder) throw new DomainError('password.tokenInvalid');
    const { accountId, persistent } = holder;
    const prepared = await this.setter.preparePassword(newPassword);
    const issued = await this.stored.readPassword(accountId);
    if (await this.hasher.verify(issued?.password_hash, newPassword)) throw weak('unchanged');
    return this.transactions.run(async (tx) => {
      const { stamp } = await this.setter.setPassword(tx, accountId, prepared, 'first_sign_in', {
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
      const result = await this.completion.completeSignIn(
        tx,
        { id: accountId, permission_stamp: stamp },
        proof,
      );
      if (!result?.session) throw new DomainError('password.tokenInvalid');
      return result.session;
    });
  }
}
