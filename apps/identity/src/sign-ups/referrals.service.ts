import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { ReferralsDto } from '@peyk/contracts/identity';
import { query, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import { newReferralCode, readReferralCode } from './referral-code';

/** Of 2^40 codes: one that is taken already is met once in a lifetime, never three times in a row. */
const attemptsMax = 3;

/** Who introduced whom (IDN-217). */
@Injectable()
export class ReferralsService {
  constructor(private readonly dataSource: DataSource) {}

  /** The account's code, made when it is first asked for, and how many signed up with it. @throws account.notFound */
  async read(accountId: string): Promise<ReferralsDto> {
    const code = await this.codeOf(accountId);
    const [row] = await query<{ introduced: number }>(
      this.dataSource,
      'SELECT count(*)::int AS introduced FROM accounts WHERE referrer_id = $1',
      [accountId],
    );
    return { code, path: `/sign-up?ref=${code}`, introduced: row?.introduced ?? 0 };
  }

  /** Whose code that is. @throws referral.unknown, also of a disabled account */
  async referrerOf(typed: string): Promise<string> {
    const code = readReferralCode(typed);
    const [account] = code
      ? await query<{ id: string }>(
          this.dataSource,
          'SELECT id FROM accounts WHERE referral_code = $1 AND NOT disabled',
          [code],
        )
      : [];
    if (!account) throw new DomainError('referral.unknown', { field: 'referralCode' });
    return account.id;
  }

  private async codeOf(accountId: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // Two that ask at once: the second finds the code of the first.
        const [account] = await query<{ referral_code: string }>(
          this.dataSource,
          `UPDATE accounts SET referral_code = coalesce(referral_code, $2) WHERE id = $1 AND NOT disabled
           RETURNING referral_code`,
          [accountId, newReferralCode()],
        );
        if (!account) throw new DomainError('account.notFound');
        return account.referral_code;
      } catch (error) {
        if (violatedConstraint(error) !== 'accounts_referral_code_key' || attempt === attemptsMax)
          throw error;
      }
    }
  }
}
