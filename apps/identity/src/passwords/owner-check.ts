import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { Transactions } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { AccountState } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit.service';
import type { ActedBy } from '../audit/audit.service';
import { SignInThrottle } from '../sign-in-safety/sign-in-throttle';
import { StoredPasswords } from './stored-passwords';

/** A password that was right a moment ago. */
export interface Confirmed {
  readonly assertStill: (account: AccountState) => void;
}

@Injectable()
export class OwnerCheck {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly stored: StoredPasswords,
    private readonly throttle: SignInThrottle,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The person who is signed in proves to be the owner, before what a session left open must not do. Wrong passwords
   * slow down further tries.
   * @param refused action of the audit entry about a wrong one
   * @returns `assertStill`, to be asked of the locked account: throws when password or roles changed since
   * @throws password.wrong naming `field`, login.throttled, rate.limited
   */
  async confirmPassword(
    accountId: string,
    password: string,
    { field, refused, ...by }: ActedBy & { readonly field: string; readonly refused: string },
  ): Promise<Confirmed> {
    const wrong = new DomainError('password.wrong', { field });
    const tries = await this.throttle.begin(`owner ${accountId}`);
    const present = await this.stored.readPassword(accountId);
    const isRight = await this.stored.isRight(present, password).catch(async (error: unknown) => {
      await this.throttle.notLookedAt(tries);
      throw error;
    });
    if (!isRight) {
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
}
