import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ChangePasswordCallDto, SessionGrantDto } from '@peyk/contracts/identity';
import { Transactions } from '@peyk/database';
import { SessionsService } from '../sessions/sessions.service';
import { OwnerCheck } from './owner-check';
import { typedForm } from './password-hasher';
import { weak } from './password-policy';
import { PasswordSetter } from './password-setter';

/** The owner changes the own password (IDN-208). */
@Injectable()
export class PasswordChangeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly ownerCheck: OwnerCheck,
    private readonly setter: PasswordSetter,
    private readonly sessions: SessionsService,
  ) {}

  /**
   * Changes the own password. Wrong ones slow down further tries, so that a session left open does not give it away.
   * @throws password.wrong, password.weak, login.throttled, session.ended, rate.limited
   */
  async changePassword(
    owner: { readonly accountId: string; readonly sessionId: string },
    { oldPassword, newPassword, client }: ChangePasswordCallDto,
  ): Promise<SessionGrantDto> {
    const { accountId, sessionId } = owner;
    const by = { actor: { accountId }, client };
    const confirmed = await this.ownerCheck.confirmPassword(accountId, oldPassword, {
      ...by,
      field: 'oldPassword',
      refused: 'password.change_refused',
    });
    if (typedForm(oldPassword) === typedForm(newPassword)) throw weak('unchanged');
    const prepared = await this.setter.preparePassword(newPassword);
    return this.transactions.run(async (tx) => {
      await this.setter.setPassword(tx, accountId, prepared, 'changed', {
        ...by,
        keepSessionId: sessionId,
        assert: confirmed.assertStill,
      });
      const grant = await this.sessions.renew(tx, accountId, sessionId);
      if (!grant) throw new DomainError('session.ended');
      return grant;
    });
  }
}
