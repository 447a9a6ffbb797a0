import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { Role } from '@peyk/contracts';
import type {
  OwnMobileCallDto,
  OwnMobileCodesCallDto,
  OwnMobileRequestedDto,
} from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { AccountInput } from '../accounts/account-input';
import { isOwnEditor } from '../accounts/account.views';
import { AccountsService } from '../accounts/accounts.service';
import { masked, PersonalData } from '../accounts/personal-data';
import { actedBy } from '../audit/audit.service';
import { OneTimeCodes } from '../codes/one-time-codes';
import { isHeld } from '../accounts/contact-changes';

interface Own {
  readonly roles: Role[];
  readonly mobile_sealed: Buffer | null;
  readonly held: boolean;
}

/**
 * The owner changes the own mobile: a code to the present one says that it is the owner, one to the new one that it is
 * theirs. Who has lost the present one is helped by those who manage accounts, with the hold of `ContactChanges`.
 */
@Injectable()
export class OwnMobileService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personal: PersonalData,
    private readonly accounts: AccountsService,
    private readonly codes: OneTimeCodes,
  ) {}

  /** @throws account.readOnly, contactChange.noMobile, contactChange.mobileHeld, code.tooSoon, code.tooMany, input.invalid */
  async request(
    { mobile: typed, client }: OwnMobileCodesCallDto,
    caller: Caller,
  ): Promise<OwnMobileRequestedDto> {
    const accountId = accountOf(caller);
    const present = await this.present(accountId);
    const input = new AccountInput();
    const mobile = input.mobile(typed) ?? '';
    if (mobile === present) input.refuse('mobile', 'unchanged', 'it is the present mobile');
    input.assertValid();
    // Signed in there: the budget is the account's own. It comes first, so that nobody has strangers written to.
    const asked = { channel: 'sms', asker: 'known_device', client } as const;
    const to = { id: accountId, mobile: present, chatId: null, email: null };
    const old = await this.codes.request({ ...asked, purpose: 'leave_mobile', account: to });
    const fresh = await this.codes.request({ ...asked, purpose: 'take_mobile', mobile });
    return {
      oldRequestId: old.requestId,
      newRequestId: fresh.requestId,
      oldMobile: masked('mobile', present),
      expiresAt: old.expiresAt,
      resendAfterSeconds: fresh.resendAfterSeconds,
    };
  }

  /**
   * Both codes are used up and the mobile is changed together, or nothing is.
   * @throws code.wrong, code.expired, code.tooManyTries with the field of the code; account.mobileTaken
   */
  async change(
    { oldRequestId, oldCode, newRequestId, newCode, client }: OwnMobileCallDto,
    caller: Caller,
  ): Promise<void> {
    const accountId = accountOf(caller);
    await this.present(accountId);
    await this.codes.redeemAll(
      [
        { requestId: oldRequestId, code: oldCode, purpose: 'leave_mobile', field: 'oldCode', accountId },
        { requestId: newRequestId, code: newCode, purpose: 'take_mobile', field: 'newCode' },
      ],
      async (tx, [, taken]) => {
        const mobile = taken?.mobile;
        if (!mobile) throw new Error('a code for a new mobile has none');
        const by = { ...actedBy(caller), client, as: 'owner' as const };
        await this.accounts.change(tx, accountId, 'account.updated', by, ({ roles }) => ({
          mobile,
          // As at the sign-up: a mobile makes one panel.
          mobileUnique: roles.includes('sms_customer'),
        }));
      },
    );
  }

  /** The mobile to which codes go now. */
  private async present(accountId: string): Promise<string> {
    const [own] = await query<Own>(
      this.dataSource,
      `SELECT a.roles, a.mobile_sealed, ${isHeld('mobile')} AS held FROM accounts a WHERE a.id = $1`,
      [accountId],
    );
    if (!own) throw new DomainError('account.notFound');
    if (!isOwnEditor(own.roles)) throw new DomainError('account.readOnly');
    if (!own.mobile_sealed) throw new DomainError('contactChange.noMobile');
    // The one who put it there is not let further in by it.
    if (own.held) throw new DomainError('contactChange.mobileHeld');
    return this.personal.open(accountId, 'mobile', own.mobile_sealed);
  }
}
