import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ResetPasswordCallDto } from '@peyk/contracts/identity';
import { OneTimeCodes } from '../codes/one-time-codes';
import { AddressThrottle } from '../sign-in-safety/address-throttle';
import { KnownDevices } from '../sign-in-safety/known-devices';
import { SignInHistory } from '../sign-in-safety/sign-in-history';
import { SignInThrottle } from '../sign-in-safety/sign-in-throttle';
import { PasswordHasher } from './password-hasher';
import { weak } from './password-policy';
import { PasswordSetter } from './password-setter';

/** A new password for a forgotten one, by a one-time code (IDN-209). */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly codes: OneTimeCodes,
    private readonly setter: PasswordSetter,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly addresses: AddressThrottle,
    private readonly history: SignInHistory,
    private readonly devices: KnownDevices,
  ) {}

  /**
   * Sets a password by a one-time code. No wrong password of anybody's stands in its way, and it forgives them.
   * @throws code.wrong, code.expired, code.tooManyTries, password.weak (the code stays good for the tries left),
   *   rate.limited
   */
  async resetPassword({ requestId, code, newPassword, client }: ResetPasswordCallDto): Promise<void> {
    const prepared = await this.setter.preparePassword(newPassword);
    const onWrong = async (accountId: string | null): Promise<void> => {
      await this.addresses.failed(client.address);
      if (accountId) this.history.failed({ accountId, method: 'code', client });
    };
    await this.codes.redeem(
      { requestId, code, purpose: 'reset_password', onWrong },
      async (tx, { accountId }) => {
        if (!accountId) throw new DomainError('code.expired');
        await this.setter.setPassword(tx, accountId, prepared, 'reset', {
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
}
